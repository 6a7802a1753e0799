using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Sweeps a backlog on the local runner and stays with it to its end.</summary>
internal sealed class SweepRun(LocalRunner.LocalRunner runner)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <returns>What this sweep counted, and what one that was under way did before it; failures are those of this sweep, which tried again.</returns>
    public async Task<SweepReport> RunAsync(SweepInput input, ProgressLine progress, CancellationToken cancellation)
    {
        using var span = Tracing.Begin("sweep");
        input = input with { Trace = Tracing.Current };
        var id = InstanceIds.OfSweep(input.Backlog);
        var before = SweepCounts.None;
        progress.Show("Indexing", 0, 0);
        while (await runner.StartAsync(SweepBacklog.Ref, id, input, cancellation) == StartAnswer.AlreadyRunning)
        {
            // Another program is at it, or one was stopped in the middle: that sweep ends first, and what it examines is not examined again.
            var other = await FollowAsync(id, progress, cancellation);
            if (other.Status == InstanceStatus.Completed)
                before = before.Plus(other.OutputAs<SweepReport>().Counts);
            if (other.Status == InstanceStatus.Held)
                await runner.TerminateAsync(id, "This program cannot go on with it; another sweep begins.", cancellation);
        }

        var ended = await FollowAsync(id, progress, cancellation);
        return ended.Status == InstanceStatus.Completed && ended.OutputAs<SweepReport>() is var report
            ? report with { Counts = report.Counts with { Items = before.Items + report.Counts.Items, Findings = before.Findings + report.Counts.Findings } }
            : throw new UserErrorException($"The sweep of '{input.Backlog}' did not end well: {ended.Error?.TrimEnd('.')}. What was examined is stored; run it again.");
    }

    private async Task<InstanceState> FollowAsync(string id, ProgressLine progress, CancellationToken cancellation)
    {
        var end = runner.WaitAsync(id, cancellation);
        while (await Task.WhenAny(end, Task.Delay(LookEvery, cancellation)) != end)
        {
            if (await runner.FindAsync(id, cancellation) is not { } state || state.Status == InstanceStatus.Held)
                break;
            if (state.CustomStatus is { } json)
                Show(WorkflowJson.Read<SweepStatus>(json, "status"), progress);
        }

        return end.IsCompleted
            ? await end
            : await runner.FindAsync(id, cancellation) ?? throw new InvalidOperationException($"The instance {id} is gone.");
    }

    private static void Show(SweepStatus status, ProgressLine progress) => progress.Show(status.Phase, status.Done, status.Due);
}
