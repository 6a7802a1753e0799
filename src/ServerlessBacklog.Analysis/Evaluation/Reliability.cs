namespace ServerlessBacklog.Analysis.Evaluation;

/// <param name="Count">Cases in the bin.</param>
/// <param name="Said">Mean confidence of the bin, 0 … 1.</param>
/// <param name="Right">Share of the bin that was right, 0 … 1.</param>
public sealed record ReliabilityBin(int Count, double Said, double Right);

/// <summary>
/// Does a confidence of 0.8 hold eight times in ten? Cases are sorted by confidence and cut into bins of equal size; the expected calibration
/// error is Σ nᵦ/n · |right − said| over the bins (Naeini, Cooper, Hauskrecht 2015; equal-mass bins as in Nguyen and O'Connor 2015).
/// </summary>
public static class Reliability
{
    public const int Bins = 15;

    /// <summary>Fewer cases than this say little: the error is then mostly chance.</summary>
    public const int Enough = 1000;

    /// <summary>At most <see cref="Bins"/> bins, lowest confidence first; empty for no case. The order of equal confidences does not matter much, and is that of <paramref name="cases"/>.</summary>
    public static IReadOnlyList<ReliabilityBin> Table(IReadOnlyList<CaseOutcome> cases)
    {
        var sorted = cases.OrderBy(c => c.Confidence).ToList();
        var bins = new List<ReliabilityBin>();
        for (var bin = 0; bin < Bins; bin++)
        {
            var (from, to) = ((int)((long)sorted.Count * bin / Bins), (int)((long)sorted.Count * (bin + 1) / Bins));
            if (to > from)
            {
                var part = sorted.GetRange(from, to - from);
                bins.Add(new ReliabilityBin(part.Count, part.Average(c => c.Confidence), part.Average(c => c.Right ? 1.0 : 0)));
            }
        }

        return bins;
    }

    /// <summary>Expected calibration error, 0 … 1; not-a-number for no case.</summary>
    public static double Error(IReadOnlyList<CaseOutcome> cases) => cases.Count == 0
        ? double.NaN
        : Table(cases).Sum(b => b.Count * Math.Abs(b.Right - b.Said)) / cases.Count;
}
