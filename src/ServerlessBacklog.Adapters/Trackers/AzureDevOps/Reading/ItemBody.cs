using System.Text;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.Blocks;
using ServerlessBacklog.Adapters.Trackers.Files.Words;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// What Azure DevOps keeps in several long fields as one body, each part under its heading. Markup stays as it is: HTML, or Markdown in
/// newer items; the headings follow it.
/// </summary>
internal static class ItemBody
{
    private static readonly (string Field, string Heading)[] Parts =
    [
        (Fields.ReproSteps, "Repro steps"),
        (Fields.SystemInfo, "System info"),
        (Fields.AcceptanceCriteria, "Acceptance criteria"),
    ];

    /// <summary>What people wrote, and apart from it the blocks of ours, which stand in the description or the steps.</summary>
    public static (string Body, IReadOnlyDictionary<string, string> Blocks) Of(JsonElement fields)
    {
        var blocks = new Dictionary<string, string>();
        var body = new StringBuilder(Clean(fields.Text(Fields.Description), blocks));
        foreach (var (field, heading) in Parts)
        {
            var part = Clean(fields.Text(field), blocks);
            if (part.Length == 0)
                continue;
            if (body.Length > 0)
                body.Append("\n\n");
            body.Append(IsHtml(part) ? $"<h2>{heading}</h2>\n" : $"## {heading}\n").Append(part);
        }

        return (body.ToString(), blocks);
    }

    private static string Clean(string? text, Dictionary<string, string> blocks)
    {
        if (text is null)
            return "";
        var (html, inHtml) = BlockText.Split(text, BlockForm.Html);
        var (plain, inLines) = BlockText.Split(html, BlockForm.Lines);
        foreach (var (name, block) in inHtml.Concat(inLines))
            blocks[name] = block;
        return PlainText.Body(plain).Trim();
    }

    private static bool IsHtml(string text) => text.StartsWith('<');
}
