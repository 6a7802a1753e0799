using ServerlessBacklog.Triage.Insights;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>The health score with what costs most of it, where it came from and where it goes.</summary>
internal static class HealthSection
{
    private const int FewestMonths = 3;
    private const int MostMonths = 12;

    public static DigestSection Of(HealthScore health, DigestPast? past, FigureBook book)
    {
        if (health.Value is not { } value)
            return new DigestSection("Health") { Lines = [book.Quote("health.whyNot", health.WhyNot ?? "Nothing could be judged.")] };
        var change = book.Change("health.score", value, past, "points higher", "points lower", "unchanged");
        var lines = new List<string>
        {
            $"The score is {book.Number("health.score", "Health score", value)} of {book.Count("health.most", "Highest health score", 100)}{(change is null ? "" : $", {change} than in the last digest".Replace("unchanged than in", "unchanged since", StringComparison.Ordinal))}. What costs most:",
        };
        lines.AddRange(health.Causes.Select(c => $"{book.Quote("health.causes", c.Sentence)} {book.Quote("health.mend", c.Mend)}"));
        if (health.Causes.Count == 0)
            lines[0] = lines[0].Replace(" What costs most:", " Nothing stands against it.", StringComparison.Ordinal);
        lines.Add(health.Next is { } next
            ? $"At the end of {book.Quote("health.next.month", $"{next.Month:MMMM yyyy}")} it will lie between {book.Number("health.next.low", "Low end", next.Low)} and {book.Number("health.next.high", "High end", next.High)}, {book.Percent("health.next.level", "How sure", next.Level)} sure."
            : book.Quote("health.whyNoNext", health.WhyNoNext ?? "Where it goes cannot be said yet."));
        return new DigestSection("Health") { Lines = lines, Chart = Chart(health, book) };
    }

    private static DigestChart? Chart(HealthScore health, FigureBook book)
    {
        var months = health.Months.TakeLast(MostMonths).ToList();
        if (months.Count < FewestMonths)
            return null;
        var (first, last) = (months[0], months[^1]);
        var rebuilt = months.Exists(m => m.IsRebuilt) ? " Months before the score was kept are rebuilt from dates." : "";
        return new DigestChart(
            "Health, at the ends of months",
            $"From {book.Number("health.months.first", "Health then", first.Value)} at the end of {book.Quote("health.months", $"{first.Month:MMM yyyy}")} to {book.Number("health.months.last", "Health at the end of the last month", last.Value)} at the end of {book.Quote("health.months", $"{last.Month:MMM yyyy}")}.{rebuilt}",
            ChartForm.Lines,
            [.. months.Select(m => $"{m.Month:MMM yyyy}")],
            [new ChartSeries("Health", [.. months.Select(m => m.Value)])]);
    }
}
