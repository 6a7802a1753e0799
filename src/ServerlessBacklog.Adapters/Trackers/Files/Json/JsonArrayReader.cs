using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>Reads one JSON array of objects, such as <c>gh issue list --json</c> prints.</summary>
internal static class JsonArrayReader
{
    public static async IAsyncEnumerable<ReadRecord> ReadAsync(
        SourceFile file, FileMapping mapping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = file.Open();
        var members = new MemberNames(mapping);
        await using var elements = JsonSerializer
            .DeserializeAsyncEnumerable<JsonElement>(stream, cancellationToken: cancellation)
            .GetAsyncEnumerator(cancellation);
        for (var number = 1; await NextAsync(elements, number, file.Path); number++)
        {
            var place = $"record {number}";
            yield return elements.Current.ValueKind == JsonValueKind.Object
                ? new ReadRecord(new JsonRecord(place, elements.Current, members))
                : new ReadRecord(place, "this is no JSON object; write {…}. It is skipped.");
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<JsonElement> elements, int number, string path)
    {
        try
        {
            return await elements.MoveNextAsync();
        }
        catch (JsonException broken)
        {
            throw new UserErrorException(
                $"{path} is no valid JSON array of objects (record {number}, line {broken.LineNumber + 1}). Begin with [ and end with ], or use .jsonl with one object a line.",
                broken);
        }
    }
}
