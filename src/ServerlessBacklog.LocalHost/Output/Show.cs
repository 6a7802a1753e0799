using System.Text;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>Text from trackers made fit for a terminal: one line, no control characters, not longer than asked.</summary>
internal static class Show
{
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? ' ' : c);
        return line.ToString().Trim();
    }

    /// <summary>Several lines, each made fit.</summary>
    public static string Lines(string text) => string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(OneLine));

    public static string Short(string text, int length)
    {
        var line = OneLine(text);
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1).TrimEnd(), "…");
    }

    public static string Count(int count, string one, string? many = null) => $"{count:N0} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>The day, in a form that sorts and that nobody misreads.</summary>
    public static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd") ?? "unknown";
}
