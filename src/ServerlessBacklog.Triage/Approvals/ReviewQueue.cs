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
        var asks = await pending.AsksAsync(backlog, cancellation);
        var decisions = await store.LatestDecisionsAsync(backlog, cancellation).Where(d => d.Verdict == Verdict.Ask).ToListAsync(cancellation);
        return Of(decisions, asks, now, step);
    }

    /// <summary>The same, of what has been read already. Pure.</summary>
    /// <param name="decisions">The newest on each item.</param>
    public static IReadOnlyList<QueuedAsk> Of(IEnumerable<Decision> decisions, IEnumerable<Ask> asks, DateTimeOffset now, string? step)
    {
        var known = asks.ToDictionary(a => (a.Item, a.Decision));
        return
        [
            .. decisions
                .Where(d => d.Verdict == Verdict.Ask && (step is null || d.Changes.Any(c => c.Verdict == Verdict.Ask && c.Step == step)))
                .Select(d => new QueuedAsk(known.GetValueOrDefault((d.Item, d.Id)) ?? AskBook.Of(d, d.DecidedAt), d))
                .Where(q => q.Ask.State == AskState.Open || (q.Ask.State == AskState.Snoozed && q.Ask.SnoozedUntil <= now))
                .OrderByDescending(q => q.Ask.Surest).ThenBy(q => q.Ask.OpenedAt).ThenBy(q => q.Ask.Item.ToKey(), StringComparer.Ordinal),
        ];
    }
}

public sealed record QueuedAsk(Ask Ask, Decision Decision)
{
    public IEnumerable<DecidedChange> Asked => Decision.Changes.Where(c => c.Verdict == Verdict.Ask);
}
