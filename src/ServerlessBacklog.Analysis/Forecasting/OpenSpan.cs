using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Forecasting;

/// <summary>A time during which an item was open.</summary>
/// <param name="To">Null while it still is.</param>
public readonly record struct OpenSpan(DateTimeOffset From, DateTimeOffset? To)
{
    public bool Holds(DateTimeOffset at) => From <= at && (To is null || To > at);

    /// <summary>
    /// When an item was open: by its closed and reopened events, where the source lists any, otherwise from creation to closing. None without a creation date,
    /// and none for an item that is closed nobody knows when.
    /// </summary>
    public static IReadOnlyList<OpenSpan> Of(WorkItem item)
    {
        if (item.CreatedAt is not { } created)
            return [];
        var spans = new List<OpenSpan>(1);
        DateTimeOffset? open = created;
        foreach (var move in item.History.Events)
        {
            if (IsClosing(move) && open is { } from)
            {
                spans.Add(new OpenSpan(from, move.At));
                open = null;
            }
            else if (IsReopening(move) && open is null)
            {
                open = move.At;
            }
        }

        if (open is { } last && (item.IsOpen || item.ClosedAt is not null))
            spans.Add(new OpenSpan(last, item.IsOpen ? null : item.ClosedAt));
        else if (open is null && item.IsOpen)
            spans.Add(new OpenSpan(spans[^1].To!.Value, null));
        return spans;
    }

    public static bool IsClosing(HistoryEvent move) => move.Kind.Equals("closed", StringComparison.OrdinalIgnoreCase);

    public static bool IsReopening(HistoryEvent move) => move.Kind.Equals("reopened", StringComparison.OrdinalIgnoreCase);
}
