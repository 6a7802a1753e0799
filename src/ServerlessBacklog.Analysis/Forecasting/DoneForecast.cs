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

    private DoneForecast(MonteCarloForecast futures, IReadOnlyList<double> dateFactors, IReadOnlyList<double> countFactors)
    {
        Known = futures.Known;
        Curves = [.. DoneReplay.Levels.Select(futures.Curve)];
        (DateFactors, CountFactors) = (dateFactors, countFactors);
    }

    /// <summary>Items done within the window that futures are drawn from.</summary>
    public int Known { get; }

    /// <summary>By level of <see cref="DoneReplay.Levels"/>, then by day: items done in that share of futures, uncorrected.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Curves { get; }

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
