using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>The weekly digest of whoever answers for a backlog: where it stands, what will be late and why, who is overloaded, what waits for them, what to change.</summary>
public static class ManagerDigest
{
    public static Digest Build(DigestInput input)
    {
        var report = input.View.Report;
        var book = new FigureBook(report.AsOf);
        var items = new DigestItems(report);
        var headlines = Headlines(input, book);
        var insights = input.View.Insights;
        var isKnown = insights.AsOf is not null && report.Counts.Read > 0;
        var sections = new[]
        {
            Standing(input, book),
            Changes(input, book),
            HealthSection.Of(insights.Health, input.Past, book),
            isKnown ? AheadSections.Late(insights, items, book) : null,
            isKnown ? AheadSections.Forecast(insights.Delivery, book) : null,
            PeopleSection.Of(report, insights.People, book),
            isKnown ? AheadSections.Risks(insights.Risks, book) : null,
            isKnown ? TrendSection.Of(insights.Trends, book) : null,
            Waiting.Decided(input.Decided, book),
            Waiting.Section(input, items, book, "What waits for a person"),
            Suggestions.Section(input, book),
        };
        return new Digest
        {
            Kind = DigestKind.Manager,
            Backlog = report.Name,
            Title = "The week in this backlog",
            AsOf = report.AsOf,
            Headlines = headlines,
            Sections = [.. sections.OfType<DigestSection>()],
            Figures = book.All,
            Page = input.Page,
            Preferences = input.Preferences,
        };
    }

    private static List<DigestHeadline> Headlines(DigestInput input, FigureBook book)
    {
        var counts = input.View.Report.Counts;
        var open = book.Change("counts.open", counts.Open, input.Past);
        return
        [
            new DigestHeadline(book.Figure("counts.open", counts.Open == 1 ? "open item" : "open items", counts.Open, $"{counts.Open:N0}"), open, Tone(open, "fewer", "more")),
            .. input.View.Insights.Health.Value is { } health
                ? [new DigestHeadline(book.Figure("health.score", "health, of 100", health, $"{health:0}"), HealthChange(health, input.Past, book, out var tone), tone)]
                : Array.Empty<DigestHeadline>(),
            new DigestHeadline(
                book.Figure("waiting", input.View.Waiting == 1 ? "waits for a person" : "wait for a person", input.View.Waiting, $"{input.View.Waiting:N0}"),
                book.Change("waiting", input.View.Waiting, input.Past)),
            .. input.View.Insights.Delivery.ByDate.Skip(1).FirstOrDefault() is { P85: > 0 } next
                ? [new DigestHeadline(book.Figure("delivery.byDate.p85", $"or more done by {book.Day("delivery.date", "Done by", next.Date)}", next.P85, $"{next.P85:N0}"), $"{book.Percent("level", "How sure", 0.85)} sure")]
                : Array.Empty<DigestHeadline>(),
        ];
    }

    private static string? HealthChange(double health, DigestPast? past, FigureBook book, out DigestTone tone)
    {
        book.Figure("health.most", "Highest health score", 100, "100");
        var change = book.Change("health.score", health, past, "higher", "lower", "unchanged");
        tone = Tone(change, "higher", "lower");
        return change;
    }

    private static DigestTone Tone(string? change, string better, string worse) =>
        change is null ? DigestTone.Neutral : change.EndsWith(better, StringComparison.Ordinal) ? DigestTone.Better : change.EndsWith(worse, StringComparison.Ordinal) ? DigestTone.Worse : DigestTone.Neutral;

    private static DigestSection Standing(DigestInput input, FigureBook book)
    {
        var report = input.View.Report;
        return new DigestSection("Where it stands")
        {
            Lines =
            [
                .. report.Counts.Sentences().Select(s => book.Quote("counts", s)),
                .. report.IsShadow && report.Counts.Open > 0 ? [Shadow(report, book)] : Array.Empty<string>(),
                .. FlowSection.WhyNone(report.Flow, book) is { } why ? [why] : Array.Empty<string>(),
            ],
            Chart = FlowSection.Chart(report.Flow, book),
        };
    }

    private static string Shadow(BacklogReport report, FigureBook book)
    {
        var (apply, ask) = (report.Verdicts.Sum(v => v.Apply), report.Verdicts.Sum(v => v.Ask));
        return "The steps are in shadow mode: nothing was written to the tracker." + (apply + ask == 0 ? ""
            : $" They would have made {book.Count("shadow.apply", apply, "change", "changes")} and asked about {book.Count("shadow.ask", "Changes that would have been asked about", ask)}.");
    }

    private static DigestSection Changes(DigestInput input, FigureBook book)
    {
        var counts = input.View.Report.Counts;
        var rows = new[]
        {
            Row("counts.open", "Open", counts.Open), Row("counts.closed", "Closed", counts.Closed), Row("counts.started", "Started", counts.Started),
            Row("counts.duplicates", "Likely duplicates", counts.Duplicates), Row("counts.vague", "Too vague to start on", counts.Vague),
            Row("counts.archive", "Could be archived", counts.Archive), Row("counts.blocked", "Blocked", counts.Blocked),
        }.OfType<IReadOnlyList<string>>().ToList();
        return new DigestSection("What changed")
        {
            Lines = [input.Past is { } past
                ? $"Since the last digest, of {book.Date("past.asOf", "Moment of the last digest", past.AsOf)}:"
                : "This is the first digest of this backlog, so there is nothing yet that it could be compared with."],
            Table = rows.Count == 0 ? null : new DigestTable(["", "Then", "Now", "Change"], rows),
        };

        IReadOnlyList<string>? Row(string query, string label, int? now)
        {
            if (now is not { } value)
                return null;

            // Also without a past: the next digest compares with it.
            var text = book.Count(query, label, value);
            return input.Past?.Values.TryGetValue(query, out var before) == true
                ? [label, book.Count($"{query}.before", label, before), text, Signed(query, value - before)]
                : null;
        }

        string Signed(string query, double change) =>
            $"{(change > 0 ? "+" : change < 0 ? "−" : "")}{book.Count($"{query}.change", "Change since the last digest", Math.Abs(change))}";
    }

    internal static int More(FigureBook book, int more)
    {
        if (more > 0)
            book.Count("more", "Not shown here", more);
        return Math.Max(0, more);
    }
}
