using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>
/// A digest as what a Teams workflow takes: a message with one Adaptive Card (version 1.5). Text of others stands in text runs, which know no Markdown;
/// mentions would need an entity of the card, and it has none.
/// </summary>
public static class AdaptiveCard
{
    /// <summary>Bytes of UTF-8; Teams takes 28 KB.</summary>
    public const int MaxBytes = 27_000;

    private const int MostActions = 5;

    public static string Render(Digest digest) => DigestCut.ToFit(digest, d => MessageJson.Text(Message(d)), t => Encoding.UTF8.GetByteCount(t) <= MaxBytes);

    private static JsonObject Message(Digest digest) => new()
    {
        ["type"] = "message",
        ["summary"] = Safe(Wording.Title(digest)),
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = Card(digest),
        }),
    };

    private static JsonObject Card(Digest digest)
    {
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["fallbackText"] = Safe(Wording.Title(digest)),
            ["msteams"] = new JsonObject { ["width"] = "Full" },
            ["body"] = MessageJson.Array(Body(digest)),
        };
        if (Actions([new("Open the page", digest.Page!), new("Choose what you get", digest.Preferences!)]) is { } actions)
            card["actions"] = actions;
        return card;
    }

    private static IEnumerable<JsonNode> Body(Digest digest)
    {
        yield return Rich(Run(Wording.Title(digest), ("size", "Large"), ("weight", "Bolder")));
        yield return Rich(Subtle(Wording.About(digest)));
        if (digest.Headlines.Count > 0)
            yield return Headlines(digest.Headlines);
        foreach (var node in digest.Sections.SelectMany(s => Section(s, digest)))
            yield return node;
    }

    private static JsonObject Headlines(IReadOnlyList<DigestHeadline> headlines) => new()
    {
        ["type"] = "ColumnSet",
        ["spacing"] = "Medium",
        ["columns"] = MessageJson.Array(headlines.Take(Digest.MostHeadlines).Select(h => new JsonObject
        {
            ["type"] = "Column",
            ["width"] = "stretch",
            ["items"] = MessageJson.Array(HeadlineParts(h)),
        })),
    };

    private static IEnumerable<JsonNode> HeadlineParts(DigestHeadline headline)
    {
        yield return Rich(Run(headline.Figure.Text, ("size", "ExtraLarge"), ("weight", "Bolder")));
        yield return Rich(Run(Wording.Line(headline.Figure.Label)));
        if (headline.Change is { } change)
            yield return Rich(Run(Wording.Line(change), ("color", headline.Tone switch { DigestTone.Better => "Good", DigestTone.Worse => "Attention", _ => "Default" }), ("size", "Small")));
    }

    private static IEnumerable<JsonNode> Section(DigestSection section, Digest digest)
    {
        var heading = Rich(Run(Wording.Heading(section.Heading), ("weight", "Bolder"), ("size", "Medium")));
        heading["separator"] = true;
        heading["spacing"] = "Large";
        yield return heading;
        foreach (var line in section.Lines)
            yield return Rich(Run(Wording.Line(line)));
        foreach (var item in section.Items)
            yield return Item(item);
        if (section.Table is { } table)
            yield return Table(table);
        if (section.Chart is { } chart)
            yield return Rich(Subtle(Wording.Line(chart.Alt)));
        if (Wording.More(section, digest) is { } more)
            yield return Rich(Subtle($"… {more}"));
        if (Actions(section.Actions) is { } actions)
            yield return new JsonObject { ["type"] = "ActionSet", ["actions"] = actions };
    }

    private static JsonObject Item(DigestItem item)
    {
        var name = Run($"{Wording.Name(item)} ", ("weight", "Bolder"));
        if (Wording.Link(item.Link) is { } link)
        {
            name["color"] = "Accent";
            name["selectAction"] = new JsonObject { ["type"] = "Action.OpenUrl", ["url"] = link };
        }

        var title = Run(Wording.Title(item));
        return item.Note is { } note ? Rich(name, title, Subtle($" {Wording.Line(note)}")) : Rich(name, title);
    }

    private static JsonObject Table(DigestTable table) => new()
    {
        ["type"] = "Table",
        ["firstRowAsHeader"] = true,
        ["showGridLines"] = false,
        ["columns"] = MessageJson.Array(table.Columns.Select((_, i) => new JsonObject
        {
            ["width"] = i == 0 ? 2 : 1,
            ["horizontalCellContentAlignment"] = Wording.IsNumeric(table, i) ? "Right" : "Left",
        })),
        ["rows"] = MessageJson.Array(table.Rows.Prepend(table.Columns).Select((r, i) => new JsonObject
        {
            ["type"] = "TableRow",
            ["cells"] = MessageJson.Array(r.Select(c => new JsonObject
            {
                ["type"] = "TableCell",
                ["items"] = new JsonArray(i == 0 ? Rich(Run(Wording.Cell(c), ("weight", "Bolder"))) : Rich(Run(Wording.Cell(c)))),
            })),
        })),
    };

    /// <summary>Null when none leads anywhere.</summary>
    private static JsonArray? Actions(IEnumerable<DigestAction> actions)
    {
        var linked = actions.Where(a => Wording.Link(a.Link) is not null).Take(MostActions).ToList();
        return linked.Count == 0 ? null : MessageJson.Array(linked.Select(a => new JsonObject
        {
            ["type"] = "Action.OpenUrl",
            ["title"] = Safe(Wording.Cell(a.Label)),
            ["url"] = Wording.Link(a.Link),
        }));
    }

    private static JsonObject Rich(params ReadOnlySpan<JsonNode> runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray([.. runs]) };

    private static JsonObject Subtle(string text)
    {
        var run = Run(text);
        run["isSubtle"] = true;
        return run;
    }

    private static JsonObject Run(string text, params ReadOnlySpan<(string Name, string Value)> looks)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text.EndsWith(' ') ? Safe(text.TrimEnd()) + " " : Safe(text) };
        foreach (var (name, value) in looks)
            run[name] = value;
        return run;
    }

    private static string Safe(string text) => ForeignText.Isolated(ForeignText.Unlinked(text));
}
