using ServerlessBacklog.Analysis.Forecasting;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>
/// What to do differently, from the last eight weeks against those before. A change counts from three standard errors on, and each suggestion names the number
/// at which it would not.
/// </summary>
internal static class Adjustments
{
    public const int Recent = 8;

    private const int FewestBefore = 8;
    private const int Most = 3;

    /// <summary>Days that the age of the oldest sixth must have grown by, beside its share: weeks alone make every item older.</summary>
    private const double AgedDays = 30;

    private const double AgedShare = 1.2;

    public static BacklogTrends Suggest(BacklogTrends trends)
    {
        if (trends.Weeks.Count < Recent + FewestBefore)
            return trends with { NoChange = $"{trends.Weeks.Count} whole weeks are known; a comparison needs {Recent + FewestBefore}." };
        var (now, before) = (trends.Weeks.TakeLast(Recent).ToList(), trends.Weeks.SkipLast(Recent).ToList());
        var found = new[] { Reopens(now, before), Growth(now, before), Slowdown(now, before), Aging(trends.Weeks) }
            .OfType<(double Strength, Adjustment What)>().OrderByDescending(f => f.Strength).Take(Most).Select(f => f.What).ToList();
        return trends with
        {
            Adjustments = found,
            NoChange = found.Count > 0 ? null : $"No change: the last {Recent} weeks do not differ clearly from the {before.Count} before.",
        };
    }

    private static (double Strength, Adjustment What)? Reopens(List<TrendWeek> now, List<TrendWeek> before)
    {
        if (now.Concat(before).Any(w => w.Reopened is null || w.Closed is null))
            return null;
        var (reopened, closed) = (now.Sum(w => w.Reopened!.Value), now.Sum(w => w.Closed!.Value));
        var (past, pastClosed) = (before.Sum(w => w.Reopened!.Value), before.Sum(w => w.Closed!.Value));
        var dispersion = RateChange.Dispersion([.. before.Select(w => w.Reopened!.Value)]);
        double Distance(int count) => RateChange.Distance(count, closed, past, pastClosed, dispersion);
        if (Distance(reopened) < RateChange.Clear)
            return null;
        var least = Turn(reopened, Distance);
        return (Distance(reopened), new Adjustment(
            "reopens",
            $"Re-opens rose: {reopened:N0} on {closed:N0} closings in the last {now.Count} weeks ({Share(reopened, closed)}), against {past:N0} on {pastClosed:N0} in the {before.Count} weeks before ({Share(past, pastClosed)}).",
            "Look at what was reopened and agree on what must be checked before closing.",
            [
                Count("re-opens, last weeks", reopened), Count("closings, last weeks", closed),
                Count("re-opens, weeks before", past), Count("closings, weeks before", pastClosed),
            ],
            $"{least:N0} or fewer re-opens on as many closings would be within the usual.",
            least));
    }

    private static (double Strength, Adjustment What)? Growth(List<TrendWeek> now, List<TrendWeek> before)
    {
        if (now.Any(w => w.Closed is null))
            return null;
        var (arrived, closed) = (now.Sum(w => w.Arrived), now.Sum(w => w.Closed!.Value));
        var dispersion = RateChange.Dispersion([.. before.Concat(now).Select(w => w.Arrived)]);
        double Distance(int count) => RateChange.Distance(arrived, now.Count, count, now.Count, dispersion);
        if (Distance(closed) < RateChange.Clear)
            return null;
        var enough = closed;
        while (Distance(enough) >= RateChange.Clear)
            enough++;
        return (Distance(closed), new Adjustment(
            "growth",
            $"The backlog grows: {arrived:N0} items came and {closed:N0} were closed in the last {now.Count} weeks, {(arrived - closed) / (double)now.Count:0.#} more each week; {now[^1].Open:N0} are open.",
            "Take in less, or archive what nobody will start; the archive candidates are a start.",
            [Count("arrivals, last weeks", arrived), Count("closings, last weeks", closed), Count("open", now[^1].Open)],
            $"{enough:N0} closings in {now.Count} weeks would keep pace within the usual swings.",
            enough));
    }

    private static (double Strength, Adjustment What)? Slowdown(List<TrendWeek> now, List<TrendWeek> before)
    {
        if (now.Concat(before).Any(w => w.Closed is null))
            return null;
        var (closed, past) = (now.Sum(w => w.Closed!.Value), before.Sum(w => w.Closed!.Value));
        var dispersion = RateChange.Dispersion([.. before.Select(w => w.Closed!.Value)]);
        double Distance(int count) => -RateChange.Distance(count, now.Count, past, before.Count, dispersion);
        if (Distance(closed) < RateChange.Clear)
            return null;
        var enough = closed;
        while (Distance(enough) >= RateChange.Clear)
            enough++;
        return (Distance(closed), new Adjustment(
            "slowdown",
            $"Fewer items are closed: {closed:N0} in the last {now.Count} weeks ({closed / (double)now.Count:0.#} a week), against {past / (double)before.Count:0.#} a week in the {before.Count} before.",
            "Find what holds work up before promising dates: too much in progress, waiting for others, people away.",
            [Count("closings, last weeks", closed), Count("closings, weeks before", past), Count("weeks before", before.Count)],
            $"{enough:N0} closings in {now.Count} weeks would be within the usual swings.",
            enough));
    }

    private static (double Strength, Adjustment What)? Aging(IReadOnlyList<TrendWeek> weeks)
    {
        var (now, then) = (weeks[^1], weeks[Math.Max(0, weeks.Count - 14)]);
        if (now.Ages is not { } ages || then.Ages is not { } past || ages.P85 < past.P85 + AgedDays || ages.P85 < past.P85 * AgedShare)
            return null;
        var limit = Math.Max(past.P85 + AgedDays, past.P85 * AgedShare);
        return (ages.P85 / limit, new Adjustment(
            "aging",
            $"Open items grow old: 85 % are younger than {ages.P85:N0} days, against {past.P85:N0} days in the week of {then.Monday:yyyy-MM-dd}.",
            "Finish or close the oldest before starting new ones.",
            [Days("age of 85 %, now", ages.P85), Days("age of 85 %, then", past.P85), Count("open", now.Open)],
            $"Under {limit:N0} days it would be ordinary aging.",
            limit));
    }

    /// <summary>The greatest count that would not be clear.</summary>
    private static int Turn(int count, Func<int, double> distance)
    {
        while (count > 0 && distance(count) >= RateChange.Clear)
            count--;
        return count;
    }

    private static string Share(int part, int whole) => whole == 0 ? "no closings" : $"{100.0 * part / whole:0.#} %";

    private static NamedFigure Count(string name, int value) => new(name, value, $"{value:N0}");

    private static NamedFigure Days(string name, double value) => new(name, value, $"{value:N0} days");
}
