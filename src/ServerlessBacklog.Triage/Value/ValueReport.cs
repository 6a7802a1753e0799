using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Value;

/// <summary>
/// What the acts of some time were worth: minutes saved − minutes of acts that were taken back − minutes of review, and money beside it (docs/value.md).
/// Only what a person approved, or what nobody took back for two weeks, counts.
/// </summary>
public sealed record ValueReport
{
    /// <summary>The interval takes the table of minutes for wrong by up to half either way; own choice.</summary>
    public const double TableLow = 0.5;

    /// <summary>See <see cref="TableLow"/>.</summary>
    public const double TableHigh = 1.5;

    private const double DaysOfMonth = 30.4375;

    public required ValueInput Input { get; init; }

    /// <summary>Counts and minutes by name of the act, most minutes first.</summary>
    public IReadOnlyList<ActValue> Acts { get; init; } = [];

    /// <summary>Acts without approval that are younger than two weeks: they may still be taken back.</summary>
    public int Pending { get; init; }

    /// <summary>Asks that a person answered.</summary>
    public int Reviews { get; init; }

    /// <summary>Decisions that count, either way: what the interval is drawn from.</summary>
    public int Decisions { get; init; }

    public double SavedMinutes { get; init; }

    public double LostMinutes { get; init; }

    public double ReviewMinutes { get; init; }

    public double NetHours => (SavedMinutes - LostMinutes - ReviewMinutes) / 60;

    /// <summary>Of <see cref="NetHours"/>, in hours: 95 % bootstrap over decisions with the low table to the same with the high one.</summary>
    public Interval NetHoursInterval { get; init; }

    public decimal ModelCost => Input.Models.Cost;

    /// <summary>The monthly cost by the days of the time; null where nobody said it.</summary>
    public decimal? AzureCost { get; init; }

    /// <summary>Net hours at the hourly rate, less the costs; null where rate or Azure's cost is not given.</summary>
    public decimal? NetMoney { get; init; }

    public Interval? NetMoneyInterval { get; init; }

    public MissedValues Missed { get; init; } = new(null, null, 0, null, 0);

    /// <summary>Why no value is claimed; null when one is.</summary>
    public string? Refusal { get; init; }

    public static ValueReport Of(ValueInput input)
    {
        var outcomes = input.Outcomes.Where(o => o.At >= input.From && o.At <= input.To).ToList();
        var valued = outcomes.Select(o => ValuedDecision.Of(o, input)).ToList();
        var counted = valued.Where(v => v.Saved != 0 || v.Lost != 0 || v.Review != 0).ToList();
        var acts = valued.SelectMany(v => v.Acts).GroupBy(a => a.Act)
            .Select(g => new ActValue(g.Key, input.Settings.Minutes.GetValueOrDefault(g.Key), g.Sum(a => a.Kept), g.Sum(a => a.Undone)))
            .OrderByDescending(a => Math.Abs(a.Minutes)).ThenBy(a => a.Act, StringComparer.Ordinal).ToList();
        var report = new ValueReport
        {
            Input = input,
            Acts = acts,
            Pending = valued.Sum(v => v.Pending),
            Reviews = outcomes.Count(ValuedDecision.IsAnswered),
            Decisions = counted.Count,
            SavedMinutes = valued.Sum(v => v.Saved),
            LostMinutes = valued.Sum(v => v.Lost),
            ReviewMinutes = valued.Sum(v => v.Review),
            NetHoursInterval = IntervalOf(counted),
            AzureCost = input.Settings.AzureMonthlyCost is { } monthly ? Math.Round(monthly * (decimal)((input.To - input.From).TotalDays / DaysOfMonth), 2) : null,
            Missed = MissedValues.Of(outcomes, input.FirstActHours),
            Refusal = acts.Exists(a => a.Kept + a.Undone > 0) ? null
                : $"Nothing is claimed: in this time no act was approved by a person, stood for {ValueSettings.StandsAfterDays} days, or was taken back.",
        };
        return report with { NetMoney = report.Money(report.NetHours), NetMoneyInterval = report.MoneyInterval() };
    }

    private static Interval IntervalOf(List<ValuedDecision> decisions)
    {
        if (decisions.Count == 0)
            return new Interval(double.NaN, double.NaN);
        return new Interval(Bound(TableLow).Low, Bound(TableHigh).High);

        Interval Bound(double table) => Bootstrap.Of(decisions.Count, picked => picked.Sum(i => decisions[i].Net(table)) / 60);
    }

    private decimal? Money(double hours) => Input.Settings.HourlyRate is { } rate && AzureCost is { } azure && double.IsFinite(hours)
        ? Math.Round(((decimal)hours * rate) - ModelCost - azure, 2)
        : null;

    private Interval? MoneyInterval() => Money(NetHoursInterval.Low) is { } low && Money(NetHoursInterval.High) is { } high ? new Interval((double)low, (double)high) : null;
}

/// <param name="Kept">Acts that count.</param>
/// <param name="Undone">Acts that a person took back: each costs what it would have saved.</param>
public sealed record ActValue(string Act, double MinutesEach, int Kept, int Undone)
{
    public double Minutes => (Kept - Undone) * MinutesEach;
}
