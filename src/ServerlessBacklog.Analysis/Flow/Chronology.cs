using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Flow;

/// <summary>
/// The order in which items came in: by creation date, then by the digits that end their number (trackers count upwards), then by name.
/// Where a source has no dates the numbers alone decide.
/// </summary>
public sealed class Chronology : IComparer<WorkItem>
{
    public static Chronology Order { get; } = new();

    public int Compare(WorkItem? x, WorkItem? y)
    {
        if (x is null || y is null)
            return Comparer<bool>.Default.Compare(x is not null, y is not null);
        var byDate = Nullable.Compare(x.CreatedAt, y.CreatedAt);
        if (byDate != 0)
            return byDate;
        var byNumber = Counter(x.Ref.Number).CompareTo(Counter(y.Ref.Number));
        return byNumber != 0 ? byNumber : string.CompareOrdinal(x.Ref.ToString(), y.Ref.ToString());
    }

    private static long Counter(string number)
    {
        var start = number.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        return long.TryParse(number.AsSpan(start), out var counter) ? counter : 0;
    }
}
