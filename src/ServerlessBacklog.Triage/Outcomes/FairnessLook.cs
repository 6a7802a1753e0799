using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>Gathers from what is stored how the examined items of a backlog were treated.</summary>
public sealed class FairnessLook(IBacklogStore store)
{
    /// <summary>Groups with fewer items are put together: a backlog has hundreds of areas.</summary>
    private const string Other = "other";

    public async Task<IReadOnlyList<FairnessRow>> LookAsync(string backlog, CancellationToken cancellation)
    {
        var decided = new Dictionary<WorkItemRef, DateTimeOffset>();
        await foreach (var decision in store.LatestDecisionsAsync(backlog, cancellation))
            decided[decision.Item] = decision.DecidedAt;
        if (decided.Count == 0)
            return [];
        var acts = new Dictionary<WorkItemRef, DateTimeOffset>();
        await foreach (var outcome in store.AllOutcomesAsync(backlog, cancellation))
        {
            if (IsAct(outcome) && (!acts.TryGetValue(outcome.Item, out var first) || outcome.At < first))
                acts[outcome.Item] = outcome.At;
        }

        var scores = new Dictionary<WorkItemRef, double>();
        await foreach (var examined in store.FindingsAsync(backlog, cancellation))
        {
            if (examined.Finding is { Step: StepName.Priority, Status: FindingStatus.Decided, Score: { } score })
                scores[examined.Finding.Item] = score;
        }

        // Before the first decision nobody could act: an old item has not waited for us since it was written.
        var began = decided.Values.Concat(acts.Values).Min();
        var items = new List<TreatedItem>();
        await foreach (var item in store.ItemsAsync(backlog, cancellation))
        {
            if (decided.ContainsKey(item.Ref))
                items.Add(Of(item, acts.TryGetValue(item.Ref, out var at) ? at : null, scores.TryGetValue(item.Ref, out var score) ? score : null, began));
        }

        var areas = items.GroupBy(i => i.Area).Where(g => g.Count() >= Fairness.LeastItems).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        return Fairness.Of([.. items.Select(i => areas.Contains(i.Area) ? i : i with { Area = Other })]);
    }

    /// <summary>Our own words for what trackers name in many ways.</summary>
    public static string TypeOf(WorkItem item) => (item.Type ?? item.Labels.Select(l => l.Name).FirstOrDefault(l => Word(l) is "bug" or "feature"))?.ToLowerInvariant() is { } type ? Word(type) : "none";

    private static TreatedItem Of(WorkItem item, DateTimeOffset? acted, double? score, DateTimeOffset began)
    {
        var since = item.CreatedAt is { } created && created > began ? created : began;
        return new TreatedItem(
            TypeOf(item),
            item.Areas is [var area, ..] ? area : "none",
            item.ReporterRole?.ToUpperInvariant() switch
            {
                "OWNER" or "MEMBER" or "COLLABORATOR" => "team",
                "CONTRIBUTOR" => "contributor",
                null => Fairness.Unknown,
                _ => "newcomer",
            },
            LanguageGuess.Of($"{item.Title}\n{item.Body}"),
            acted is not null,
            score,
            acted is { } at ? (at > since ? at - since : TimeSpan.Zero) : null);
    }

    private static bool IsAct(DecisionOutcome outcome) =>
        outcome.State is OutcomeState.Asked or OutcomeState.Rejected or OutcomeState.Expired or OutcomeState.Snoozed || outcome.Changes.Any(c => c.State is ChangeState.Applied or ChangeState.Undone or ChangeState.Waiting);

    private static string Word(string type) => type.ToLowerInvariant() switch
    {
        "bug" or "defect" or "type: bug" or "kind/bug" or "type/bug" => "bug",
        "feature" or "enhancement" or "feature request" or "feature-request" or "user story" or "story" or "product backlog item" or "type: feature" or "kind/feature" or "type/enhancement" => "feature",
        var other => other,
    };
}
