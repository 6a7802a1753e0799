using System.Text;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
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

    public static string Of(JsonElement fields)
    {
        var body = new StringBuilder(Clean(fields.Text(Fields.Description)));
        foreach (var (field, heading) in Parts)
        {
            var part = Clean(fields.Text(field));
            if (part.Length == 0)
                continue;
            if (body.Length > 0)
                body.Append("\n\n");
            body.Append(IsHtml(part) ? $"<h2>{heading}</h2>\n" : $"## {heading}\n").Append(part);
        }

        return body.ToString();
    }

    private static string Clean(string? text) => text is null ? "" : PlainText.Body(text).Trim();

    private static bool IsHtml(string text) => text.StartsWith('<');
}
