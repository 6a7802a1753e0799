using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>Orders items from old to new: by creation; where a date is missing or equal, by number; then by text.</summary>
public sealed class ItemAge : IComparer<WorkItem>
{
    public static ItemAge Order { get; } = new();

    public static bool IsOlder(WorkItem candidate, WorkItem item) => Order.Compare(candidate, item) < 0;

    public int Compare(WorkItem? x, WorkItem? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.CreatedAt is { } left && y.CreatedAt is { } right && left != right)
            return left.CompareTo(right);
        if (long.TryParse(x.Ref.Number, out var a) && long.TryParse(y.Ref.Number, out var b) && a != b)
            return a.CompareTo(b);
        return string.CompareOrdinal(x.Ref.ToString(), y.Ref.ToString());
    }
}
