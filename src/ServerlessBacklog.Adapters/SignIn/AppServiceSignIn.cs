using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessBacklog.Triage.People;

namespace ServerlessBacklog.Adapters.SignIn;

/// <summary>
/// Who App Service says has signed in. It puts that into headers which it lets no caller set, but only while its authentication is switched on: a host
/// reads them only where a setting says that it is (learn.microsoft.com/azure/app-service/configure-authentication-user-identities).
/// </summary>
public static class AppServiceSignIn
{
    private const string Principal = "X-MS-CLIENT-PRINCIPAL";
    private const string Name = "X-MS-CLIENT-PRINCIPAL-NAME";

    /// <summary>Characters of a header that is read; a principal with many groups has a few thousand.</summary>
    private const int Longest = 64 * 1024;

    private static readonly string[] ObjectId = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];

    private static readonly string[] GitHubLogin = ["urn:github:login", "login"];

    /// <summary>Null when nobody has signed in, or by a provider that is not known here.</summary>
    /// <param name="header">A header by name, whatever its case; null when it is not there.</param>
    public static SignedInPerson? Read(Func<string, string?> header)
    {
        var principal = Parse(header(Principal));
        return principal?.Type?.ToLowerInvariant() switch
        {
            // Never the name header: what stands there may be one that people choose.
            "github" when Claim(principal, GitHubLogin) is { Length: > 0 } login => new SignedInPerson("github", login, login),
            "aad" when Claim(principal, ObjectId) is { Length: > 0 } id => new SignedInPerson("entra", id, header(Name) ?? id),
            _ => null,
        };
    }

    private static string? Claim(ClientPrincipal? principal, string[] types) =>
        principal?.Claims?.FirstOrDefault(c => types.Contains(c.Type, StringComparer.Ordinal))?.Value;

    private static ClientPrincipal? Parse(string? header)
    {
        if (header is null || header.Length > Longest)
            return null;
        try
        {
            return JsonSerializer.Deserialize<ClientPrincipal>(Encoding.UTF8.GetString(Convert.FromBase64String(header)));
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record ClientPrincipal([property: JsonPropertyName("auth_typ")] string? Type, [property: JsonPropertyName("claims")] IReadOnlyList<PrincipalClaim>? Claims);

    private sealed record PrincipalClaim([property: JsonPropertyName("typ")] string? Type, [property: JsonPropertyName("val")] string? Value);
}
