using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.Testing.Digests;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

/// <summary>A digest in each of its forms, read back as people read it.</summary>
internal static partial class Forms
{
    public static IReadOnlyDictionary<string, string> Of(Digest digest) => new Dictionary<string, string>
    {
        ["html"] = DigestTexts.Plain(OfHtml(DigestEmail.Render(digest).Html)),
        ["text"] = DigestTexts.Plain(OfText(DigestEmail.Render(digest).Text)),
        ["markdown"] = DigestTexts.Plain(OfMarkdown(DigestMarkdown.Render(digest))),
        ["card"] = DigestTexts.Plain(OfCard(AdaptiveCard.Render(digest))),
        ["blocks"] = DigestTexts.Plain(OfBlocks(BlockKit.Render(digest))),
    };

    /// <summary>Pictures by what they show, in words.</summary>
    public static string OfHtml(string html)
    {
        var body = Comments().Replace(html[html.IndexOf("<body", StringComparison.Ordinal)..], "");
        return WebUtility.HtmlDecode(Tags().Replace(Pictures().Replace(Preheader().Replace(body, " "), " $1 "), m => Inline().IsMatch(m.Value) ? "" : " "));
    }

    public static string OfText(string text) => Addresses().Replace(text, "");

    public static string OfMarkdown(string markdown) => Escapes().Replace(Links().Replace(markdown, "$1"), "$1").Replace("**", "", StringComparison.Ordinal);

    public static string OfCard(string json) => string.Join(" ", Texts(JsonNode.Parse(json)!, "text", "title"));

    /// <summary>The text for notifications left out: blocks say it all.</summary>
    public static string OfBlocks(string json) => WebUtility.HtmlDecode(SlackLinks().Replace(string.Join(" ", Texts(JsonNode.Parse(json)!["blocks"]!, "text")), "$1")).Replace("*", "", StringComparison.Ordinal);

    public static IEnumerable<string> Texts(JsonNode node, params IReadOnlyList<string> names)
    {
        if (node is JsonArray array)
            return array.OfType<JsonNode>().SelectMany(n => Texts(n, names));
        if (node is not JsonObject o)
            return [];
        return o.SelectMany(p => p.Value switch
        {
            JsonValue value when names.Contains(p.Key) && value.TryGetValue(out string? text) => [text],
            JsonObject or JsonArray => Texts(p.Value, names),
            _ => [],
        });
    }

    /// <summary>All objects of a document.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(Objects),
        JsonObject o => o.SelectMany(p => Objects(p.Value)).Prepend(o),
        _ => [],
    };

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex("<div style=\"display:none.*?</div>", RegexOptions.Singleline)]
    private static partial Regex Preheader();

    [GeneratedRegex("<img[^>]*\\balt=\"([^\"]*)\"[^>]*>")]
    private static partial Regex Pictures();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex("^</?span")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?m)^  https?://\S+$")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\[((?:[^\]\\]|\\.)*)\]\([^)]*\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"\\([^\w\s])")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"<https?://[^|>]+\|([^>]*)>")]
    private static partial Regex SlackLinks();
}
