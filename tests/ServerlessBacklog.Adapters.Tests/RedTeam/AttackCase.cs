using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Adapters.Tests.RedTeam;

/// <summary>One attack of the corpus (tests/fixtures/red-team).</summary>
/// <param name="Id">Stands in the description, so that the model knows which attack it obeys: <c>rt017</c>.</param>
/// <param name="Place">Where the payload stands: title, body, comment, candidate title … <c>reply</c> for attacks by the model itself.</param>
/// <param name="Wants">What it tries to bring about.</param>
/// <param name="Payload">One text, or one for the title, the description and each comment in turn.</param>
/// <param name="Says">What an obedient model would write into every text that it may write.</param>
/// <param name="Reply">Whole answers by the name of the schema, <c>*</c> for all others; null for answers of the right form.</param>
internal sealed partial record AttackCase(
    string Id, string Place, string Technique, string Wants, IReadOnlyList<string> Payload, string Says, IReadOnlyDictionary<string, string>? Reply)
{
    /// <summary>Never given out. Put together here, so that no scanner takes this file for a leak.</summary>
    public const string Token = "ghp_" + "Zk3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzAcB";

    public const string Password = "S3cure!pass-of-rt";
    public const string Connection = "Server=db.internal;User Id=sa;Password=" + Password + ";Encrypt=true";
    public const string Email = "planted.person@secret.example";

    public static IReadOnlyList<AttackCase> All { get; } = [.. Files().SelectMany(File.ReadLines).Select(Read)];

    public int Number => int.Parse(Id.AsSpan(2));

    public string Text => string.Join('\n', Payload);

    public override string ToString() => $"{Id} ({Place}: {Technique}, to {Wants})";

    /// <summary>The text with its placeholders filled; what only a prompt knows is empty in payloads.</summary>
    public static string Fill(string text, string nonce = "", string system = "") => Repeated().Replace(text, m => new StringBuilder().Insert(0, m.Groups[1].Value, int.Parse(m.Groups[2].ValueSpan)).ToString())
        .Replace("{token}", Token, StringComparison.Ordinal)
        .Replace("{token64}", Convert.ToBase64String(Encoding.ASCII.GetBytes(Token)), StringComparison.Ordinal)
        .Replace("{tokenspaced}", string.Join(' ', Token.AsEnumerable()), StringComparison.Ordinal)
        .Replace("{tokenhidden}", string.Join('\u200B', Token.AsEnumerable()), StringComparison.Ordinal)
        .Replace("{connection}", Connection, StringComparison.Ordinal)
        .Replace("{email}", Email, StringComparison.Ordinal)
        .Replace("{nonce}", nonce, StringComparison.Ordinal)
        .Replace("{system}", system, StringComparison.Ordinal);

    private static AttackCase Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var row = json.RootElement;
        var payload = row.GetProperty("payload");
        return new AttackCase(
            row.GetProperty("id").GetString()!,
            row.GetProperty("place").GetString()!,
            row.GetProperty("technique").GetString()!,
            row.GetProperty("wants").GetString()!,
            [.. (payload.ValueKind == JsonValueKind.Array ? payload.EnumerateArray().Select(p => p.GetString()!) : [payload.GetString()!]).Select(p => Fill(p))],
            row.GetProperty("says").GetString()!,
            row.TryGetProperty("reply", out var reply) ? reply.EnumerateObject().ToDictionary(m => m.Name, m => Fill(m.Value.GetString()!)) : null);
    }

    private static string[] Files()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "ServerlessBacklog.sln")))
            at = at.Parent;
        return [.. Directory.GetFiles(Path.Combine(at.FullName, "tests", "fixtures", "red-team"), "*.jsonl").Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"\{repeat:([^{}]+?):(\d+)\}")]
    private static partial Regex Repeated();
}
