using System.Text;
using ServerlessBacklog.Adapters.Trackers.Files.Words;

namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>Joins what trackers keep beside the description to one body, each under its heading; an HTML body gets HTML headings.</summary>
internal static class BodyText
{
    private static readonly (Field Field, string Heading)[] Parts =
    [
        (Field.Design, "Design"),
        (Field.AcceptanceCriteria, "Acceptance criteria"),
        (Field.Notes, "Notes"),
    ];

    public static string Join(ItemRecord record)
    {
        var body = record.Text(Field.Body) is { } text ? PlainText.Body(text) : "";
        StringBuilder? joined = null;
        foreach (var (field, heading) in Parts)
        {
            if (record.Text(field) is not { } part)
                continue;
            joined ??= new StringBuilder(body);
            if (joined.Length > 0)
                joined.Append("\n\n");
            var isHtml = (body.Length > 0 ? body : part).AsSpan().TrimStart().StartsWith("<");
            joined.Append(isHtml ? $"<h2>{heading}</h2>\n" : $"## {heading}\n").Append(PlainText.Body(part));
        }

        return joined?.ToString() ?? body;
    }
}
