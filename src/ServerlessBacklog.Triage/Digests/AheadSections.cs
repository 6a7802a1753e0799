using ServerlessBacklog.Triage.Insights;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>What lies ahead: what will be late and why, how much will be done, what may go wrong.</summary>
internal static class AheadSections
{
    private const int MostRows = 5;

    /// <summary>Milestones whose date will not hold, and work that takes longer than such work does.</summary>
    public static DigestSection Late(BacklogInsights insights, DigestItems items, FigureBook book)
    {
        var milestones = insights.Delivery.Milestones.Where(m => m.IsLate).ToList();
        var over = insights.Aging.Items.Where(i => i.IsOver).ToList();
        var lines = new List<string>(milestones.Take(MostRows).Select(m => Sentence(m, book)));
        if (milestones.Count == 0)
            lines.Add(insights.Delivery.Milestones.Any(m => m.Due is not null) ? "Every milestone with a due date is on its way." : "No milestone has a due date, so none can be late.");
        lines.Add(insights.Aging.WhyNot is { } why ? book.Quote("aging.whyNot", why)
            : insights.Aging.Over == 0 ? "Nothing in progress is over the time that such work takes."
            : $"{book.Count("aging.over", insights.Aging.Over, "item", "items")} in progress {(insights.Aging.Over == 1 ? "takes" : "take")} longer than {Level(book)} of such work did.");
        return new DigestSection("What will be late, and why")
        {
            Lines = lines,
            Items = [.. over.Take(MostRows).Select(i => items.Of(i.Item, Note(i, book)))],
            More = ManagerDigest.More(book, insights.Aging.Over - Math.Min(MostRows, over.Count)),
        };
    }

    public static DigestSection Forecast(DeliveryForecast delivery, FigureBook book)
    {
        if (delivery.WhyNot is { } why || delivery.ByDate.Count == 0)
            return new DigestSection("Forecast") { Lines = [book.Quote("delivery.whyNot", delivery.WhyNot ?? "Nothing was forecast yet.")] };
        var lines = new List<string>();
        if (delivery.Basis is { } basis)
            lines.Add($"Drawn from {book.Quote("delivery.basis", Lower(basis))}");
        if (delivery.AllOpen is { Dates.P85: { } all } whole)
            lines.Add($"If nothing came in between, all {book.Count("delivery.allOpen", whole.Items, "open item", "open items")} would be done by {book.Day("delivery.allOpen.p85", "All open items done, in 85 % of cases", all)}, {Level(book)} sure.");
        return new DigestSection("Forecast")
        {
            Lines = lines,
            Table = new DigestTable(
                ["Done by", $"{book.Percent("delivery.p50", "How sure", 0.50)} sure", $"{Level(book)} sure", $"{book.Percent("delivery.p95", "How sure", 0.95)} sure"],
                [.. delivery.ByDate.Select(d => (IReadOnlyList<string>)
                [
                    book.Day("delivery.date", "Done by", d.Date), AtLeast("delivery.byDate.p50", d.P50), AtLeast("delivery.byDate.p85", d.P85), AtLeast("delivery.byDate.p95", d.P95),
                ])]),
        };

        string AtLeast(string query, int count) => count == 0 ? "perhaps none" : $"{book.Count(query, "Items done, at least", count)} or more";
    }

    /// <summary>Null where nothing was looked for yet.</summary>
    public static DigestSection Risks(RiskRegister risks, FigureBook book)
    {
        var lines = risks.Open.Take(MostRows).Select(r => $"{book.Quote("risks.sentence", r.Sentence)} {book.Quote("risks.effect", r.Effect)} {book.Quote("risks.act", r.Act)}{(r.Owner is { } owner ? $" Nearest to it: {owner}." : "")}").ToList();
        return new DigestSection("Risks")
        {
            Lines = lines.Count > 0 ? lines : ["No risk that we look for is open."],
            More = ManagerDigest.More(book, risks.Open.Count - lines.Count),
        };
    }

    public static string Note(AgingItem item, FigureBook book) =>
        $"{book.Days("aging.age", "Days in progress", Math.Floor(item.AgeDays))} in progress; {Level(book)} of such work took {book.Days("aging.sle", "Service level expectation in days", Math.Ceiling(item.SleDays))} or less";

    private static string Sentence(MilestoneForecast milestone, FigureBook book)
    {
        var due = book.Day("milestone.due", "Due date", milestone.Due!.Value);
        var open = book.Count("milestone.open", milestone.Open, "item", "items");
        return milestone.Dates?.P85 is { } date
            ? $"{milestone.Name} will be late: {open} {(milestone.Open == 1 ? "is" : "are")} open, done by {book.Day("milestone.p85", "Done, in 85 % of cases", date)} ({Level(book)} sure), due {due}."
            : $"{milestone.Name} will be late: {open} {(milestone.Open == 1 ? "is" : "are")} open and will not be done within two years, due {due}.";
    }

    private static string Level(FigureBook book) => book.Percent("level", "How sure", 0.85);

    private static string Lower(string sentence) => sentence.Length > 1 && char.IsUpper(sentence[0]) && char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;
}
