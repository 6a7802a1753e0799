using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>The daily digest of a team: what is new, what waits for them, what to do first, what is stuck, what may be said twice.</summary>
public static class TeamDigest
{
    private const int MostItems = 5;

    /// <summary>What counts as new where there was no digest before: a day.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static Digest Build(DigestInput input)
    {
        var report = input.View.Report;
        var book = new FigureBook(report.AsOf);
        var items = new DigestItems(report);
        var since = input.Past is { } past && past.AsOf < report.AsOf ? past.AsOf : report.AsOf - Day;
        var fresh = report.Items.Where(i => i.Item.CreatedAt > since && i.Item.CreatedAt <= report.AsOf).OrderByDescending(i => i.Item.CreatedAt).ToList();
        var blocked = report.Counts.Blocked;
        DigestSection[] sections =
        [
            New(fresh, since, items, book),
            Waiting.Section(input, items, book, "What waits for you"),
            .. Alerts(input, book),
            DoFirst(report, items, book),
            Blocked(report, items, book),
            Aging(input, items, book),
            Duplicates(report, items, book),
        ];
        return new Digest
        {
            Kind = DigestKind.Team,
            Backlog = report.Name,
            Title = "Today in this backlog",
            AsOf = report.AsOf,
            Headlines =
            [
                new DigestHeadline(book.Figure("new", "new", fresh.Count, $"{fresh.Count:N0}")),
                new DigestHeadline(book.Figure("counts.open", report.Counts.Open == 1 ? "open item" : "open items", report.Counts.Open, $"{report.Counts.Open:N0}"), book.Change("counts.open", report.Counts.Open, input.Past)),
                new DigestHeadline(book.Figure("waiting", input.View.Waiting == 1 ? "waits for you" : "wait for you", input.View.Waiting, $"{input.View.Waiting:N0}")),
                .. blocked is { } count ? [new DigestHeadline(book.Figure("counts.blocked", "blocked", count, $"{count:N0}"))] : Array.Empty<DigestHeadline>(),
            ],
            Sections = sections,
            Figures = book.All,
            Page = input.Page,
            Preferences = input.Preferences,
        };
    }

    /// <summary>Those that were told by message stand here too, as long as they hold.</summary>
    private static IEnumerable<DigestSection> Alerts(DigestInput input, FigureBook book)
    {
        if (input.Alerts.Count > 0)
            yield return new DigestSection("Late or stuck") { Lines = [.. input.Alerts.Take(MostItems).Select(a => book.Quote("alerts.sentence", a.Sentence))], More = ManagerDigest.More(book, input.Alerts.Count - MostItems) };
    }

    private static DigestSection New(List<ReportItem> fresh, DateTimeOffset since, DigestItems items, FigureBook book) => new("New")
    {
        Lines = fresh.Count > 0 ? [] : [$"Nothing came since {book.Date("new.since", "What is new came after this", since)}."],
        Items = [.. fresh.Take(MostItems).Select(i => items.Of(i.Item, Note(i, book)))],
        More = ManagerDigest.More(book, fresh.Count - MostItems),
    };

    private static string? Note(ReportItem item, FigureBook book)
    {
        var parts = new List<string>();
        if (item.Marks.HasFlag(ItemMarks.Duplicate))
            parts.Add("may be a duplicate");
        if (item.Marks.HasFlag(ItemMarks.Vague))
            parts.Add("too vague to start on");
        if (item.Marks.HasFlag(ItemMarks.Blocked))
            parts.Add("blocked");
        if (item.Rank is { } rank)
            parts.Add($"place {book.Count("items.rank", "Place by priority", rank)} by priority");
        return parts.Count > 0 ? string.Join(", ", parts) : null;
    }

    private static DigestSection DoFirst(BacklogReport report, DigestItems items, FigureBook book) =>
        Part("Do first", report.DoFirst, "doFirst", book, rows => rows.Select(r => items.Of(r.Item, book.Quote("doFirst.reason", r.Reason))), isRanking: true);

    private static DigestSection Blocked(BacklogReport report, DigestItems items, FigureBook book)
    {
        var known = report.Blocked.Rows.SelectMany(g => g.Items).GroupBy(i => i.Ref).ToDictionary(g => g.Key, g => g.First());
        var waits = report.Blocked.Rows.SelectMany(g => g.Edges).Where(e => known.ContainsKey(e.Waiting)).ToList();
        return new DigestSection("Blocked")
        {
            Lines = [.. Empty(report.Blocked, "blocked", book)],
            Items = [.. waits.Take(MostItems).Select(e => items.Of(known[e.Waiting], $"waits for {items.Name(e.Blocker)}{(e.IsSuspected ? ", as its text suggests" : "")}"))],
            More = ManagerDigest.More(book, waits.Count - MostItems),
        };
    }

    /// <summary>Work that takes longer than such work does; where nobody can tell, what was silent for long.</summary>
    private static DigestSection Aging(DigestInput input, DigestItems items, FigureBook book)
    {
        var aging = input.View.Insights.Aging;
        if (input.View.Insights.AsOf is null || aging.WhyNot is not null)
            return Stale(input.View.Report, items, book);
        var over = aging.Items.Where(i => i.IsOver).Take(MostItems).ToList();
        return new DigestSection("Getting old")
        {
            Lines = over.Count > 0 ? [] : ["Nothing in progress is over the time that such work takes."],
            Items = [.. over.Select(i => items.Of(i.Item, AheadSections.Note(i, book)))],
            More = ManagerDigest.More(book, aging.Over - over.Count),
        };
    }

    private static DigestSection Stale(BacklogReport report, DigestItems items, FigureBook book) => Part(
        "Silent for long", report.Stale, "stale", book,
        rows => rows.Select(r => items.Of(r.Item, r.SilentDays is { } days ? $"silent for {book.Days("stale.silentDays", "Days without activity", Math.Floor(days))}" : book.Quote("stale.reason", r.Reason))));

    private static DigestSection Duplicates(BacklogReport report, DigestItems items, FigureBook book) => Part(
        "May be said twice", report.Duplicates, "duplicates", book,
        rows => rows.Select(r => items.Of(r.Members[0].Item, $"may repeat {items.Name(r.Canonical.Ref)}, {book.Percent("duplicates.probability", "That a person would call it a duplicate", r.Members[0].Probability)} sure")));

    private static DigestSection Part<T>(string heading, ReportPart<T> part, string query, FigureBook book, Func<IEnumerable<T>, IEnumerable<DigestItem>> show, bool isRanking = false) => new(heading)
    {
        Lines = [.. Empty(part, query, book), .. !isRanking && part.Note is { } note ? [book.Quote($"{query}.note", note)] : Array.Empty<string>()],
        Items = [.. show(part.Rows.Take(MostItems))],
        More = isRanking ? 0 : ManagerDigest.More(book, part.Total - Math.Min(MostItems, part.Rows.Count)),
    };

    private static IEnumerable<string> Empty<T>(ReportPart<T> part, string query, FigureBook book) => part.WhyEmpty is { } why ? [book.Quote($"{query}.whyEmpty", why)] : [];
}
