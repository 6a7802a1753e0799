using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.StandIns.GitHub.Access;

/// <summary>Checks the signed token by which an app shows who it is (RS256, at most ten minutes).</summary>
internal static class AppToken
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <returns>Why it is refused, in GitHub's words; null when it is good.</returns>
    public static string? Refuse(string token, GitHubAppIdentity app, DateTimeOffset now)
    {
        const string undecodable = "A JSON web token could not be decoded";
        if (app.PublicKeyPem is null || token.Split('.') is not [var head, var claims, var signature])
            return undecodable;
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(app.PublicKeyPem);
            if ((string?)Part(head)?["alg"] != "RS256"
                || !key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                return undecodable;
            return RefuseClaims(Part(claims)!, app, now);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return undecodable;
        }
    }

    private static string? RefuseClaims(JsonNode claims, GitHubAppIdentity app, DateTimeOffset now)
    {
        if (Seconds(claims["exp"]) is not { } expires || expires <= now)
            return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
        if (expires > now + Longest)
            return "'Expiration time' claim ('exp') is too far in the future";
        if (Seconds(claims["iat"]) is not { } issued || issued > now)
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        return claims["iss"]?.ToString() is { } issuer && (issuer == app.ClientId || issuer == $"{app.Id}")
            ? null
            : "'Issuer' claim ('iss') must be an Integer";
    }

    private static DateTimeOffset? Seconds(JsonNode? claim) =>
        claim is JsonValue value && value.TryGetValue<long>(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static JsonNode? Part(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part));
}
