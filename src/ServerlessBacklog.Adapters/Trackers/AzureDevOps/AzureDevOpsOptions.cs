using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps;

/// <summary>The settings of the section <c>AzureDevOps</c>. Nothing is needed to read a public project.</summary>
public sealed record AzureDevOpsOptions
{
    public const string Section = "AzureDevOps";

    /// <summary>The variable that the Azure DevOps command line reads its token from.</summary>
    public const string TokenVariable = "AZURE_DEVOPS_EXT_PAT";

    public static Uri Cloud { get; } = new("https://dev.azure.com");

    /// <summary>Where organizations (on a server of one's own: collections) lie. Default: <c>https://dev.azure.com</c>.</summary>
    public Uri BaseUrl { get; init; } = Cloud;

    /// <summary>
    /// Secrets that service hooks prove themselves with, in the header <c>X-Backlog-Secret</c> or as the password of basic authentication.
    /// Two or more are good at once, so that they can be rotated. Default: none, no webhook is taken.
    /// </summary>
    public IReadOnlyList<string> HookSecrets { get; init; } = [];

    /// <summary>
    /// Personal access token with the scopes Work Items (Read &amp; write) and Project and Team (Read). Default: the variable <c>AZURE_DEVOPS_EXT_PAT</c>, as long as
    /// <see cref="BaseUrl"/> is the default, so that a token is never sent to another host than the one it is for.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>Directory of the service principal that signs in with <see cref="ClientSecret"/>.</summary>
    public string? TenantId { get; init; }

    /// <summary>The service principal, or with <see cref="UseIdentity"/> a user-assigned managed identity.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>True to sign in as this process: managed identity, <c>az login</c>, environment. Default: false.</summary>
    public bool UseIdentity { get; init; }

    /// <summary>Ids of the service hook subscriptions that are ours; events of others are ignored. Default: none, all are taken.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>Accounts of bots whose events count as those of people. Default: none.</summary>
    public IReadOnlyList<string> AllowedBots { get; init; } = [];

    /// <summary>Our own account, by login or id, so that events that we cause are known. Default: none.</summary>
    public string? OwnIdentity { get; init; }

    /// <summary>Queue in the account of <c>Storage:Connection</c> that service hooks are delivered into. Default: none.</summary>
    public string? HookQueue { get; init; }

    internal bool HasServicePrincipal => TenantId is not null && ClientId is not null && ClientSecret is not null;

    /// <summary>Reads the section.</summary>
    /// <exception cref="UserErrorException">A setting is wrong; the message says which.</exception>
    public static AzureDevOpsOptions Read(IConfiguration configuration, Func<string, string?> environment)
    {
        var section = configuration.GetSection(Section);
        var address = Text("BaseUrl") is { } given ? AddressOf(given) : Cloud;
        var options = new AzureDevOpsOptions
        {
            BaseUrl = address,
            HookSecrets = List("HookSecrets"),
            Token = Text("Token") ?? (address == Cloud && environment(TokenVariable) is { Length: > 0 } token ? token.Trim() : null),
            TenantId = Text("TenantId"),
            ClientId = Text("ClientId"),
            ClientSecret = Text("ClientSecret"),
            UseIdentity = Flag("UseIdentity"),
            Subscriptions = List("Subscriptions"),
            AllowedBots = List("AllowedBots"),
            OwnIdentity = Text("OwnIdentity"),
            HookQueue = Text("HookQueue"),
        };
        if (options.ClientSecret is not null && !options.HasServicePrincipal)
            throw new UserErrorException("AzureDevOps:ClientSecret needs AzureDevOps:TenantId and AzureDevOps:ClientId beside it.");
        return options;

        string? Text(string name) => string.IsNullOrWhiteSpace(section[name]) ? null : section[name]!.Trim();

        IReadOnlyList<string> List(string name) =>
            [.. section.GetSection(name).GetChildren().Select(c => c.Value?.Trim()).OfType<string>().Where(v => v.Length > 0)];

        bool Flag(string name) => Text(name) switch
        {
            null => false,
            var text when bool.TryParse(text, out var flag) => flag,
            var text => throw new UserErrorException($"AzureDevOps:{name} is '{text}'. Write true or false."),
        };
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address is { Query: "", Fragment: "", UserInfo: "" }
            ? new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/'))
            : throw new UserErrorException(
                "AzureDevOps:BaseUrl is no address. Write it without the organization and without a password, for example https://dev.azure.com.");
}
