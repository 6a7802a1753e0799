using System.Globalization;
using System.Text.Json;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>The log as a file: JSON Lines, a row each, the head last. What is hashed stands there letter by letter, so that a file verifies without the store.</summary>
public static class AuditFile
{
    /// <param name="isOpen">True when rows after the last one were left out: then the head, which would name one of them, is left out too.</param>
    /// <returns>How many rows were written.</returns>
    public static async Task<int> WriteAsync(IAsyncEnumerable<AuditRow> rows, AuditHead? head, bool isOpen, TextWriter writer, CancellationToken cancellation)
    {
        var count = 0;
        var last = (default(DateOnly), 0);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await writer.WriteLineAsync(
                $$"""{"Day":"{{Name(row.Day)}}","Sequence":{{row.Sequence.ToString(CultureInfo.InvariantCulture)}},"Hash":{{Quoted(row.Hash)}},"Salt":{{Quoted(row.Salt)}},"Row":{{Raw(row.Chained)}},"Words":{{Raw(row.Words)}}}""");
            count++;
            last = (row.Day, row.Sequence);
        }

        // One that was appended while the others were written is in the next export.
        if (!isOpen && head is not null && last == (head.Day, head.Sequence))
            await writer.WriteLineAsync($$"""{"Head":{{JsonSerializer.Serialize(head)}}}""");
        return count;
    }

    /// <exception cref="UserErrorException">A line is no row of a log.</exception>
    public static async Task<(IReadOnlyList<AuditRow> Rows, AuditHead? Head)> ReadAsync(TextReader reader, CancellationToken cancellation)
    {
        var rows = new List<AuditRow>();
        AuditHead? head = null;
        for (var number = 1; await reader.ReadLineAsync(cancellation) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                if (json.RootElement.TryGetProperty("Head", out var named))
                    head = named.Deserialize<AuditHead>();
                else
                    rows.Add(RowOf(json.RootElement));
            }
            catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new UserErrorException($"Line {number} is no row of an audit log. Hand in a file that 'backlog audit export' wrote, as it is.", wrong);
            }
        }

        return (rows, head);
    }

    private static AuditRow RowOf(JsonElement row) => new(
        DateOnly.ParseExact(row.GetProperty("Day").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        row.GetProperty("Sequence").GetInt32(),
        Text(row.GetProperty("Row")),
        row.GetProperty("Hash").GetString()!,
        Text(row.GetProperty("Words")),
        row.GetProperty("Salt").GetString()!);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>What somebody has spoilt so that it is no JSON object on one line is written as a text.</summary>
    private static string Raw(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && !text.AsSpan().ContainsAny('\n', '\r') && json.RootElement.GetRawText() == text ? text : Quoted(text);
        }
        catch (JsonException)
        {
            return Quoted(text);
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
