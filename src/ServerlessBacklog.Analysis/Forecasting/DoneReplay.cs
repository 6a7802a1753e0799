using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Learning;

namespace ServerlessBacklog.Analysis.Forecasting;

/// <summary>
/// Asks of a past, week by week, when the next items are done and how many within some days, by what was known then, and learns from how the answers held:
/// by what dates must be stretched and counts cut. A forecast of today rests on the same corrections.
/// </summary>
public sealed class DoneReplay
{
    /// <summary>The shares of cases in which an answer shall hold: even, likely, nearly sure.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.5, 0.85, 0.95];

    /// <summary>Days between two moments of asking.</summary>
    public const int Every = 7;

    /// <summary>The days of "how many within".</summary>
    public const int Days = 28;

    /// <summary>Days ahead that a replayed date is looked for: one that lies farther says nothing anyhow.</summary>
    private const int Farthest = 364;

    /// <summary>How far one outcome moves the bound of the date, as a logarithm.</summary>
    private const double DateStep = 0.3;

    /// <summary>The same for the count, which is asked over a time that does not grow with the bound.</summary>
    private const double CountStep = 0.15;

    private readonly List<AdaptiveFactor> dates = [.. Levels.Select(l => new AdaptiveFactor(l, DateStep))];
    private readonly List<AdaptiveFactor> counts = [.. Levels.Select(l => new AdaptiveFactor(l, CountStep))];

    /// <param name="done">Items done by day, the latest last; whole days only.</param>
    /// <param name="items">The items of "when".</param>
    /// <param name="weeks">So many of the latest weeks are asked; null for all.</param>
    public DoneReplay(IReadOnlyList<int> done, int items, int? weeks = null)
    {
        var days = done as int[] ?? [.. done];
        var passed = new int[days.Length + 1];
        for (var day = 0; day < days.Length; day++)
            passed[day + 1] = passed[day] + days[day];
        var cuts = new List<int>();
        for (var cut = Every; cut < days.Length; cut += Every)
        {
            if ((weeks is null || days.Length - cut <= weeks * Every) && passed[cut] >= 2 * items && passed[cut] - passed[Math.Max(0, cut - MonteCarloForecast.Window)] >= MonteCarloForecast.Fewest)
                cuts.Add(cut);
        }

        var raw = cuts.AsParallel().AsOrdered().Select(cut => Raw(days, passed, cut, items)).ToDictionary(f => f.Cut);
        var asked = new List<ReplayedForecast>(raw.Count);
        for (var cut = cuts.FirstOrDefault(days.Length + 1); cut <= days.Length; cut += Every)
        {
            Learn(asked, cut);
            if (raw.TryGetValue(cut, out var forecast))
                asked.Add(Corrected(forecast));
        }

        Asked = asked;
    }

    public IReadOnlyList<ReplayedForecast> Asked { get; }

    /// <summary>By level, what days must be multiplied by now.</summary>
    public IReadOnlyList<double> DateFactors => [.. dates.Select(d => d.Factor)];

    /// <summary>By level, what counts must be divided by now.</summary>
    public IReadOnlyList<double> CountFactors => [.. counts.Select(c => c.Factor)];

    private ReplayedForecast Corrected(ReplayedForecast raw) => raw with
    {
        SaidDays = [.. raw.SaidDays.Select((d, level) => d * dates[level].Factor)],
        SaidCounts = [.. raw.SaidCounts.Select((c, level) => (int)((c + 1) / counts[level].Factor) - 1)],
        DateFactors = DateFactors,
    };

    /// <summary>From what showed in the week before <paramref name="now"/>.</summary>
    private void Learn(List<ReplayedForecast> asked, int now)
    {
        for (var level = 0; level < Levels.Count; level++)
        {
            foreach (var said in asked)
            {
                if (said.ShownWhen(level) is var shown && shown < now && shown >= now - Every)
                    dates[level].Learn(said.HeldWhen(level));
                if (said.Cut + Days < now && said.Cut + Days >= now - Every)
                    counts[level].Learn(said.HeldMany(level));
            }
        }
    }

    private static ReplayedForecast Raw(int[] days, int[] passed, int cut, int items)
    {
        var forecast = new MonteCarloForecast(new ArraySegment<int>(days, 0, cut), Farthest);
        var reached = Array.BinarySearch(passed, passed[cut] + items);
        if (reached < 0)
            reached = ~reached;
        while (reached > 0 && reached < passed.Length && passed[reached - 1] >= passed[cut] + items)
            reached--;
        return new ReplayedForecast(
            cut,
            reached < passed.Length ? reached - cut : null,
            cut + Days <= days.Length ? passed[cut + Days] - passed[cut] : null,
            [.. Levels.Select(l => (double)forecast.DaysUntil(items, l))],
            [.. Levels.Select(l => forecast.DoneWithin(Days, l))]);
    }
}

/// <summary>Both questions at one moment, with the truth and what was said, by level.</summary>
/// <param name="Cut">The day of asking, counted from the first of the past.</param>
/// <param name="Days">Null where it has not come to that yet.</param>
/// <param name="Count">Null where the time is not over yet.</param>
public sealed record ReplayedForecast(int Cut, int? Days, int? Count, IReadOnlyList<double> SaidDays, IReadOnlyList<int> SaidCounts)
{
    /// <summary>By level, what the days were multiplied by at that moment.</summary>
    public IReadOnlyList<double> DateFactors { get; init; } = [];

    public bool HeldWhen(int level) => Days <= SaidDays[level];

    public bool HeldMany(int level) => Count >= SaidCounts[level];

    /// <summary>The day on which it shows whether the date held.</summary>
    public double ShownWhen(int level) => Cut + Math.Min(Days ?? double.MaxValue, SaidDays[level]);
}
