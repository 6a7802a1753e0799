using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>What the table of a backlog can be filtered by, with how many items each value has. Counted once for each view.</summary>
internal sealed class ItemFacets
{
    /// <summary>More values than these would make no list that anybody reads; search finds the others.</summary>
    private const int Most = 150;

    private static readonly ConditionalWeakTable<IReadOnlyList<ReportItem>, ItemFacets> Known = [];

    private ItemFacets(IReadOnlyList<ReportItem> items)
    {
        Columns = ItemColumn.FilledBy(items);
        States = Counted(items, i => i.Item.State?.ToString().ToLowerInvariant());
        Types = Counted(items, i => i.Item.Type);
        Areas = Counted(items, i => i.Area);
        Assignees = Counted(items, i => i.Assignee);
        Marks = [.. ItemTableJson.MarkWords.Select((word, bit) => new Tally(word, items.Count(i => ((int)i.Marks & (1 << bit)) != 0))).Where(t => t.Count > 0)];
    }

    public IReadOnlyList<ItemColumn> Columns { get; }

    public IReadOnlyList<Tally> States { get; }

    public IReadOnlyList<Tally> Types { get; }

    public IReadOnlyList<Tally> Areas { get; }

    public IReadOnlyList<Tally> Assignees { get; }

    public IReadOnlyList<Tally> Marks { get; }

    public static ItemFacets Of(IReadOnlyList<ReportItem> items) => Known.GetValue(items, static all => new ItemFacets(all));

    private static List<Tally> Counted(IReadOnlyList<ReportItem> items, Func<ReportItem, string?> value)
    {
        var counts = items.SelectMany(i => value(i)?.Split(", ") ?? [ItemQuery.None]).CountBy(v => v, StringComparer.OrdinalIgnoreCase).ToList();
        return counts.Count == 1 && counts[0].Key == ItemQuery.None
            ? []
            : [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.OrdinalIgnoreCase).Take(Most).Select(c => new Tally(c.Key, c.Value))];
    }
}
