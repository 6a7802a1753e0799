using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>A digest as blocks of Slack, with a text for notifications. Text of others is escaped, so that it calls no channel and marks nothing.</summary>
public static partial class BlockKit
{
    public const int MaxBlocks = 50;

    /// <summary>Characters of a section's text.</summary>
    public const int MaxSection = 3_000;

    /// <summary>Characters of the whole; Slack documents no limit, and refuses messages of about 13,200.</summary>
    public const int MaxLength = 12_500;

    private const int MaxHeader = 150;
    private const int MaxButton = 75;
    private const int MostButtons = 5;

    public static string Render(Digest digest) => DigestCut.ToFit(digest, Message, m => m.Blocks <= MaxBlocks && m.Json.Length <= MaxLength).Json;

    private static (string Json, int Blocks) Message(Digest digest)
    {
        var blocks = MessageJson.Array(Blocks(digest));
        var text = string.Join(". ", digest.Headlines.Take(Digest.MostHeadlines).Select(Wording.Headline).Prepend(Wording.Title(digest)));
        return (MessageJson.Text(new JsonObject { ["text"] = Escaped(Wording.Line(text)), ["blocks"] = blocks, ["unfurl_links"] = false, ["unfurl_media"] = false }), blocks.Count);
    }

    private static IEnumerable<JsonNode> Blocks(Digest digest)
    {
        yield return new JsonObject { ["type"] = "header", ["text"] = Plain(Wording.Title(digest), MaxHeader) };
        yield return new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(Mrkdwn(Escaped(Wording.About(digest)))) };
        if (digest.Headlines.Count > 0)
        {
            yield return new JsonObject
            {
                ["type"] = "section",
                ["fields"] = MessageJson.Array(digest.Headlines.Take(Digest.MostHeadlines).Select(h => Mrkdwn(
                    $"*{Escaped(h.Figure.Text)}* {Escaped(Wording.Line(h.Figure.Label))}{(h.Change is { } change ? $"\n{Escaped(Wording.Line(change))}" : "")}"))),
            };
        }

        foreach (var block in digest.Sections.SelectMany(s => Section(s, digest)))
            yield return block;
        if (Buttons([new("Open the page", digest.Page!), new("Choose what you get", digest.Preferences!)], "foot") is { } feet)
            yield return feet;
    }

    private static IEnumerable<JsonNode> Section(DigestSection section, Digest digest)
    {
        foreach (var chunk in Chunks(Lines(section, digest)))
            yield return new JsonObject { ["type"] = "section", ["text"] = Mrkdwn(chunk) };
        if (Buttons(section.Actions, section.Heading) is { } buttons)
            yield return buttons;
    }

    private static IEnumerable<string> Lines(DigestSection section, Digest digest)
    {
        yield return $"*{Escaped(Wording.Heading(section.Heading))}*";
        foreach (var line in section.Lines)
            yield return Escaped(Wording.Line(line));
        foreach (var item in section.Items)
            yield return $"• {Name(item)} {Escaped(Wording.Title(item))}{(item.Note is { } note ? $": {Escaped(Wording.Line(note))}" : "")}";
        foreach (var row in section.Table?.Rows ?? [])
            yield return $"• {string.Join(" · ", row.Zip(section.Table!.Columns).Select((c, i) => Cell(c.Second, c.First, i == 0)))}";
        if (section.Chart is { } chart)
            yield return Escaped(Wording.Line(chart.Alt));
        if (Wording.More(section, digest) is { } more)
            yield return $"… {more}";
    }

    private static string Cell(string column, string cell, bool isFirst)
    {
        var (head, value) = (Escaped(Wording.Cell(column)), Escaped(Wording.Cell(cell)));
        return isFirst ? $"*{(head.Length == 0 ? value : $"{head} {value}")}*" : $"{head}: {value}";
    }

    private static string Name(DigestItem item) =>
        Wording.Link(item.Link) is { } link ? $"<{link.Replace("&", "&amp;", StringComparison.Ordinal)}|{Escaped(Wording.Name(item))}>" : Escaped(Wording.Name(item));

    /// <summary>Whole lines together, as many as a section takes.</summary>
    private static IEnumerable<string> Chunks(IEnumerable<string> lines)
    {
        var chunk = "";
        foreach (var line in lines)
        {
            if (chunk.Length + 1 + line.Length > MaxSection && chunk.Length > 0)
            {
                yield return chunk;
                chunk = "";
            }

            chunk = chunk.Length == 0 ? line : $"{chunk}\n{line}";
        }

        if (chunk.Length > 0)
            yield return chunk;
    }

    private static JsonObject? Buttons(IEnumerable<DigestAction> actions, string about)
    {
        var linked = actions.Where(a => Wording.Link(a.Link) is not null).Take(MostButtons).ToList();
        return linked.Count == 0 ? null : new JsonObject
        {
            ["type"] = "actions",
            ["elements"] = MessageJson.Array(linked.Select((a, i) => new JsonObject
            {
                ["type"] = "button",
                ["text"] = Plain(Wording.Cell(a.Label), MaxButton),
                ["url"] = Wording.Link(a.Link),
                ["action_id"] = $"open-{ForeignText.OneLine(about, 60)}-{i}",
            })),
        };
    }

    private static JsonObject Plain(string text, int longest) => new() { ["type"] = "plain_text", ["text"] = ForeignText.OneLine(ForeignText.Unlinked(text), longest), ["emoji"] = false };

    /// <summary>Verbatim: no address, name of a channel or mention in it becomes a link.</summary>
    private static JsonObject Mrkdwn(string text) => new() { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true };

    private static string Escaped(string text) => ForeignText.Isolated(Marks().Replace(ForeignText.Unlinked(text), "$0\u200B")
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal));

    /// <summary>Bold, italic, struck out, code.</summary>
    [GeneratedRegex("[*_~`]")]
    private static partial Regex Marks();
}
