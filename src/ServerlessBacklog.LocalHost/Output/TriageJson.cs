using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalHost.Runs;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>
/// What <c>triage --json</c> prints: <c>items</c>, <c>open</c>, <c>seconds</c>, <c>peak_memory_mb</c>, counts by step and status, then
/// all findings and decisions. Scripts depend on the names (DESIGN §6). Written as a stream: the findings of 20,000 items are many.
/// </summary>
internal static class TriageJson
{
    private const int ItemsAtOnce = 500;

    public static async Task WriteAsync(TriageOutcome outcome, Stream output, CancellationToken cancellation)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        WriteHead(writer, outcome);
        WriteCounts(writer, outcome);
        WriteList(writer, "models", outcome.Report.Models);
        WriteList(writer, "problems", outcome.Import.Problems);
        WriteList(writer, "failures", outcome.Swept.Failures);
        await WriteLongListAsync(writer, "findings", outcome.State.Open, i => outcome.State.Findings[i], cancellation);
        await WriteLongListAsync<Decision>(
            writer, "decisions", outcome.State.Open, i => outcome.State.Decisions.TryGetValue(i, out var decision) ? [decision] : [], cancellation);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellation);
    }

    private static void WriteHead(Utf8JsonWriter writer, TriageOutcome outcome)
    {
        writer.WriteString("backlog", outcome.Import.Backlog);
        writer.WriteString("source", outcome.Import.Source);
        writer.WriteString("as_of", outcome.Report.AsOf);
        writer.WriteNumber("items", outcome.Import.Read);
        writer.WriteNumber("open", outcome.State.Open.Count);
        writer.WriteNumber("new", outcome.Import.New);
        writer.WriteNumber("changed", outcome.Import.Changed);
        writer.WriteNumber("bad_records", outcome.Import.ProblemCount);
        writer.WriteNumber("items_examined", outcome.Swept.Items);
        writer.WriteNumber("findings_made", outcome.Swept.Findings);
        writer.WriteNumber("seconds", Math.Round(outcome.Elapsed.TotalSeconds, 3));
        writer.WriteNumber("peak_memory_mb", Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, 1));
    }

    private static void WriteCounts(Utf8JsonWriter writer, TriageOutcome outcome)
    {
        writer.WriteStartObject("counts");
        foreach (var step in outcome.State.Findings.Values.SelectMany(f => f).GroupBy(f => f.Step))
        {
            writer.WriteStartObject(step.Key);
            writer.WriteNumber("decided", step.Count(f => f.Status == FindingStatus.Decided));
            writer.WriteNumber("nothing_to_say", step.Count(f => f.Status == FindingStatus.NothingToSay));
            writer.WriteNumber("not_yet", step.Count(f => f.Status == FindingStatus.NotYet));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>One value a line, written on all cores.</summary>
    private static async Task WriteLongListAsync<T>(
        Utf8JsonWriter writer, string name, IReadOnlyList<WorkItemRef> items, Func<WorkItemRef, IReadOnlyList<T>> valuesOf, CancellationToken cancellation)
    {
        writer.WriteStartArray(name);
        foreach (var chunk in items.Chunk(ItemsAtOnce))
        {
            var lines = chunk.AsParallel().AsOrdered().SelectMany(i => valuesOf(i).Select(v => JsonSerializer.SerializeToUtf8Bytes(v, OutputJson.Compact)));
            foreach (var line in lines)
                writer.WriteRawValue(line, skipInputValidation: true);
            await writer.FlushAsync(cancellation);
        }

        writer.WriteEndArray();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IEnumerable<T> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            JsonSerializer.Serialize(writer, value, OutputJson.Compact);
        writer.WriteEndArray();
    }
}
