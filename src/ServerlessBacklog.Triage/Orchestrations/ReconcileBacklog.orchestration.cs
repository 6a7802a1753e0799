using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <summary>
/// Brings a backlog in line with its tracker: what changed since the last time, page by page, then what is held for open and is open no more.
/// A run that meets a budget ends incomplete and says so; the next one goes on where it stopped.
/// </summary>
public sealed class ReconcileBacklog : IOrchestration<ReconcileInput, ReconcileReport>
{
    /// <summary>Pages after which the history begins anew.</summary>
    private const int PagesPerHistory = 50;

    public static OrchestrationRef<ReconcileInput, ReconcileReport> Ref { get; } = new("ReconcileBacklog");

    public async Task<ReconcileReport> RunAsync(IOrchestrationContext context, ReconcileInput input)
    {
        var report = input.SoFar ?? ReconcileReport.None;
        for (var pages = 0; ; pages++)
        {
            if (pages == PagesPerHistory)
            {
                context.ContinueAsNew(input with { SoFar = report });
                return report;
            }

            var page = await context.CallAsync(PullChanges.Ref, new PullRequest(input.Backlog, input.Source) { Trace = input.Trace });
            report = report.Plus(page);
            context.SetStatus(new ReconcileStatus(page.StoppedUntil is null ? "Reading" : "Incomplete", report.New + report.Changed + report.Same, page.Left));
            if (page.StoppedUntil is not null)
                return report;
            if (page.IsLast)
                break;
        }

        var missing = await context.CallAsync(FindMissing.Ref, new MissingRequest(input.Backlog, input.Source) { Trace = input.Trace });
        return report with { Removed = missing.Removed, IncompleteUntil = missing.StoppedUntil, Left = missing.Left };
    }
}
