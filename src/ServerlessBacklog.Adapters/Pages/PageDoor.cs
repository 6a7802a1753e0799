using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>
/// Takes answers from our own pages only. Another site can make a browser post here; it can neither read the token in our forms, nor send the
/// cookie that the token belongs to, nor call itself by our origin. The key is kept with what is stored, so that every process of a host knows it.
/// </summary>
internal sealed class PageDoor(ISnapshotStore bodies)
{
    public const string Cookie = "backlog-visitor";
    public const string Field = "token";

    private const string NoteCookie = "backlog-said";
    private const string KeyName = "pages/key";

    /// <summary>Characters of a note that a cookie holds with room to spare.</summary>
    private const int LongestNote = 1800;

    private byte[]? key;

    /// <summary>The visitor of a call, and the cookie to send when there was none.</summary>
    public static (string Visitor, (string, string)? Cookie) VisitorOf(PageCall call)
    {
        if (call.Cookie(Cookie) is { Length: 64 } known)
            return (known, null);
        var visitor = RandomNumberGenerator.GetHexString(64, lowercase: true);
        return (visitor, ("Set-Cookie", $"{Cookie}={visitor}; {Attributes(call)}"));
    }

    public async Task<string> TokenAsync(string visitor, CancellationToken cancellation) => Seal(await KeyAsync(cancellation), visitor);

    /// <summary>Why a post is not taken; null for one of our own forms.</summary>
    public async Task<string?> WhyRefusedAsync(PageCall call, string? token, CancellationToken cancellation)
    {
        if (call.Header("Origin") is { Length: > 0 } origin && origin != call.Origin)
            return "This was sent by another page. Answers are taken from our own pages only.";
        if (call.Header("Sec-Fetch-Site") is { Length: > 0 } from && from != "same-origin")
            return "This was sent by another site. Answers are taken from our own pages only.";
        if (call.Cookie(Cookie) is not { Length: 64 } visitor || token is null)
            return Stale;
        if (AreSame(token, await TokenAsync(visitor, cancellation)))
            return null;
        // Another process may have been quicker to make the key.
        key = null;
        return AreSame(token, await TokenAsync(visitor, cancellation)) ? null : Stale;
    }

    /// <summary>Proves that a list was shown to this visitor.</summary>
    public async Task<string> SealOfAsync(string visitor, IEnumerable<string> picks, CancellationToken cancellation) =>
        Seal(await KeyAsync(cancellation), $"{visitor}\nshown\n{string.Join('\n', picks.Order(StringComparer.Ordinal))}");

    public async Task<bool> WasShownAsync(string visitor, IEnumerable<string> picks, string seal, CancellationToken cancellation) => AreSame(seal, await SealOfAsync(visitor, picks, cancellation));

    /// <summary>Puts what became of an answer where the next page finds it. Not in the address: a link could otherwise put any words there.</summary>
    public async Task<(string, string)> NoteAsync(PageCall call, string visitor, ReviewSaid said, CancellationToken cancellation)
    {
        var text = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(Shortened(said))).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        return ("Set-Cookie", $"{NoteCookie}={Seal(await KeyAsync(cancellation), $"{visitor}\nsaid\n{text}")}.{text}; Max-Age=60; {Attributes(call)}");
    }

    /// <summary>The note for this page, and the cookie that takes it away.</summary>
    public async Task<(ReviewSaid? Said, (string, string)? Cookie)> SaidAsync(PageCall call, string visitor, CancellationToken cancellation)
    {
        if (call.Cookie(NoteCookie)?.Split('.') is not [var seal, var text])
            return (null, null);
        var forget = ("Set-Cookie", $"{NoteCookie}=; Max-Age=0; {Attributes(call)}");
        if (!AreSame(seal, Seal(await KeyAsync(cancellation), $"{visitor}\nsaid\n{text}")))
            return (null, forget);
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        return (JsonSerializer.Deserialize<ReviewSaid>(Convert.FromBase64String(padded)), forget);
    }

    private const string Stale = "The page is too old, or not of this program. Open it again, and answer there.";

    /// <summary>The first lines, as far as a cookie holds them; the rest is counted.</summary>
    private static ReviewSaid Shortened(ReviewSaid said)
    {
        var (lines, room) = (new List<SaidLine>(), LongestNote);
        foreach (var line in said.Lines)
        {
            room -= 40 + (3 * line.Text.Length) + (3 * line.Details.Sum(d => d.Length));
            if (room < 0 && lines.Count > 0)
                break;
            lines.Add(room < 0 ? line with { Text = ChangeLine.Cut(line.Text, 300), Details = [] } : line);
        }

        var left = said.Lines.Skip(lines.Count).ToList();
        return left.Count == 0 ? said with { Lines = lines } : new ReviewSaid([.. lines, new SaidLine($"And {left.Count:N0} more.", left.Exists(l => l.IsRefused), [])]);
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellation)
    {
        if (key is { } known)
            return known;
        var made = await StoredAsync(cancellation);
        if (made is null)
        {
            made = RandomNumberGenerator.GetBytes(32);
            try
            {
                await bodies.SaveAsync(KeyName, stream => stream.WriteAsync(made, cancellation).AsTask(), cancellation);
                made = await StoredAsync(cancellation) ?? made;
            }
            catch (UserErrorException)
            {
                // Where nothing can be written, the key is this process's own.
            }
        }

        return key = made;
    }

    private async Task<byte[]?> StoredAsync(CancellationToken cancellation)
    {
        await using var stream = await bodies.OpenAsync(KeyName, cancellation);
        if (stream is null)
            return null;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellation);
        return copy.Length == 32 ? copy.ToArray() : null;
    }

    private static string Attributes(PageCall call) =>
        $"Path={(call.BasePath.Length == 0 ? "/" : call.BasePath)}; HttpOnly; SameSite=Strict{(call.Origin.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "; Secure" : "")}";

    private static string Seal(byte[] key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static bool AreSame(string told, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told), Encoding.UTF8.GetBytes(expected));
}
