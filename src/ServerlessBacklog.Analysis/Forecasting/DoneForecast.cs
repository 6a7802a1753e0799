using ServerlessBacklog.Analysis.Flow;

namespace ServerlessBacklog.Analysis.Forecasting;

/// <summary>When items will be done, from the days on which items were done, with what the past taught about such forecasts.</summary>
public sealed class DoneForecast
{
    /// <summary>Days of the past that are needed: in four weeks each weekday and one good or bad week come up.</summary>
    public const int FewestDays = 28;

    /// <summary>Weeks of asking that corrections are learned from.</summary>
    private const int Weeks = 60;

    private const int Items = 10;

    private readonly MonteCarloForecast futures;

    private DoneForecast(MonteCarloForecast futures, IReadOnlyList<double> dateFactors, IReadOnlyList<double> countFactors)
    {
        this.futures = futures;
        (DateFactors, CountFactors) = (dateFactors, countFactors);
    }

    /// <summary>Items done within the window that futures are drawn from.</summary>
    public int Known => futures.Known;

    /// <summary>By level of <see cref="DoneReplay.Levels"/>, then by day: items done in that share of futures, uncorrected.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Curves() => futures.Curves(DoneReplay.Levels);

    /// <summary>By level: corrected days until so many further items are done; <see cref="MonteCarloForecast.Farthest"/> or more where that is not in sight.</summary>
    public IReadOnlyList<double> DaysUntil(int items) => [.. DoneReplay.Levels.Select((l, level) => futures.DaysUntil(items, l) * DateFactors[level])];

    public IReadOnlyList<double> DateFactors { get; }

    public IReadOnlyList<double> CountFactors { get; }

    /// <summary>Null where fewer than <see cref="MonteCarloForecast.Fewest"/> items were done in the window, or fewer than <see cref="FewestDays"/> are known.</summary>
    /// <param name="done">Items done by day, the latest last; whole days only.</param>
    public static DoneForecast? Of(IReadOnlyList<int> done)
    {
        if (Futures(done) is not { } futures)
            return null;
        var replay = new DoneReplay(done, Items, Weeks);
        return new DoneForecast(futures, replay.DateFactors, replay.CountFactors);
    }

    /// <summary>The forecast of a part, such as a milestone, by its own days and what was learned on the whole.</summary>
    public DoneForecast? OfPart(IReadOnlyList<int> done) => Futures(done) is { } futures ? new DoneForecast(futures, DateFactors, CountFactors) : null;

    private static MonteCarloForecast? Futures(IReadOnlyList<int> done) =>
        done.Count >= FewestDays && new MonteCarloForecast(done) is { Known: >= MonteCarloForecast.Fewest } futures ? futures : null;
}
