using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Flow;

/// <param name="SilentDays">Since a person last did something.</param>
/// <param name="StayedQuiet">Nobody did anything in the <see cref="QuietModel.WindowDays"/> that followed.</param>
public sealed record QuietCase(double SilentDays, bool StayedQuiet);

/// <summary>
/// Probability that nobody touches an open item in the next <see cref="WindowDays"/> days, from the days that it has been silent. What holds everywhere is a
/// survival curve with a heavy tail (Lomax 1954): the longer the silence, the longer it lasts, ((s + b) / (s + b + 180))^a. How lively the backlog at hand is,
/// it tells itself: a logistic regression on the curve's log odds, held near it, learns from what became of the items that were open at earlier moments.
/// </summary>
public sealed class QuietModel
{
    public const int WindowDays = 180;

    /// <summary>Earlier moments that are learned from, one window apart: four years.</summary>
    private const int MostMoments = 8;

    /// <summary>Items of one moment share its fate (a clean-up, a holiday): more of them say hardly more. Chosen, like all numbers here, over three public sets.</summary>
    private const int MostPerMoment = 30;

    private const double Shape = 0.9;
    private const double Scale = 60;

    private readonly PlattConfidence fitted;

    private QuietModel(PlattConfidence fitted, int cases) => (this.fitted, Cases) = (fitted, cases);

    /// <summary>Past cases that it rests on; 0 where only the curve speaks.</summary>
    public int Cases { get; }

    /// <summary>Learns from what was known up to <paramref name="end"/>.</summary>
    public static QuietModel Learn(IReadOnlyList<WorkItem> items, DateTimeOffset? end)
    {
        var cases = new List<QuietCase>();
        if (end is { } last)
        {
            for (var back = 1; back <= MostMoments; back++)
                cases.AddRange(Sample(CasesAt(items, last.AddDays(-back * WindowDays))));
        }

        return new QuietModel(PlattConfidence.Fit([.. cases.Select(c => (Survival(c.SilentDays), c.StayedQuiet))]), cases.Count);
    }

    /// <summary>0 … 1.</summary>
    public double Probability(double silentDays) => fitted.Of(Survival(silentDays));

    /// <summary>Every item that was open at <paramref name="at"/>, with what became of it.</summary>
    public static IReadOnlyList<QuietCase> CasesAt(IReadOnlyList<WorkItem> items, DateTimeOffset at) =>
    [
        .. items.Where(i => i.Kind != WorkItemKind.PullRequest && Fate.WasOpen(i, at))
            .Select(i => new QuietCase(Fate.SilentDays(i, at)!.Value, Fate.StayedQuiet(i, at, at.AddDays(WindowDays)))),
    ];

    /// <summary>Evenly over the silences.</summary>
    private static IEnumerable<QuietCase> Sample(IReadOnlyList<QuietCase> cases)
    {
        var sorted = cases.OrderBy(c => c.SilentDays).ThenBy(c => c.StayedQuiet).ToList();
        return sorted.Count <= MostPerMoment
            ? sorted
            : Enumerable.Range(0, MostPerMoment).Select(i => sorted[((2 * i) + 1) * sorted.Count / (2 * MostPerMoment)]);
    }

    /// <summary>Share of items so long silent that the curve expects to stay silent for the window.</summary>
    private static double Survival(double silentDays) => Math.Pow((silentDays + Scale) / (silentDays + Scale + WindowDays), Shape);
}
