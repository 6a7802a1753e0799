using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Compares the order of the backlog with that of the last look.</summary>
internal static class MovesBuilder
{
    private const int Ranked = 100;
    private const int Most = 10;

    public static PriorityMoves Build(BacklogReport report, Past past, BacklogInsights? previous)
    {
        var first = report.Items.Where(i => i is { Rank: <= Ranked, Score: not null }).OrderBy(i => i.Rank).ToList();
        var moves = new PriorityMoves
        {
            NewestChange = past.Items.Max(i => i.UpdatedAt ?? i.ClosedAt ?? i.CreatedAt),
            Since = previous?.AsOf,
            First = [.. first.Select(i => new RankedItem(i.Item.Ref, i.Score!.Value))],
        };
        if (first.Count == 0)
            return moves with { WhyNot = "No item has a priority score." };
        if (previous?.Moves.First is not { Count: > 0 } known)
            return moves with { WhyNot = "There was no earlier look to compare with." };
        var before = known.Select((r, at) => (r.Item, Rank: at + 1, r.Score)).ToDictionary(r => r.Item, r => (r.Rank, r.Score));
        var risen = first.Select(i => before.TryGetValue(i.Item.Ref, out var was)
                ? new PriorityMove(i.Item, was.Rank, i.Rank!.Value, was.Score, i.Score!.Value)
                : new PriorityMove(i.Item, null, i.Rank!.Value, null, i.Score!.Value))
            .Where(m => m.ScoreBefore is null || m.Score > m.ScoreBefore)
            .Where(m => m.To < (m.From ?? known.Count + 1))
            .OrderByDescending(m => (m.From ?? known.Count + 1) - m.To).ThenBy(m => m.To).Take(Most).ToList();
        return moves with { Risen = risen };
    }
}
