using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>HMAC-SHA256 of the raw body (docs.github.com, "Validating webhook deliveries").</summary>
internal sealed class HookSignature
{
    public const string Header = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    private readonly byte[][] secrets;

    public HookSignature(IEnumerable<string> secrets) => this.secrets = [.. secrets.Where(s => s.Length > 0).Select(Encoding.UTF8.GetBytes)];

    public HookVerdict Verify(string? header, ReadOnlySpan<byte> body)
    {
        if (secrets.Length == 0)
            return HookVerdict.NotConfigured;
        if (string.IsNullOrEmpty(header))
            return HookVerdict.Unproven;
        Span<byte> told = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (header.Length != Prefix.Length + (2 * told.Length) || !header.StartsWith(Prefix, StringComparison.Ordinal)
            || Convert.FromHexString(header.AsSpan(Prefix.Length), told, out _, out _) != System.Buffers.OperationStatus.Done)
            return HookVerdict.Forged;
        Span<byte> ours = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isGenuine = false;
        // All of them, always: which secret fits is not to be read from the time that it takes.
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(secret, body, ours);
            isGenuine |= CryptographicOperations.FixedTimeEquals(told, ours);
        }

        return isGenuine ? HookVerdict.Genuine : HookVerdict.Forged;
    }
}
