using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// Orders items from old to new: by creation, undated ones last; then by number; then by text. A total order: "older than" has no rings.
/// </summary>
public sealed class ItemAge : IComparer<WorkItem>
{
    public static ItemAge Order { get; } = new();

    public static bool IsOlder(WorkItem candidate, WorkItem item) => Order.Compare(candidate, item) < 0;

    public int Compare(WorkItem? x, WorkItem? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byDate = (x.CreatedAt ?? DateTimeOffset.MaxValue).CompareTo(y.CreatedAt ?? DateTimeOffset.MaxValue);
        if (byDate != 0)
            return byDate;
        var byNumber = Number(x).CompareTo(Number(y));
        return byNumber != 0 ? byNumber : string.CompareOrdinal(x.Ref.ToString(), y.Ref.ToString());
    }

    /// <summary>The digits at the end: 112 of <c>XD-112</c>.</summary>
    private static long Number(WorkItem item)
    {
        var text = item.Ref.Number.AsSpan();
        return long.TryParse(text[(text.LastIndexOfAnyExceptInRange('0', '9') + 1)..], out var number) ? number : long.MaxValue;
    }
}
