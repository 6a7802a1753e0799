using System.Text.RegularExpressions;

namespace ServerlessBacklog.Adapters.Live;

/// <summary>The little Markdown that our own comment uses, as text that a component encodes: anything else stays as it is written.</summary>
internal static partial class CommentMarkdown
{
    public static IReadOnlyList<CommentBlock> Read(string markdown)
    {
        var blocks = new List<CommentBlock>();
        foreach (var line in Hidden().Replace(markdown, "").ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                if (blocks is not [.., { Kind: CommentBlockKind.List }])
                    blocks.Add(new CommentBlock(CommentBlockKind.List, []));
                blocks[^1] = blocks[^1] with { Lines = [.. blocks[^1].Lines, line[2..]] };
            }
            else
            {
                blocks.Add(line == "---" ? new CommentBlock(CommentBlockKind.Rule, [])
                    : IsSmall(line) ? new CommentBlock(CommentBlockKind.Small, [line[1..^1]])
                    : new CommentBlock(CommentBlockKind.Paragraph, [line]));
            }
        }

        return blocks;
    }

    /// <summary>Cuts a line where bold words or code begin and end.</summary>
    public static IEnumerable<CommentSpan> Spans(string line)
    {
        var at = 0;
        foreach (Match match in Set().Matches(line))
        {
            if (match.Index > at)
                yield return new CommentSpan(line[at..match.Index], null);
            yield return match.Groups["bold"].Success ? new CommentSpan(match.Groups["bold"].Value, "b") : new CommentSpan(match.Groups["code"].Value, "code");
            at = match.Index + match.Length;
        }

        if (at < line.Length)
            yield return new CommentSpan(line[at..], null);
    }

    private static bool IsSmall(string line) => line is ['*', not '*', .., not '*', '*'];

    [GeneratedRegex(@"\*\*(?<bold>[^*]+)\*\*|`(?<code>[^`]+)`")]
    private static partial Regex Set();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Hidden();
}

internal sealed record CommentBlock(CommentBlockKind Kind, IReadOnlyList<string> Lines);

/// <param name="Tag"><c>b</c>, <c>code</c>, or null for plain text.</param>
internal sealed record CommentSpan(string Text, string? Tag);

internal enum CommentBlockKind
{
    Paragraph,
    List,
    Rule,
    Small,
}
