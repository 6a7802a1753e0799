using System.Globalization;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Views;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>Writes down that a sweep has ended and what it counted.</summary>
public sealed class FinishSweep(IBacklogStore store, TimeProvider time) : IActivity<SweepReport, SweepReport>
{
    /// <summary>Cursor that holds the moment for which the backlog was swept last.</summary>
    public const string SweptCursor = "swept";

    public static ActivityRef<SweepReport, SweepReport> Ref { get; } = new("FinishSweep", RetryPolicy.Default);

    public async Task<SweepReport> RunAsync(SweepReport input, CancellationToken cancellation)
    {
        await store.SetCursorAsync(input.Backlog, SweptCursor, input.Plan.Now.ToString("O", CultureInfo.InvariantCulture), cancellation);
        await ViewKeeper.TouchAsync(store, input.Backlog, time.GetUtcNow(), cancellation);
        return input;
    }
}
