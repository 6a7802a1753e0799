using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ServerlessBacklog.Triage.Tests.Comments;

/// <summary>
/// Reads text as a tracker does, with another's Markdown reader, and says what it would do there: link, call people, run commands. Knows
/// nothing of how that is prevented.
/// </summary>
internal static partial class Rendered
{
    private const string Canary = "What follows is a paragraph of its own";

    private static readonly MarkdownPipeline Reader = new MarkdownPipelineBuilder()
        .UseAutoLinks().UseEmphasisExtras().UsePipeTables().UseTaskLists().UseFootnotes().Build();

    /// <param name="names">Texts that may be references: <c>#12</c>.</param>
    /// <param name="addresses">Addresses that may be linked.</param>
    public static IReadOnlyList<string> EffectsOf(string markdown, IReadOnlySet<string> names, Func<string, bool> addresses)
    {
        var document = Markdown.Parse($"{markdown}\n\n{Canary}", Reader);
        var effects = new List<string>();
        foreach (var node in document.Descendants())
        {
            effects.AddRange(node switch
            {
                HtmlBlock or HtmlInline => ["HTML"],
                LinkInline { IsImage: true } => ["an image"],
                LinkInline link when !addresses(link.Url ?? "") => [$"a link to {link.Url}"],
                AutolinkInline link when !addresses(link.Url) => [$"a link to {link.Url}"],
                LinkReferenceDefinition => ["a link definition"],
                LeafBlock { Inline: { } top } => EffectsIn(top, names),
                _ => [],
            });
        }

        if (document.LastChild is not ParagraphBlock { Inline.LastChild: LiteralInline last } || last.Content.ToString() != Canary)
            effects.Add("it swallows what follows");
        effects.AddRange(RawMention().Matches(markdown).Select(m => $"the mention {m.Value}, for those who read it unrendered"));
        effects.AddRange(Command().Matches(markdown).Select(m => $"the command {m.Value.Trim()}"));
        return effects;
    }

    /// <summary>What GitHub and Azure DevOps look for in each piece of text that is left after rendering.</summary>
    private static IEnumerable<string> EffectsIn(ContainerInline top, IReadOnlySet<string> names)
    {
        foreach (var text in PiecesOf(top))
        {
            foreach (Match match in Effect().Matches(text))
            {
                if (!names.Contains(match.Value))
                    yield return $"the reference or mention {match.Value}";
                else if (ClosingWord().IsMatch(text.AsSpan(0, match.Index)))
                    yield return $"the closing of {match.Value}";
            }
        }
    }

    private static IEnumerable<string> PiecesOf(ContainerInline container)
    {
        var piece = new StringBuilder();
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    piece.Append(literal.Content.ToString());
                    continue;
                case HtmlEntityInline entity:
                    piece.Append(entity.Transcoded.ToString());
                    continue;
                case LineBreakInline:
                    piece.Append('\n');
                    continue;
                case ContainerInline inner when inner is not LinkInline:
                    foreach (var other in PiecesOf(inner))
                        yield return other;
                    break;
            }

            yield return piece.ToString();
            piece.Clear();
        }

        yield return piece.ToString();
    }

    [GeneratedRegex(@"[\w./@-]*[#!][0-9]+\w*|GH-[0-9]+|[\w.]*@\w[\w/-]*|\b[0-9a-f]{7,40}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Effect();

    [GeneratedRegex(@"\b(close[sd]?|fix(es|ed)?|resolve[sd]?):?\s+$", RegexOptions.IgnoreCase)]
    private static partial Regex ClosingWord();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex RawMention();

    [GeneratedRegex(@"^[ \t]*/[a-z].*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Command();
}
