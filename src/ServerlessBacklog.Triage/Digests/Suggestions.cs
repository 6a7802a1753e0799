using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>
/// At most three adjustments, each with the numbers behind it (FEATURES P8): first what changed over time, then what stands in the counts, ranked by the share
/// of the open items that it touches (own choice: what concerns most comes first).
/// </summary>
internal static class Suggestions
{
    public const int Most = 3;

    /// <summary>Below this share of the open items a suggestion is not worth a line.</summary>
    private const double Least = 0.02;

    public static DigestSection Section(DigestInput input, FigureBook book)
    {
        var trends = input.View.Insights.Trends.Adjustments.Select(a => $"{book.Quote("trends.adjustments", a.Sentence)} {book.Quote("trends.adjustments", a.Act)}");
        var counted = Of(input.View.Report, input.View.Waiting, book).Where(s => s.Share >= Least).OrderByDescending(s => s.Share).Select(s => s.Say());
        var made = trends.Concat(counted).Take(Most).ToList();
        return new DigestSection("What we suggest")
        {
            Lines = made.Count > 0 ? made : ["Nothing stands out that we would change."],
        };
    }

    private static IEnumerable<Suggestion> Of(BacklogReport report, int waiting, FigureBook book)
    {
        var (counts, open) = (report.Counts, Math.Max(1.0, report.Counts.Open));
        if (counts.Archive is > 0 and var archive)
            yield return new(archive / open, () => $"Go through the {book.Count("counts.archive", archive, "candidate", "candidates")} for archiving: {Share("counts.archive.share", archive / open)} of what is open, and nobody has touched them for long.");
        if (counts.Duplicates is > 0 and var duplicates)
            yield return new(duplicates / open, () => $"Look at the {book.Count("counts.duplicates", duplicates, "likely duplicate", "likely duplicates")} first: {Share("counts.duplicates.share", duplicates / open)} of what is open may be said twice.");
        if (counts.Vague is > 0 and var vague)
            yield return new(vague / open, () => $"Ask the reporters of the {book.Count("counts.vague", vague, "vague item", "vague items")}, {Share("counts.vague.share", vague / open)} of what is open{Missing(report, book)}.");
        if (counts.Blocked is > 0 and var blocked)
            yield return new(blocked / open, () => $"Start with what others wait for: {book.Count("counts.blocked", blocked, "item is", "items are")} blocked by another open one.");
        if (waiting > 0)
            yield return new(Math.Min(1, waiting / open), () => $"Answer what is asked: {book.Count("waiting", waiting, "decision waits", "decisions wait")}, and until then nothing of it is done.");
        if (report.Loads.FirstOrDefault(l => l.Carried > l.Capacity) is { } over)
            yield return new((over.Carried - over.Capacity) / open * 2, () => $"Take something from {over.Login}, who carries {book.Count("loads.carried", "Open items carried", over.Carried)} with room for {book.Count("loads.capacity", "Capacity", over.Capacity)}.");
        if (report.Readiness.Fixes is [var fix, ..] && report.Readiness.Score is { } score)
            yield return new(fix.Gain / 100, () => $"{fix.Fix} That would raise the readiness of the data, {book.Count("readiness.score", "Readiness score of 100", score)} of {book.Count("readiness.most", "Highest readiness score", 100)}, by {book.Number("readiness.gain", "Points gained", fix.Gain)} points.");

        string Share(string query, double share) => book.Percent(query, "Share of the open items", share);
    }

    private static string Missing(BacklogReport report, FigureBook book) => report.MissingParts is [var part, ..]
        ? $": most often {part.Name} is missing ({book.Count("missing.first", part.Count, "time", "times")})"
        : "";

    private sealed record Suggestion(double Share, Func<string> Say);
}
