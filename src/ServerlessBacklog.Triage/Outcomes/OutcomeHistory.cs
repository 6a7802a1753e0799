using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>Reads all labelled cases of a backlog from what is stored.</summary>
public sealed class OutcomeHistory(IBacklogStore store)
{
    /// <returns>Oldest first.</returns>
    public async Task<IReadOnlyList<LabelledOutcome>> ReadAsync(string backlog, DateTimeOffset now, CancellationToken cancellation)
    {
        var overrides = await store.AllOverridesAsync(backlog, cancellation);
        var outcomes = await store.AllOutcomesAsync(backlog, cancellation).ToListAsync(cancellation);
        var cases = new List<LabelledOutcome>();
        foreach (var onItem in outcomes.GroupBy(o => o.Item))
        {
            var decisions = (await store.DecisionsAsync(backlog, onItem.Key, cancellation)).ToDictionary(d => d.Id, StringComparer.Ordinal);
            IReadOnlyList<HumanOverride> taken = overrides.GetValueOrDefault(onItem.Key.ToKey(), []);
            foreach (var outcome in onItem)
            {
                if (decisions.TryGetValue(outcome.Decision, out var decision))
                    cases.AddRange(OutcomeLabels.Of(decision, outcome, taken, now));
            }
        }

        return [.. cases.OrderBy(c => c.At)];
    }
}
