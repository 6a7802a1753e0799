using ServerlessBacklog.Triage.Insights;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>The last weeks in a table: what came, went, came back, and how old what is open has become (FEATURES P8).</summary>
internal static class TrendSection
{
    private const int MostWeeks = 6;
    private const string Unknown = "–";

    public static DigestSection Of(BacklogTrends trends, FigureBook book)
    {
        var weeks = trends.Weeks.TakeLast(MostWeeks).ToList();
        if (weeks.Count == 0)
            return new DigestSection("Week by week") { Lines = [book.Quote("trends.whyNot", trends.WhyNot ?? "Nothing was counted by week yet.")] };
        var (hasClosed, hasReopened, hasAges) = (weeks.Exists(w => w.Closed is not null), weeks.Exists(w => w.Reopened is not null), weeks.Exists(w => w.Ages is not null));
        return new DigestSection("Week by week")
        {
            Lines = [.. new[] { trends.WhyNoClosures, trends.WhyNoReopens }.OfType<string>().Select(w => book.Quote("trends.whyNot", w))],
            Table = new DigestTable(
                [
                    "Week of", "Came", .. Only(hasClosed, "Closed"), .. Only(hasReopened, "Reopened"), "Open",
                    .. Only(hasAges, "Half under, days"), .. Only(hasAges, $"{book.Percent("level", "How sure", 0.85)} under, days"),
                ],
                [.. weeks.Select(w => (IReadOnlyList<string>)
                [
                    book.ShortDay("trends.week", "Week of", w.Monday), book.Count("trends.arrived", "Came", w.Arrived),
                    .. Only(hasClosed, Known("trends.closed", "Closed", w.Closed)), .. Only(hasReopened, Known("trends.reopened", "Reopened", w.Reopened)),
                    book.Count("trends.open", "Open", w.Open),
                    .. Only(hasAges, Known("trends.age.p50", "Median age in days", w.Ages?.P50)), .. Only(hasAges, Known("trends.age.p85", "Age in days, 85th percentile", w.Ages?.P85)),
                ])]),
        };

        string Known(string query, string label, double? value) => value is { } known ? book.Count(query, label, Math.Round(known)) : Unknown;
    }

    private static string[] Only(bool isThere, string cell) => isThere ? [cell] : [];
}
