using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessBacklog.LocalRunner.Replaying;

namespace ServerlessBacklog.Triage.Tests.Orchestrations.Histories;

/// <summary>What one instance was told and what it called, generation after generation, as the local runner recorded it.</summary>
internal sealed record RecordedHistory(string Orchestration, string Instance, IReadOnlyList<RecordedGeneration> Generations)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static RecordedHistory Parse(string json) =>
        JsonSerializer.Deserialize<RecordedHistory>(json, Json) ?? throw new InvalidDataException("There is no history.");

    /// <summary>As JSON, one event a line: a change of one is seen as such.</summary>
    public string Write()
    {
        var text = new StringBuilder().Append($"{{\n  \"orchestration\": {Quote(Orchestration)},\n  \"instance\": {Quote(Instance)},\n  \"generations\": [\n");
        for (var g = 0; g < Generations.Count; g++)
        {
            text.Append($"    {{\n      \"end\": {Quote(Generations[g].End.ToString())},\n      \"events\": [\n")
                .AppendJoin(",\n", Generations[g].Events.Select(e => $"        {JsonSerializer.Serialize(e, Json)}"))
                .Append("\n      ]\n    }").Append(g < Generations.Count - 1 ? ",\n" : "\n");
        }

        return text.Append("  ]\n}\n").ToString();
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, Json);
}

/// <param name="End">How the generation stands after its last event.</param>
internal sealed record RecordedGeneration(RecordedEnd End, IReadOnlyList<RecordedEvent> Events);

internal enum RecordedEnd
{
    Waits,
    Completes,
    Fails,
    ContinuesAsNew,
}

/// <summary>One row of a history.</summary>
/// <param name="Call">Number of the call that this is or answers.</param>
/// <param name="Data">Input, result or payload.</param>
/// <param name="Error">Message of a failure, which is no JSON.</param>
internal sealed record RecordedEvent(EventKind Event, int? Call, DateTimeOffset At, string? Name, JsonElement? Data, string? Error)
{
    [JsonIgnore]
    public bool IsCall => Event >= EventKind.CalledActivity;

    public static RecordedEvent Of(Event e)
    {
        var isError = e.Kind is EventKind.ActivityFailed or EventKind.ChildFailed;
        return new RecordedEvent(
            e.Kind,
            e.Call,
            new DateTimeOffset(e.At, TimeSpan.Zero),
            e.Name,
            e.Data is null || isError ? null : JsonElement.Parse(e.Data),
            isError ? e.Data : null);
    }

    public Event ToEvent(int no) => new(Event, Call, At.UtcTicks, Name, Error ?? Data?.GetRawText()) { No = no };
}
