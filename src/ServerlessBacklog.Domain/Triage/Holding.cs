namespace ServerlessBacklog.Domain.Triage;

/// <summary>Takes out of a decision what people have refused or pinned against, so that nobody is asked about it again.</summary>
public static class Holding
{
    /// <returns>The decision with those changes dropped, under another id; the same one where none is held back.</returns>
    public static Decision Apply(Decision decision, IReadOnlyCollection<HumanOverride> overrides, DateTimeOffset now)
    {
        if (overrides.Count == 0 || !decision.Changes.Any(c => c.WouldBe != Verdict.Drop && Against(c.Change) is not null))
            return decision;
        var changes = decision.Changes
            .Select(c => c.WouldBe != Verdict.Drop && Against(c.Change) is { } held ? c with { Verdict = Verdict.Drop, WouldBe = Verdict.Drop, Why = held.Explain() } : c)
            .ToList();
        return decision with
        {
            Id = DecisionPolicy.Hash($"{decision.Id}|held|{string.Join('|', decision.Changes.Zip(changes).Where(c => c.First.WouldBe != c.Second.WouldBe).Select(c => c.First.Change.Slot))}"),
            Changes = changes,
            Verdict = changes.Select(c => c.Verdict).DefaultIfEmpty(Verdict.Drop).Max(),
            Reason = DecisionPolicy.ReasonOf(changes),
        };

        HumanOverride? Against(Change change) => overrides.LastOrDefault(o => o.Forbids(change, now));
    }
}
