using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Value;

/// <summary>
/// Reads what a value report is made from: outcomes, the use of language models, and when items came. What a person ordered is no act of ours and is left out; what
/// a person took back by hand in the tracker counts as taken back.
/// </summary>
public sealed class ValueReading(IBacklogStore store, IModelLedger ledger, ValueSettings settings)
{
    /// <param name="from">First day, UTC.</param>
    public async Task<ValueInput> LoadAsync(string backlog, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var outcomes = new List<DecisionOutcome>();
        await foreach (var outcome in store.AllOutcomesAsync(backlog, cancellation).Where(o => o.At >= from && o.At <= to))
            outcomes.Add(await WithoutOrdersAsync(backlog, await WithTakenBackAsync(backlog, outcome, cancellation), cancellation));
        var used = new ModelUse();
        for (var day = DateOnly.FromDateTime(from.UtcDateTime); day <= DateOnly.FromDateTime(to.UtcDateTime); day = day.AddDays(1))
            used = used.Plus(await ledger.UsedAsync(backlog, day, cancellation));
        return new ValueInput
        {
            Backlog = backlog,
            From = from,
            To = to,
            Outcomes = outcomes,
            Models = used,
            FirstActHours = await FirstActsAsync(backlog, from, outcomes, cancellation),
            Settings = settings,
        };
    }

    private async Task<DecisionOutcome> WithTakenBackAsync(string backlog, DecisionOutcome outcome, CancellationToken cancellation)
    {
        if (!outcome.Changes.Any(c => c.State == ChangeState.Applied))
            return outcome;
        var taken = (await store.OverridesAsync(backlog, outcome.Item, cancellation)).Where(o => !o.IsPin && o.At >= outcome.At).ToList();
        return taken.Count == 0 ? outcome : outcome with
        {
            Changes = [.. outcome.Changes.Select(c => c.State == ChangeState.Applied && taken.Exists(o => o.Forbids(c.Change)) ? c with { State = ChangeState.Undone } : c)],
        };
    }

    /// <summary>Commands of people are carried out as decisions too: their changes stand in the name of no step.</summary>
    private async Task<DecisionOutcome> WithoutOrdersAsync(string backlog, DecisionOutcome outcome, CancellationToken cancellation)
    {
        if (outcome.Changes.Count == 0)
            return outcome;
        var decision = (await store.DecisionsAsync(backlog, outcome.Item, cancellation)).FirstOrDefault(d => d.Id == outcome.Decision);
        var ordered = decision?.Changes.Where(c => c.Step == PersonalDecision.Step).Select(c => c.Change).ToHashSet() ?? [];
        return ordered.Count == 0 ? outcome : outcome with { Changes = [.. outcome.Changes.Where(c => !ordered.Contains(c.Change))] };
    }

    private async Task<IReadOnlyList<double>> FirstActsAsync(string backlog, DateTimeOffset from, List<DecisionOutcome> outcomes, CancellationToken cancellation)
    {
        var first = outcomes.Where(o => o.Changes.Any(c => c.State is ChangeState.Applied or ChangeState.Undone))
            .GroupBy(o => o.Item).ToDictionary(g => g.Key, g => g.Min(o => o.At));
        var items = await store.FindItemsAsync(backlog, first.Keys, cancellation);
        return [.. items.Where(i => i.CreatedAt >= from && i.CreatedAt <= first[i.Ref]).Select(i => (first[i.Ref] - i.CreatedAt!.Value).TotalHours)];
    }
}
