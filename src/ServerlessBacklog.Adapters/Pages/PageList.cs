namespace ServerlessBacklog.Adapters.Pages;

/// <summary>All pages of a backlog, in the order in which they stand in the navigation. A new one is a class, its component, and a line here.</summary>
internal static class PageList
{
    /// <summary>Word of the review queue, which has an address of its own.</summary>
    public const string Review = "review";

    public static IReadOnlyList<PageEntry> All { get; } =
    [
        new("", "Overview", typeof(OverviewPage)),
        new("items", "Backlog", typeof(ItemsPage)) { TakesRest = true },
        new(Review, "Review", typeof(QueuePage)),
        new("duplicates", "Duplicates", typeof(DuplicatesPage)),
        new("people", "People", typeof(PeoplePage)),
        new("flow", "Flow", typeof(FlowPage)),
        new("forecast", "Forecast", typeof(ForecastPage)),
        new("dependencies", "Dependencies", typeof(MapPage)) { TakesRest = true },
        new("ask", "Ask", typeof(AskPage)),
        new("audit", "Audit log", typeof(AuditPage)),
        new("settings", "Settings", typeof(SettingsPage)),
        new("report", null, typeof(WholeReportPage)),
    ];

    /// <summary>The entry for what stands behind a backlog's name in a path, and what is left of it; null for no page.</summary>
    public static (PageEntry Entry, string Below)? Find(string path)
    {
        if (All.FirstOrDefault(p => p.Word == path && p.Word != Review) is { } whole)
            return (whole, "");
        return All.FirstOrDefault(p => p.TakesRest && path.StartsWith($"{p.Word}/", StringComparison.Ordinal)) is { } entry ? (entry, path[(entry.Word.Length + 1)..]) : null;
    }
}

/// <param name="Word">What stands in its path behind the backlog; empty for the overview.</param>
/// <param name="Name">As the navigation names it; null for a page that others lead to.</param>
/// <param name="Page">An <see cref="IPage"/>.</param>
internal sealed record PageEntry(string Word, string? Name, Type Page)
{
    /// <summary>True when more may stand behind the word.</summary>
    public bool TakesRest { get; init; }
}
