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
                blocks.Add(line == "---" ? new CommentBlock(CommentBlockKind.Rule, []) : new CommentBlock(CommentBlockKind.Paragraph, [line.Trim('*') is var plain && IsSmall(line) ? plain : line]));
                if (IsSmall(line))
                    blocks[^1] = blocks[^1] with { Kind = CommentBlockKind.Small };
            }
        }

        return blocks;
    }

    /// <summary>Cuts a line where <c>**</c> begins and ends bold words.</summary>
    public static IEnumerable<(string Text, bool IsBold)> Spans(string line) =>
        line.Split("**").Select((text, i) => (text, i % 2 == 1)).Where(s => s.text.Length > 0);

    private static bool IsSmall(string line) => line is ['*', not '*', .., not '*', '*'];

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Hidden();
}

internal sealed record CommentBlock(CommentBlockKind Kind, IReadOnlyList<string> Lines);

internal enum CommentBlockKind
{
    Paragraph,
    List,
    Rule,
    Small,
}
