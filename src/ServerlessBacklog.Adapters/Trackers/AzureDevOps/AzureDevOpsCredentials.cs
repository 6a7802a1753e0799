using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Identity;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps;

/// <summary>
/// Signs requests: as a service principal or managed identity of Entra ID, else with a personal access token, else not at all. The
/// credentials of Azure.Identity keep their token and fetch the next one before it ends.
/// </summary>
public sealed class AzureDevOpsCredentials
{
    /// <summary>Azure DevOps as a resource of Entra ID.</summary>
    private const string Scope = "499b84ac-1321-427f-aa17-267ca6975798/.default";

    private readonly TokenCredential? identity;
    private readonly AuthenticationHeaderValue? fixedHeader;

    public AzureDevOpsCredentials(AzureDevOpsOptions options)
        : this(options, IdentityOf(options))
    {
    }

    /// <param name="identity">Who signs in; null to use the token of the options.</param>
    public AzureDevOpsCredentials(AzureDevOpsOptions options, TokenCredential? identity)
    {
        this.identity = identity;
        if (identity is not null)
        {
            Account = $"identity:{options.ClientId ?? "default"}";
        }
        else if (options.Token is { } token)
        {
            fixedHeader = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($":{token}")));
            Account = $"token:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, 8))}";
        }
    }

    /// <summary>Names the account that requests count for, without telling a secret.</summary>
    public string Account { get; } = "anonymous";

    public bool IsAnonymous => identity is null && fixedHeader is null;

    internal bool IsIdentity => identity is not null;

    /// <returns>Null to send the request unsigned.</returns>
    /// <exception cref="UserErrorException">Entra ID gives no token.</exception>
    public async ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellation)
    {
        if (identity is null)
            return fixedHeader;
        try
        {
            var token = await identity.GetTokenAsync(new TokenRequestContext([Scope]), cancellation);
            return new AuthenticationHeaderValue("Bearer", token.Token);
        }
        catch (AuthenticationFailedException refused)
        {
            throw new UserErrorException(
                "Entra ID gives no token for Azure DevOps. Check AzureDevOps:TenantId, ClientId and ClientSecret; with AzureDevOps:UseIdentity "
                + "give this app a managed identity or run 'az login'.",
                refused);
        }
    }

    private static TokenCredential? IdentityOf(AzureDevOpsOptions options) =>
        options.HasServicePrincipal ? new ClientSecretCredential(options.TenantId, options.ClientId, options.ClientSecret)
        : options.UseIdentity ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId })
        : null;
}
