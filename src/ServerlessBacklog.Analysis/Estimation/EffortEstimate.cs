using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Analysis.Estimation;

/// <param name="Points">A size that was used in this backlog before.</param>
/// <param name="Low">With <paramref name="High"/> an interval that holds <see cref="EffortModel.Level"/> of the sizes.</param>
/// <param name="Confidence">That the size lies within one step of the scale of <see cref="SizeScale"/>.</param>
/// <param name="Neighbours">The most similar items, best first; empty where the estimate is the median of the latest sizes.</param>
public sealed record EffortEstimate(double Points, double Low, double High, Confidence Confidence, IReadOnlyList<SizedItem> Neighbours);

/// <summary>How both rules did on the history, each item estimated from earlier ones only; the latest 400 count most.</summary>
/// <param name="Items">Items estimated.</param>
/// <param name="MedianError">Mean absolute error of the median of the latest sizes, in points.</param>
/// <param name="WordsError">The same of all views together.</param>
public sealed record EffortBackTest(int Items, double MedianError, double WordsError)
{
    private const double HalfLife = 400;

    public static EffortBackTest None { get; } = new(0, 0, 0);

    /// <summary>True where what is known of an item tells more of its size than the time alone.</summary>
    public bool WordsWin => WordsError < MedianError;

    internal EffortBackTest With(double medianError, double wordsError)
    {
        var keep = Math.Pow(0.5, 1 / HalfLife);
        var share = (1 - keep) / (1 - Math.Pow(keep, Items + 1));
        return new EffortBackTest(Items + 1, MedianError + (share * (medianError - MedianError)), WordsError + (share * (wordsError - WordsError)));
    }
}
