using ServerlessBacklog.LocalRunner.Replaying;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations.Histories;

/// <summary>Tells a recorded history to today's code, as the local runner does after a restart.</summary>
internal static class HistoryReplay
{
    /// <returns>Where the code does something else than it did, in a sentence; null when it does the same.</returns>
    public static string? Difference(RecordedHistory history, OrchestrationEntry entry)
    {
        for (var g = 0; g < history.Generations.Count; g++)
        {
            if (Difference(history.Generations[g], new Replay(entry, history.Instance, g + 1)) is { } difference)
                return $"{history.Orchestration}, generation {g + 1}, {difference}";
        }

        return null;
    }

    private static string? Difference(RecordedGeneration generation, Replay replay)
    {
        var last = generation.Events.Count;
        replay.Tell([.. generation.Events.Select((e, i) => e.ToEvent(i + 1))]);
        if (replay.Obstacle is { } obstacle)
            return $"event {Math.Min(replay.Told + 1, last)} of {last}: {obstacle}";
        if (replay.NewCalls.FirstOrDefault() is { } call)
            return $"after event {last}: it makes a call that the history does not have, {Call.Describe(call.Kind, call.RecordedName)}.";
        return EndOf(replay) == generation.End
            ? null
            : $"after event {last}: it stood at '{generation.End}' and stands at '{EndOf(replay)}' now. {replay.Failure?.Message}";
    }

    private static RecordedEnd EndOf(Replay replay) => replay switch
    {
        { IsOver: false } => RecordedEnd.Waits,
        { Failure: not null } => RecordedEnd.Fails,
        { Next: not null } => RecordedEnd.ContinuesAsNew,
        _ => RecordedEnd.Completes,
    };
}
