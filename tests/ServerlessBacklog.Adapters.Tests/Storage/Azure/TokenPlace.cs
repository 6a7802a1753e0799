using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Testing.Azurite;

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

/// <summary>A place of its own in an Azurite that knows no key: whoever comes signs in with a token, as a managed identity does.</summary>
public sealed class TokenPlace : IDisposable
{
    private readonly string endpoints;
    private readonly HttpClientTransport transport;

    private TokenPlace(string endpoints, X509Certificate2 trusted)
    {
        this.endpoints = endpoints;
        transport = new HttpClientTransport(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == trusted.Thumbprint,
        });
    }

    public string Name { get; } = $"t{Guid.NewGuid():n}"[..20];

    public static async Task<TokenPlace> TakeAsync(AzuriteFixture azurite)
    {
        if (AzuriteFixture.WhySkipped is { } why)
            Assert.Skip(why);
        var (endpoints, certificate) = await azurite.ForTokensAsync();
        return new TokenPlace(endpoints, certificate);
    }

    public void Dispose() => transport.Dispose();

    public AzureConnection Open() => Open("https://storage.azure.com");

    public AzureConnection Open(string audience) => AzureConnection.Parse(endpoints, new MadeToken(audience), transport);

    public BlobContainerClient Container()
    {
        var blobs = endpoints.Split(';').First(e => e.StartsWith("BlobEndpoint=", StringComparison.Ordinal))["BlobEndpoint=".Length..];
        return new BlobContainerClient(new Uri($"{blobs}/{Name}"), new MadeToken("https://storage.azure.com"), new BlobClientOptions { Transport = transport });
    }

    /// <summary>A token as Entra ID writes it, signed by nobody.</summary>
    private sealed class MadeToken(string audience) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            var now = DateTimeOffset.UtcNow;
            var claims = new { aud = audience, iss = "https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/", iat = Seconds(-5), nbf = Seconds(-5), exp = Seconds(60) };
            return new AccessToken($"{Part(new { typ = "JWT", alg = "RS256" })}.{Part(claims)}.{Convert.ToBase64String("nobody"u8)}", now.AddMinutes(60));

            long Seconds(int minutes) => now.AddMinutes(minutes).ToUnixTimeSeconds();
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));

        private static string Part(object value) =>
            Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
