using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>Whether a step lately does worse than it did, or worse than a coin. Pure.</summary>
public static class CapabilityDrift
{
    public static readonly TimeSpan Recent = TimeSpan.FromDays(28);

    /// <summary>Decided cases, lately and before, without which nothing is said.</summary>
    public const int LeastCases = 20;

    public const string BelowHalf = "people accept less than half of what it proposes";

    /// <param name="decided">Cases of one step that people have settled.</param>
    /// <returns>A clause, or null.</returns>
    public static string? Of(IReadOnlyList<LabelledOutcome> decided, DateTimeOffset now)
    {
        var recent = decided.Where(c => now - c.At <= Recent).ToList();
        var earlier = decided.Where(c => now - c.At > Recent).ToList();
        if (recent.Count < LeastCases)
            return null;
        var (right, before) = (recent.Count(c => c.IsRight), earlier.Count(c => c.IsRight));
        if (right * 2 < recent.Count)
            return BelowHalf;
        return earlier.Count >= LeastCases && LowOfFall(before, earlier.Count, right, recent.Count) > 0
            ? FormattableString.Invariant($"people accepted {(double)right / recent.Count:P0} of it in the last {Recent.TotalDays:0} days and {(double)before / earlier.Count:P0} before: more than chance explains")
            : null;
    }

    /// <summary>Lower end of the 95 % interval of a difference of two shares, from their Wilson intervals (Newcombe 1998, method 10).</summary>
    private static double LowOfFall(int before, int ofBefore, int now, int ofNow)
    {
        var (first, second) = ((double)before / ofBefore, (double)now / ofNow);
        return first - second - Math.Sqrt(Math.Pow(first - Wilson.Of(before, ofBefore).Low, 2) + Math.Pow(Wilson.Of(now, ofNow).High - second, 2));
    }
}
