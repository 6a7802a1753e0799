using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Priorities;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>How the order of the backlog moved since the last look, and how fresh it is.</summary>
public sealed record PriorityMoves
{
    /// <summary>The newest change that the order takes account of; null without dates.</summary>
    public DateTimeOffset? NewestChange { get; init; }

    /// <summary>The look that moves are counted from; null when there was none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Items that rose into or within the first hundred, the farthest first; at most ten.</summary>
    public IReadOnlyList<PriorityMove> Risen { get; init; } = [];

    /// <summary>Those of them that a message may name: small moves are noise (<see cref="RankBand"/>).</summary>
    [JsonIgnore]
    public IEnumerable<PriorityMove> WorthTelling => Risen.Where(m => m.From is { } from && RankBand.IsWorthTelling(from, m.To));

    public string? WhyNot { get; init; }

    /// <summary>The first hundred, best first: what the next look compares with.</summary>
    public IReadOnlyList<RankedItem> First { get; init; } = [];
}

public sealed record RankedItem(WorkItemRef Item, double Score);

/// <param name="From">Rank at the last look; null when it was not among the first hundred.</param>
public sealed record PriorityMove(ItemLine Item, int? From, int To, double? ScoreBefore, double Score);
