using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Reports;

/// <summary>
/// The rows of the table of all items as compact JSON for the page's script. The encoder escapes <c>&lt; &gt; &amp; ' "</c>,
/// so that no title can end the script block.
/// </summary>
internal static class ItemTableJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Words for <see cref="ItemMarks"/> in the order of their bits.</summary>
    public static IReadOnlyList<string> MarkWords { get; } = ["duplicate", "vague", "stale", "archive", "blocked", "blocking"];

    public static string Of(IReadOnlyList<ReportItem> items, IReadOnlyList<ItemColumn> columns, ReportLook look)
    {
        using var buffer = new MemoryStream(items.Count * 160);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("columns");
            foreach (var column in columns)
            {
                json.WriteStartArray();
                json.WriteStringValue(column.Header);
                json.WriteStringValue(column.Format);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("marks");
            foreach (var word in MarkWords)
                json.WriteStringValue(word);
            json.WriteEndArray();
            json.WriteStartArray("rows");
            foreach (var item in items)
                WriteRow(json, item, columns, look);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static IEnumerable<string> Words(ItemMarks marks) => MarkWords.Where((_, bit) => ((int)marks & (1 << bit)) != 0);

    private static void WriteRow(Utf8JsonWriter json, ReportItem item, IReadOnlyList<ItemColumn> columns, ReportLook look)
    {
        json.WriteStartArray();
        json.WriteStringValue(Show.Number(item.Item.Ref));
        json.WriteStringValue(item.Item.Title);
        json.WriteStringValue(look.Href(item.Item));
        json.WriteNumberValue((int)item.Marks);
        foreach (var column in columns)
        {
            switch (column.Value(item))
            {
                case null: json.WriteNullValue(); break;
                case string text: json.WriteStringValue(ItemColumn.Cut(text)); break;
                case int number: json.WriteNumberValue(number); break;
                case var number: json.WriteNumberValue(Convert.ToDouble(number)); break;
            }
        }

        json.WriteEndArray();
    }
}
