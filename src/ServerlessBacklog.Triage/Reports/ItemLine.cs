using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>An item as a report names it: enough to recognise and open it.</summary>
/// <param name="Title">At most <see cref="MaxTitle"/> characters; empty when the backlog does not hold the item.</param>
/// <param name="State">Null when the backlog does not hold the item.</param>
public sealed record ItemLine(WorkItemRef Ref, string Title, Uri? Url = null, WorkItemState? State = null)
{
    /// <summary>Longer titles are cut and end in an ellipsis.</summary>
    public const int MaxTitle = 240;

    public string? Type { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>True when the backlog holds the item and it is not closed.</summary>
    public bool IsOpen => State is WorkItemState.Open or WorkItemState.Started;

    public static ItemLine From(WorkItem item) => new(item.Ref, Cut(item.Title), item.Url, item.State)
    {
        Type = item.Type,
        CreatedAt = item.CreatedAt,
    };

    /// <summary>An item that something points to and that the backlog does not hold.</summary>
    public static ItemLine Elsewhere(WorkItemRef item) => new(item, "");

    private static string Cut(string title)
    {
        if (title.Length <= MaxTitle)
            return title;
        var end = char.IsHighSurrogate(title[MaxTitle - 2]) ? MaxTitle - 2 : MaxTitle - 1;
        return title[..end] + "…";
    }
}
