using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>The names that a backlog has: people, areas, types, milestones, items. A question may speak of these only.</summary>
internal sealed class BacklogWords
{
    private readonly Dictionary<string, ReportItem> byNumber = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> several = new(StringComparer.OrdinalIgnoreCase);

    public BacklogWords(BacklogReport report)
    {
        foreach (var item in report.Items.Concat(report.Closed))
        {
            // The same number in two projects names none of them.
            if (!byNumber.TryAdd(item.Item.Ref.Number, item))
                several.Add(item.Item.Ref.Number);
            byNumber[item.Item.Ref.ToString()] = item;
            Add(Areas, Parts(item.Area));
            Add(People, Parts(item.Assignee));
            Add(Types, [item.Item.Type]);
            Add(Milestones, [item.Milestone]);
        }

        Add(People, report.Loads.Select(l => l.Login));
        foreach (var number in several)
            byNumber.Remove(number);
    }

    public HashSet<string> People { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Areas { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Types { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Milestones { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An item by its number, or in full; null when there is none, or when the number alone names several.</summary>
    public ReportItem? Find(string text) => byNumber.GetValueOrDefault(text.TrimStart('#')) ?? byNumber.GetValueOrDefault(text);

    public bool IsSeveral(string number) => several.Contains(number.TrimStart('#'));

    /// <summary>The values of a field that holds several, as the table joins them.</summary>
    public static IReadOnlyList<string> Parts(string? joined) => joined?.Split(", ", StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static void Add(HashSet<string> names, IEnumerable<string?> found) => names.UnionWith(found.OfType<string>().Select(f => f.Trim()).Where(f => f.Length > 0));
}
