using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Slack;

/// <summary>
/// <c>v0=</c> and the HMAC-SHA256 of <c>v0:{timestamp}:{raw body}</c>, not older than five minutes, so that a call that somebody wrote down cannot be repeated
/// (docs.slack.dev, "Verifying requests from Slack"). Several secrets are good at once while one is changed.
/// </summary>
internal sealed class SlackSignature(IEnumerable<string> secrets, TimeProvider time)
{
    public const string Header = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    private const string Prefix = "v0=";

    /// <summary>Either way: clocks differ.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly byte[][] keys = [.. secrets.Select(Encoding.UTF8.GetBytes)];

    public HookVerdict Verify(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        if (keys.Length == 0)
            return HookVerdict.NotConfigured;
        if (string.IsNullOrEmpty(signature) || string.IsNullOrEmpty(timestamp))
            return HookVerdict.Unproven;
        Span<byte> told = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs((decimal)time.GetUtcNow().ToUnixTimeSeconds() - seconds) > (decimal)Window.TotalSeconds
            || signature.Length != Prefix.Length + (2 * told.Length) || !signature.StartsWith(Prefix, StringComparison.Ordinal)
            || Convert.FromHexString(signature.AsSpan(Prefix.Length), told, out _, out _) != System.Buffers.OperationStatus.Done)
            return HookVerdict.Forged;
        byte[] signed = [.. Encoding.ASCII.GetBytes($"v0:{timestamp}:"), .. body];
        Span<byte> ours = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isGenuine = false;
        // All of them, always: which secret fits is not to be read from the time that it takes.
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key, signed, ours);
            isGenuine |= CryptographicOperations.FixedTimeEquals(told, ours);
        }

        return isGenuine ? HookVerdict.Genuine : HookVerdict.Forged;
    }
}
