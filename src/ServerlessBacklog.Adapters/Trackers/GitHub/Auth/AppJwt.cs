using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Auth;

/// <summary>
/// Tokens by which the app speaks for itself (docs.github.com, "Generating a JSON Web Token (JWT) for a GitHub App"): RS256, issued a
/// minute ago so that clocks may differ, good for less than ten minutes.
/// </summary>
internal sealed class AppJwt(string issuer, RSA key, TimeProvider time) : ITokenSource
{
    private static readonly TimeSpan Backdated = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(9);

    /// <summary>A token is used until this long before its end.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private readonly SigningCredentials credentials = new(new RsaSecurityKey(key), SecurityAlgorithms.RsaSha256)
    {
        // The cache of providers is shared by the process and would keep a key beyond its owner.
        CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
    };

    private readonly Lock gate = new();
    private AuthenticationHeaderValue? current;
    private DateTimeOffset end;

    public ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (current is null || end - now < Skew)
                (current, end) = (new AuthenticationHeaderValue("Bearer", Make(now)), now + Life);
            return ValueTask.FromResult<AuthenticationHeaderValue?>(current);
        }
    }

    public bool Drop(AuthenticationHeaderValue refused)
    {
        lock (gate)
        {
            if (ReferenceEquals(current, refused) || Equals(current, refused))
                current = null;
        }

        return true;
    }

    private string Make(DateTimeOffset now) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer,
        IssuedAt = (now - Backdated).UtcDateTime,
        Expires = (now + Life).UtcDateTime,
        SigningCredentials = credentials,
    });
}
