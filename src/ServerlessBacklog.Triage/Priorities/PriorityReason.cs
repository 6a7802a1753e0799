namespace ServerlessBacklog.Triage.Priorities;

/// <summary>One sentence from the strongest facts behind a score.</summary>
internal static class PriorityReason
{
    private const int Most = 3;

    public static string Of(PriorityScore score)
    {
        var facts = score.Own.Contributions
            .Where(c => c is { Input: not null, Fact: not "limit" } && Math.Abs(c.Value) > 0.02 * score.Own.Typical)
            .GroupBy(c => (c.Fact, c.Why))
            .Select(g => (g.Key.Why, Value: g.Sum(c => c.Value)))
            .OrderByDescending(f => Math.Abs(f.Value))
            .ThenBy(f => f.Why, StringComparer.Ordinal)
            .Take(score.Inherited.From is null ? Most : Most - 1)
            .ToList();
        var clauses = new List<string>();
        if (score.Inherited.From is { } from)
            clauses.Add($"{from.Number} waits for it and is worth more");
        var raised = facts.Where(f => f.Value > 0).Select(f => f.Why).ToList();
        var lowered = facts.Where(f => f.Value < 0).Select(f => f.Why).ToList();
        if (raised.Count > 0)
            clauses.Add(And(raised));
        if (lowered.Count > 0)
            clauses.Add($"{(raised.Count > 0 ? "but " : "")}{And(lowered)}");
        var place = score.Value / score.Own.Typical is var times && times >= 1.05 ? "above a typical item" : times <= 0.95 ? "below a typical item" : "like a typical item";
        if (clauses.Count == 0)
            return "Like a typical item: nothing known sets it apart.";
        var why = string.Join(", ", clauses);
        return $"{char.ToUpperInvariant(why[0])}{why[1..]}: {place}.";
    }

    private static string And(List<string> facts) => facts.Count == 1 ? facts[0] : $"{string.Join(", ", facts[..^1])} and {facts[^1]}";
}
