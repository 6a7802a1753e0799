using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// The signs that stand for what is hidden: <c>[email-1]</c>. Text that holds something of that shape by itself gets a tilde more
/// (<c>[~email-1]</c>), which is taken off again, so that nobody can write a sign that is taken for ours.
/// </summary>
internal sealed partial class Placeholders
{
    public const string Secret = "secret";

    private readonly Dictionary<(string Kind, string Value), string> signs = [];
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Counts => counts;

    /// <summary>The sign for a value: the same one for the same value.</summary>
    public string For(string kind, string value)
    {
        if (signs.TryGetValue((kind, value), out var known))
            return known;
        var number = counts[kind] = counts.GetValueOrDefault(kind) + 1;
        var sign = $"[{kind}-{number}]";
        signs[(kind, value)] = sign;
        if (kind != Secret)
            values[sign] = value;
        return sign;
    }

    /// <summary>Where text holds something of the shape by itself.</summary>
    public static IEnumerable<TextSpan> Lookalikes(string text) => Shape().Matches(text).Select(m => new TextSpan(m.Index, m.Length));

    public static string Without(string text) => Shape().Replace(text, "");

    public static string Escape(string lookalike) => $"[~{lookalike[1..]}";

    public string Restore(string text) => Shape().Replace(text, found =>
        found.Value[1] == '~' ? $"[{found.Value[2..]}"
        : found.Value.StartsWith($"[{Secret}-", StringComparison.Ordinal) ? $"[{Secret}]"
        : values.GetValueOrDefault(found.Value, found.Value));

    [GeneratedRegex(@"\[~*(?:secret|email|phone|person|address)-[0-9]{1,9}\]")]
    private static partial Regex Shape();
}
