using ServerlessBacklog.Analysis.Forecasting;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Counts the last half year by week.</summary>
internal static class TrendsBuilder
{
    private const int MostWeeks = 26;

    public static BacklogTrends Build(Past past)
    {
        if (past.First is not { } first)
            return new BacklogTrends { WhyNot = past.Basis.Sentence, NoChange = "Without dates nothing can be compared." };
        var (start, arrived) = Weeks.Count(past.Arrivals, first, past.AsOf);
        if (arrived.Count == 0)
        {
            return new BacklogTrends
            {
                WhyNot = $"The past begins on {first:yyyy-MM-dd}: no whole week, from Monday to Sunday, has passed since.",
                NoChange = "No week is known, so nothing can be compared.",
            };
        }

        var closed = past.Closed.Count == 0 ? null : Weeks.Count(past.Closed.Select(i => i.ClosedAt!.Value), first, past.AsOf).Counts;
        var reopened = past.HasEvents ? Weeks.Count(past.Reopens, first, past.AsOf).Counts : null;
        var weeks = new List<TrendWeek>();
        for (var week = Math.Max(0, arrived.Count - MostWeeks); week < arrived.Count; week++)
        {
            var monday = start.AddDays(7 * week);
            var ages = past.AgesAt(Weeks.Start(monday.AddDays(7))).Reverse().ToList();
            weeks.Add(new TrendWeek(monday, arrived[week], closed?[week], reopened?[week], ages.Count, AgesOf(ages)));
        }

        return Adjustments.Suggest(new BacklogTrends
        {
            Weeks = weeks,
            WhyNoClosures = closed is not null ? null : past.Items.All(i => i.IsOpen) ? "No item is closed." : "No closed item holds a closing date.",
            WhyNoReopens = reopened is not null ? null : "What was reopened is not known: the source lists no state changes.",
        });
    }

    /// <param name="ages">Ascending.</param>
    private static AgeQuantiles? AgesOf(List<double> ages) => ages.Count == 0 ? null : new AgeQuantiles(
        Math.Round(Quantiles.Of(ages, 0.50), 1), Math.Round(Quantiles.Of(ages, 0.85), 1), Math.Round(Quantiles.Of(ages, 0.95), 1));
}
