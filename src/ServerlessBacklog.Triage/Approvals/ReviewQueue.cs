using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Approvals;

/// <summary>Everything that waits for a person in a backlog: what is asked now, what sweeps would ask, and what was put off and is due again.</summary>
public sealed class ReviewQueue(IBacklogStore store, IPendingStore pending)
{
    /// <summary>Open asks, surest first.</summary>
    /// <param name="step">Only with changes of this step; null for all.</param>
    public async Task<IReadOnlyList<QueuedAsk>> ListAsync(string backlog, DateTimeOffset now, string? step, CancellationToken cancellation)
    {
        var asks = (await pending.AsksAsync(backlog, cancellation)).ToDictionary(a => (a.Item, a.Decision));
        var queue = new List<QueuedAsk>();
        await foreach (var decision in store.LatestDecisionsAsync(backlog, cancellation))
        {
            if (decision.Verdict != Verdict.Ask || (step is not null && !decision.Changes.Any(c => c.Verdict == Verdict.Ask && c.Step == step)))
                continue;
            var ask = asks.GetValueOrDefault((decision.Item, decision.Id)) ?? AskBook.Of(decision, decision.DecidedAt);
            if (ask.State == AskState.Open || (ask.State == AskState.Snoozed && ask.SnoozedUntil <= now))
                queue.Add(new QueuedAsk(ask, decision));
        }

        return [.. queue.OrderByDescending(q => q.Ask.Surest).ThenBy(q => q.Ask.OpenedAt).ThenBy(q => q.Ask.Item.ToKey(), StringComparer.Ordinal)];
    }
}

public sealed record QueuedAsk(Ask Ask, Decision Decision)
{
    public IEnumerable<DecidedChange> Asked => Decision.Changes.Where(c => c.Verdict == Verdict.Ask);
}
