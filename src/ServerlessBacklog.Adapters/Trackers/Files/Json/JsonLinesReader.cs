using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>Reads one JSON object a line.</summary>
internal static class JsonLinesReader
{
    public static async IAsyncEnumerable<ReadRecord> ReadAsync(
        SourceFile file, FileMapping mapping, FileLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = file.Open();
        var lines = new LineReader(stream, limits.MaxRecordBytes);
        var members = new MemberNames(mapping);
        while (await lines.ReadAsync(cancellation))
        {
            var place = $"line {lines.Number}";
            if (lines.IsTooLong)
            {
                yield return new ReadRecord(place, $"the line is longer than {limits.MaxRecordBytes >> 20} MiB; shorten its body. It is skipped.");
                continue;
            }

            var line = lines.Number == 1 ? WithoutMark(lines.Line, file.Path) : lines.Line;
            if (line.Span.Trim(" \t\r\n"u8).IsEmpty)
                continue;
            using var document = Parse(line, lines.IsComplete, out var fault);
            if (document is null)
                yield return new ReadRecord(place, fault);
            else if (document.RootElement.ValueKind == JsonValueKind.Object)
                yield return new ReadRecord(new JsonRecord(place, document.RootElement, members));
            else if (lines.Number == 1 && document.RootElement.ValueKind == JsonValueKind.Array)
                throw new UserErrorException($"{file.Path} holds a JSON array. Name it .json, or write one object a line: jq -c '.[]' in.json > out.jsonl.");
            else
                yield return new ReadRecord(place, "the line is no JSON object; write one {…} a line. It is skipped.");
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> line, bool isComplete, out string fault)
    {
        fault = "";
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException broken)
        {
            fault = isComplete
                ? $"not valid JSON near byte {broken.BytePositionInLine + 1}; write one object a line and escape quotes and line breaks in texts. It is skipped."
                : "the last line is cut off; the export did not finish. Export again. It is skipped.";
            return null;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> line, string path)
    {
        var span = line.Span;
        if (span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new UserErrorException($"{path} is UTF-16. JSON Lines are UTF-8: iconv -f UTF-16 -t UTF-8 in.jsonl > out.jsonl.");
        return span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..] : line;
    }
}
