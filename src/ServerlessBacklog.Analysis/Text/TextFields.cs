using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Text;

public enum LineKind
{
    /// <summary>What a person wrote.</summary>
    Prose,

    /// <summary>A heading, mostly of a template: <c>### Steps to reproduce</c>, <c>**Expected:**</c>, <c>Version:</c>.</summary>
    Heading,

    /// <summary>A line of a fenced or indented block of code.</summary>
    Code,

    /// <summary>A line of a stack trace or a log.</summary>
    Log,
}

public readonly record struct TextLine(LineKind Kind, string Text);

/// <summary>
/// A description line by line, each known for what it is; hidden comments of templates and answers left empty are gone. Text that an export squeezed into one
/// line is cut at its runs of blanks. Time is linear in the text's length.
/// </summary>
public static partial class TextFields
{
    /// <summary>What of a line is read: longer ones are data.</summary>
    private const int LineLimit = 1_000;

    /// <summary>Lines that are read: what an item is about is said before.</summary>
    private const int MostLines = 4_000;

    public static IReadOnlyList<TextLine> Read(string body)
    {
        var lines = new List<TextLine>();
        var squeezed = body.AsSpan().IndexOf('\n') < 0 && body.Contains("  ", StringComparison.Ordinal);
        var (inCode, inComment) = (false, false);
        foreach (var range in new Cuts(body, squeezed))
        {
            if (lines.Count >= MostLines)
                break;
            var line = body.AsSpan()[range].Trim();
            line = WithoutComments(line[..Math.Min(line.Length, LineLimit)], ref inComment).Trim();
            if (line.IsEmpty)
                continue;
            if (IsFence(line, out var both))
            {
                inCode = both ? inCode : !inCode;
                if (both)
                    lines.Add(new TextLine(LineKind.Code, line.Trim('`').ToString()));
            }
            else if (LogLine().IsMatch(line))
            {
                lines.Add(new TextLine(LineKind.Log, line.ToString()));
            }
            else if (inCode)
            {
                lines.Add(new TextLine(LineKind.Code, line.ToString()));
            }
            else if (!Unfilled().IsMatch(line))
            {
                lines.Add(Said(line));
            }
        }

        return lines;
    }

    private static TextLine Said(ReadOnlySpan<char> line)
    {
        if (line[0] == '#' || HeadingLine().IsMatch(line))
            return new TextLine(LineKind.Heading, line.Trim("#*_: \t.").ToString());
        return new TextLine(LineKind.Prose, line.TrimStart("> ").ToString());
    }

    /// <param name="both">True when the block ends on the line that begins it.</param>
    private static bool IsFence(ReadOnlySpan<char> line, out bool both)
    {
        both = false;
        if (line.StartsWith("```") || line.StartsWith("~~~"))
        {
            both = line.Length > 6 && line[3..].Contains(line[..3], StringComparison.Ordinal);
            return true;
        }

        return line.EndsWith("```") || line.StartsWith("{code") || line.StartsWith("{noformat");
    }

    private static ReadOnlySpan<char> WithoutComments(ReadOnlySpan<char> line, scoped ref bool inComment)
    {
        if (!inComment && line.IndexOf("<!--") < 0)
            return line;
        var kept = new System.Text.StringBuilder(line.Length);
        while (line.Length > 0)
        {
            var end = inComment ? line.IndexOf("-->") : line.IndexOf("<!--");
            if (!inComment)
                kept.Append(end < 0 ? line : line[..end]);
            if (end < 0)
                break;
            line = line[(end + (inComment ? 3 : 4))..];
            inComment = !inComment;
        }

        return kept.ToString();
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^(?:\*\*[^*\n]{2,80}\*\*:?|__[^_\n]{2,80}__:?|h[1-6]\. .{1,80}|[A-Z][\w /()'-]{1,50}\??:)$", RegexOptions.CultureInvariant)]
    private static partial Regex HeadingLine();

    [GeneratedRegex(@"^(?:at [\w.$<>`/]+ ?[(\[.].*|File ""[^""]*"", line \d+|#\d+:? +(?:0x|\w+).* (?:at|in|from) |Caused by:|\.\.\. \d+ more|Traceback \(most|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|\d\d-\d\d \d\d:\d\d|\[ *\d+\.\d+\]|(?:\[|)(?:INFO|WARN(?:ING)?|DEBUG|TRACE|ERROR|FATAL)(?:\]|:|\b.*?[:\]]) )", RegexOptions.CultureInvariant)]
    private static partial Regex LogLine();

    [GeneratedRegex(@"^(?:\W*|_?no response_?|n ?/ ?a|none\.?|---+)$", Plain)]
    private static partial Regex Unfilled();

    /// <summary>The lines of a text: at its line breaks, or at runs of blanks.</summary>
    private ref struct Cuts(string text, bool atBlanks)
    {
        private int next;

        public Range Current { get; private set; }

        public readonly Cuts GetEnumerator() => this;

        public bool MoveNext()
        {
            if (next >= text.Length)
                return false;
            var rest = text.AsSpan(next);
            var end = atBlanks ? rest.IndexOf("  ") : rest.IndexOf('\n');
            end = end < 0 ? text.Length : next + end;
            Current = next..end;
            next = end + 1;
            while (atBlanks && next < text.Length && text[next] == ' ')
                next++;
            return true;
        }
    }
}
