using ServerlessBacklog.LocalRunner.Replaying;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations.Histories;

/// <summary>
/// Looks at an instance's history after each commit of the runner, because that of a generation is gone when the next one begins. The
/// runner works one by one meanwhile, so that recording again gives the same.
/// </summary>
internal sealed class HistoryRecorder
{
    private readonly TriageRuntime runtime;
    private readonly string id;
    private readonly List<IReadOnlyList<Event>> generations = [];

    public HistoryRecorder(TriageRuntime runtime, string id)
    {
        (this.runtime, this.id) = (runtime, id);
        if (!runtime.OneByOne)
            throw new ArgumentException("The runner works side by side; what it records differs from time to time.", nameof(runtime));
        runtime.AfterCommit = Look;
    }

    public async Task<RecordedHistory> EndAsync()
    {
        await runtime.SettleAsync();
        runtime.AfterCommit = () => { };
        var state = (await runtime.Client.FindAsync(id, CancellationToken.None)).ShouldNotBeNull();
        return new RecordedHistory(state.Orchestration, id, [.. generations.Select((events, i) => new RecordedGeneration(
            i < generations.Count - 1 ? RecordedEnd.ContinuesAsNew : EndOf(state.Status),
            [.. events.Select(RecordedEvent.Of)]))]);
    }

    private void Look()
    {
        var now = runtime.History(id);
        if (now.Count == 0)
            return;
        if (generations is [.., var last] && now.Count >= last.Count && now.Take(last.Count).SequenceEqual(last))
            generations[^1] = now;
        else
            generations.Add(now);
    }

    private static RecordedEnd EndOf(InstanceStatus status) => status switch
    {
        InstanceStatus.Running => RecordedEnd.Waits,
        InstanceStatus.Completed => RecordedEnd.Completes,
        InstanceStatus.Failed => RecordedEnd.Fails,
        _ => throw new InvalidOperationException($"A history of an instance that is {status} is of no use."),
    };
}
