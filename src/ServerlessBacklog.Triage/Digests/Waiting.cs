namespace ServerlessBacklog.Triage.Digests;

/// <summary>What was decided, and what waits for a person.</summary>
internal static class Waiting
{
    private const int MostAsks = 5;

    /// <summary>Null where nobody looked.</summary>
    public static DigestSection? Decided(DecidedFigures? decided, FigureBook book)
    {
        if (decided is null)
            return null;
        var days = book.Days("decided.days", "Days looked back", decided.Days);
        var lines = new List<string>
        {
            decided.Applied + decided.Approved + decided.Rejected == 0
                ? $"In the last {days} nothing was changed by us and nobody answered an ask."
                : $"In the last {days} we made {book.Count("decided.applied", decided.Applied, "change", "changes")}; people said yes to {book.Count("decided.approved", decided.Approved, "ask", "asks")} and no to {book.Count("decided.rejected", "Asks refused", decided.Rejected)}, and took back {book.Count("decided.takenBack", decided.TakenBack, "change", "changes")}.",
        };
        if (decided.Hours is { } hours)
        {
            lines.Add($"What people confirmed saved about {book.Number("value.net", "Net hours saved", hours.Net)} hours ({book.Number("value.low", "Net hours, low end", hours.Low)} to {book.Number("value.high", "Net hours, high end", hours.High)}), review and acts taken back subtracted.");
        }
        else if (decided.WhyNoHours is { } why && decided.Applied + decided.Approved > 0)
        {
            lines.Add(book.Quote("value.refusal", why));
        }

        return new DigestSection("What was decided") { Lines = lines };
    }

    public static DigestSection Section(DigestInput input, DigestItems items, FigureBook book, string heading)
    {
        var waiting = Math.Max(input.View.Waiting, input.Asks.Count);
        if (waiting == 0)
            return new DigestSection(heading) { Lines = ["Nothing waits for an answer."] };
        return new DigestSection(heading)
        {
            Lines = [$"{book.Count("waiting", waiting, "decision waits", "decisions wait")} for a yes or a no. Silence closes and archives nothing."],
            Items = [.. input.Asks.Take(MostAsks).Select(a => items.Of(a.Item, $"{book.Quote("asks.what", a.What)}{Age(input.View.Report.AsOf - a.OpenedAt, book)}"))],
            Actions = input.Review is { } review ? [new DigestAction("Look at them and answer", review)] : [],
            More = ManagerDigest.More(book, waiting - Math.Min(MostAsks, input.Asks.Count)),
        };
    }

    private static string Age(TimeSpan age, FigureBook book) => age.TotalDays < 1 ? "" : $" (asked {book.Days("asks.age", "Days since it was asked", Math.Floor(age.TotalDays))} ago)";
}
