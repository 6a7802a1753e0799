using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>
/// Says what a triage would ask of a language model. Reads the source and examines as triage does, by rules and classical models; asks no model, and stores
/// no finding, so that the triage after it does all its work.
/// </summary>
internal sealed class PlanRun(
    TriageRun triage, SnapshotKeeper snapshots, Examiner examiner, IBacklogStore store, ModelSetup setup, ModelBudget budget, IModelLedger ledger, TimeProvider clock)
{
    public async Task<PlanOutcome> RunAsync(
        SourceAddress source, string? name, DateTimeOffset? asOf, TriageSettings settings, ProgressLine progress, CancellationToken cancellation)
    {
        var imported = await triage.ImportAsync(source, name, progress, cancellation);
        var backlog = imported.Backlog;
        progress.Show("Indexing", 0, 0);
        var snapshot = await snapshots.RefreshAsync(backlog, cancellation);
        var run = examiner.Versions(backlog, snapshot, settings);
        var plan = new AdvicePlan();
        var context = new StepContext
        {
            Now = asOf ?? imported.AsOf ?? clock.GetUtcNow(),
            Backlog = snapshot,
            BacklogName = backlog,
            Settings = settings,
            Plan = plan,
        };
        var open = snapshot.OpenItems();
        var done = 0;
        foreach (var page in open.Chunk(PlanSweep.PageSize))
        {
            progress.Show("Planning", done, open.Count);
            var versions = (await store.FindStampsAsync(backlog, page, cancellation)).ToDictionary(s => s.Item, run.For);
            var items = (await store.FindItemsAsync(backlog, page, cancellation)).Where(i => versions.ContainsKey(i.Ref)).ToList();
            await examiner.ExamineAsync(items, versions, await StoredAsync(backlog, page, cancellation), context, cancellation);
            done += page.Length;
        }

        var used = await ledger.UsedAsync(backlog, budget.Today, cancellation);
        return new PlanOutcome(backlog, open.Count, setup.Chat is null ? null : setup.ChatModel, setup.MayAsk(backlog), plan.Rows, setup.Prices, setup.Limits, used);
    }

    /// <summary>Where no model may be asked, stored findings are as they will be and would plan nothing: then the plan is for a model that there could be.</summary>
    private async Task<Dictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>>> StoredAsync(
        string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation) => setup.MayAsk(backlog)
        ? (await store.FindingsAsync(backlog, items, cancellation))
            .GroupBy(f => f.Finding.Item)
            .ToDictionary(g => g.Key, g => (IReadOnlyDictionary<string, ExaminedFinding>)g.ToDictionary(f => f.Finding.Step))
        : [];
}

/// <param name="Model">Null when none is configured.</param>
/// <param name="MayAsk">False where nothing of this backlog may be sent.</param>
/// <param name="Used">What the backlog has used today.</param>
internal sealed record PlanOutcome(
    string Backlog, int Open, string? Model, bool MayAsk, IReadOnlyList<PlannedAdvice> Rows, ModelPrices Prices, ModelLimits Limits, ModelUse Used)
{
    public long Questions => Rows.Sum(r => r.Questions);

    public long Tokens => Rows.Sum(r => r.InputTokens + r.OutputTokens);

    /// <summary>Null where nobody said what tokens cost.</summary>
    public decimal? Cost => Prices.IsKnown ? Rows.Sum(r => r.Cost(Prices)) : null;
}
