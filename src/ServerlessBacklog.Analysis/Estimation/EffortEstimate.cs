using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>An item whose size is known.</summary>
public sealed record SizedItem(WorkItemRef Ref, string? Type, double Points);

/// <param name="Similarity">0 … 1.</param>
public sealed record SizedNeighbour(SizedItem Item, double Similarity);

/// <param name="Points">A size that was used in this backlog before.</param>
/// <param name="Low">With <paramref name="High"/> an interval that held <see cref="EffortModel.Level"/> of the back-test.</param>
/// <param name="Neighbours">What the estimate rests on, most similar first; empty when it is the median.</param>
public sealed record EffortEstimate(double Points, double Low, double High, Confidence Confidence, IReadOnlyList<SizedNeighbour> Neighbours);

/// <summary>How both rules did on the later part of the history, each item estimated from earlier ones only.</summary>
/// <param name="Items">Items estimated.</param>
/// <param name="MedianError">Mean absolute error of the median (per type where a type has 10 items), in points.</param>
/// <param name="NeighbourError">The same of the neighbour rule.</param>
public sealed record EffortBackTest(int Items, double MedianError, double NeighbourError)
{
    /// <summary>Neighbours must be better by 2 %: smaller wins on a history seldom hold for the items after it.</summary>
    public const double Margin = 0.02;

    public bool NeighboursWin => NeighbourError < (1 - Margin) * MedianError;
}
