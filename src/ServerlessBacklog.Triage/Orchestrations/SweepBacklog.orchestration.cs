using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <summary>
/// Goes over the open items of a backlog that are out of date, page by page. A page whose result is recorded is not examined again,
/// whatever crashes; findings that are stored are reused. An unchanged backlog costs two activities.
/// </summary>
public sealed class SweepBacklog : IOrchestration<SweepInput, SweepReport>
{
    /// <summary>Pages after which the history begins anew: some 40 rows.</summary>
    private const int PagesPerHistory = 16;

    /// <summary>A plan that is lost this often is a fault.</summary>
    private const int MaxPlans = 3;

    public static OrchestrationRef<SweepInput, SweepReport> Ref { get; } = new("SweepBacklog");

    public async Task<SweepReport> RunAsync(IOrchestrationContext context, SweepInput input)
    {
        var (plan, page, counts) = input.Progress ?? await PlanAsync(context, input, SweepCounts.None);
        for (int plans = 1, pages = 0; page < plan.Pages; pages++)
        {
            context.SetStatus(new SweepStatus("Examining", counts.Items, plan.Due));
            if (pages >= PagesPerHistory)
            {
                context.ContinueAsNew(input with { Progress = new SweepProgress(plan, page, counts) });
                return new SweepReport(input.Backlog, plan, counts);
            }

            var next = Math.Min(plan.Pages, page + Math.Clamp(input.PagesAtOnce, 1, PagesPerHistory));
            var results = await Task.WhenAll(Enumerable.Range(page, next - page)
                .Select(p => context.CallAsync(ExaminePage.Ref, new PageRequest(input.Backlog, plan, p) { Trace = input.Trace })));
            counts = results.Aggregate(counts, (all, result) => all.Plus(result.Counts));
            (page, pages) = (next, pages + results.Length - 1);
            if (!results.Any(r => r.IsLost))
                continue;
            if (plans++ == MaxPlans)
                throw new InvalidOperationException($"The plan of the sweep of '{input.Backlog}' was lost {MaxPlans} times. Is another program writing into its store?");
            (plan, page, counts) = await PlanAsync(context, input, counts);
        }

        return await context.CallAsync(FinishSweep.Ref, new SweepReport(input.Backlog, plan, counts) { Trace = input.Trace });
    }

    private static async Task<SweepProgress> PlanAsync(IOrchestrationContext context, SweepInput input, SweepCounts counts)
    {
        context.SetStatus(new SweepStatus("Indexing", 0, 0));
        var plan = await context.CallAsync(PlanSweep.Ref, new PlanRequest(input.Backlog, input.Settings, input.AsOf, context.UtcNow) { Trace = input.Trace });
        return new SweepProgress(plan, 0, counts);
    }
}
