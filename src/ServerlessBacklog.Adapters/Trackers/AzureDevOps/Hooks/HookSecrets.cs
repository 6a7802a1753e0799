using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;

/// <summary>
/// Azure DevOps signs nothing: a service hook proves itself by a secret, in a header of its own or as the password of basic authentication.
/// One right one is enough. Digests are compared, all of them every time, so that the time taken tells nothing.
/// </summary>
internal sealed class HookSecrets(IEnumerable<string> secrets)
{
    public const string Header = "X-Backlog-Secret";

    private readonly List<byte[]> digests = [.. secrets.Where(s => s.Length > 0).Select(DigestOf)];

    public HookVerdict Verify(HookRequest request)
    {
        if (digests.Count == 0)
            return HookVerdict.NotConfigured;
        var header = request.Header(Header);
        var password = PasswordOf(request.Header("Authorization"));
        if (header is null && password is null)
            return HookVerdict.Unproven;
        return IsOne(header) | IsOne(password) ? HookVerdict.Genuine : HookVerdict.Forged;
    }

    private bool IsOne(string? given)
    {
        var digest = DigestOf(given ?? "");
        var isOne = false;
        foreach (var known in digests)
            isOne |= CryptographicOperations.FixedTimeEquals(known, digest);
        return isOne && given is not null;
    }

    /// <summary>Null for a call without basic authentication; empty for one that is garbled.</summary>
    private static string? PasswordOf(string? authorization)
    {
        const string scheme = "Basic ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[scheme.Length..].Trim(), bytes, out var length))
            return "";
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "" : pair[(colon + 1)..];
    }

    private static byte[] DigestOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
