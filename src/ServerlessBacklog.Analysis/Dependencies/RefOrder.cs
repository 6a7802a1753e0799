using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>Orders refs as people count: by tracker, project, and the number by its value, so that #9 comes before #10.</summary>
public sealed class RefOrder : IComparer<WorkItemRef>
{
    public static RefOrder Instance { get; } = new();

    public int Compare(WorkItemRef? x, WorkItemRef? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var order = string.CompareOrdinal(x.Tracker, y.Tracker);
        if (order == 0)
            order = string.CompareOrdinal(x.Project, y.Project);
        if (order == 0)
            order = Number(x.Number).CompareTo(Number(y.Number));
        return order == 0 ? string.CompareOrdinal(x.Number, y.Number) : order;
    }

    /// <summary>The digits at the end; keys without any come first.</summary>
    private static long Number(string text)
    {
        var start = text.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        return long.TryParse(text.AsSpan(start), out var number) ? number : -1;
    }
}
