using System.Globalization;
using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>
/// Compares how items of one group are treated with all others, along each dimension (FEATURES §4.6). Pure. A difference is no proof of unfairness, and none no
/// proof of fairness: it says where to look.
/// </summary>
public static class Fairness
{
    /// <summary>Items in the group, and beside it, without which nothing is said.</summary>
    public const int LeastItems = 30;

    /// <summary>A ratio outside of this is looked at, as the four-fifths rule does.</summary>
    public const double LeastRatio = 0.8;

    public const double MostRatio = 1.25;

    public const string Unknown = "unknown";

    /// <summary>97.5 % quantile of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    public static IReadOnlyList<FairnessRow> Of(IReadOnlyList<TreatedItem> items) =>
    [
        .. Along("type", i => i.Type, items), .. Along("area", i => i.Area, items), .. Along("reporter", i => i.Reporter, items), .. Along("language", i => i.Language, items),
    ];

    private static IEnumerable<FairnessRow> Along(string dimension, Func<TreatedItem, string> groupOf, IReadOnlyList<TreatedItem> items) =>
        from key in items.Select(groupOf).Distinct().Order(StringComparer.Ordinal)
        let own = items.Where(i => groupOf(i) == key).ToList()
        let others = items.Where(i => groupOf(i) != key).ToList()
        from row in (IEnumerable<FairnessRow>)
        [
            Compare(dimension, key, FairnessMeasure.ActRate, [.. own.Select(i => i.IsActedOn ? 1.0 : 0)], [.. others.Select(i => i.IsActedOn ? 1.0 : 0)]),
            Compare(dimension, key, FairnessMeasure.Priority, [.. own.Select(i => i.Priority).OfType<double>()], [.. others.Select(i => i.Priority).OfType<double>()]),
            Compare(dimension, key, FairnessMeasure.HoursToFirstAct, [.. own.Select(i => i.ToFirstAct?.TotalHours).OfType<double>()], [.. others.Select(i => i.ToFirstAct?.TotalHours).OfType<double>()]),
        ]
        where row.N > 0
        select row;

    private static FairnessRow Compare(string dimension, string group, FairnessMeasure measure, double[] own, double[] others)
    {
        var (mean, rest) = (Mean(own), Mean(others));
        var ratio = mean / rest;
        var interval = own.Length < LeastItems || others.Length < LeastItems ? new Interval(double.NaN, double.NaN) : IntervalOf(own, others);
        // Beyond the bounds, and by more than chance: with few items even an even hand goes beyond them.
        var isAlert = !double.IsNaN(interval.Low) && !double.IsNaN(ratio) && (ratio < LeastRatio || ratio > MostRatio) && interval.Excludes(1);
        return new FairnessRow(dimension, group, measure, own.Length, mean, rest, ratio, interval, isAlert);
    }

    /// <summary>
    /// 95 % interval of a ratio of two means, on its logarithm (Katz, Baptista, Azen, Pike 1978; for means by the delta method). A mean of 0 counts as half a case.
    /// </summary>
    private static Interval IntervalOf(double[] own, double[] others)
    {
        var ((mean, error), (rest, errorOfRest)) = (LogOf(own), LogOf(others));
        var half = Z * Math.Sqrt(error + errorOfRest);
        return new Interval(Math.Exp(Math.Log(mean / rest) - half), Math.Exp(Math.Log(mean / rest) + half));
    }

    /// <returns>The mean, and the variance of its logarithm.</returns>
    private static (double Mean, double Variance) LogOf(double[] values)
    {
        var mean = Mean(values);
        if (mean == 0)
            return (0.5 / values.Length, 2);
        var spread = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        return (mean, spread / (values.Length * mean * mean));
    }

    private static double Mean(double[] values) => values.Length == 0 ? double.NaN : values.Average();
}

/// <summary>One item and how it was treated.</summary>
/// <param name="Reporter">Standing of its author in the project.</param>
/// <param name="Priority">The priority score that was found; null where none was.</param>
/// <param name="ToFirstAct">From its creation, or from the first decision on the backlog if that is later, to the first ask or change; null while there is none.</param>
public sealed record TreatedItem(string Type, string Area, string Reporter, string Language, bool IsActedOn, double? Priority, TimeSpan? ToFirstAct);

public enum FairnessMeasure
{
    /// <summary>Share of the items on which anything was asked or changed.</summary>
    ActRate,

    /// <summary>Mean priority score.</summary>
    Priority,

    /// <summary>Mean hours to the first ask or change.</summary>
    HoursToFirstAct,
}

/// <param name="N">Items of the group that have a value.</param>
/// <param name="Value">Mean of the group.</param>
/// <param name="Others">Mean of all others.</param>
/// <param name="Ratio">One to the other.</param>
/// <param name="Interval">95 % of the ratio; not-a-number with too few items.</param>
public sealed record FairnessRow(string Dimension, string Group, FairnessMeasure Measure, int N, double Value, double Others, double Ratio, Interval Interval, bool IsAlert)
{
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Word} of {Dimension} '{Group}' is {Ratio:0.00} times that of the others ({Interval.Low:0.00} … {Interval.High:0.00}, n = {N})");

    public string Word => Measure switch
    {
        FairnessMeasure.ActRate => "the act rate",
        FairnessMeasure.Priority => "the mean priority",
        _ => "the time to the first act",
    };
}
