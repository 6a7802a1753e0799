using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// Tells code from prose, line by line. Only fences at the start of a line count, because there every reader of Markdown sees them alike;
/// others are no fences when <see cref="TextBreaks"/> is done with them.
/// </summary>
internal sealed partial class FenceWalk
{
    /// <summary>The fence that is open; empty when none is.</summary>
    public string Open { get; private set; } = "";

    public FenceLine Read(string line, out string language)
    {
        language = "";
        if (Open.Length > 0)
        {
            if (!Closes(line.AsSpan().TrimEnd(" \t")))
                return FenceLine.Code;
            Open = "";
            return FenceLine.Closing;
        }

        if (Fence().Match(line) is not { Success: true } match)
            return FenceLine.Prose;
        Open = match.Groups["fence"].Value;
        language = match.Groups["language"].Value;
        return FenceLine.Opening;
    }

    private bool Closes(ReadOnlySpan<char> line) => line.Length >= Open.Length && line.Length <= 10 && !line.ContainsAnyExcept(Open[0]);

    [GeneratedRegex(@"\A(?<fence>`{3,10}|~{3,10})[ \t]*(?<language>[A-Za-z0-9+-]{0,20})[ \t]*\z")]
    private static partial Regex Fence();
}

internal enum FenceLine
{
    Prose,
    Opening,
    Code,
    Closing,
}
