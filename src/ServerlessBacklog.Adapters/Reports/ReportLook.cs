using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Reports;

/// <summary>Where the names of items lead. The standalone file links to the tracker; a served page links to our own item pages.</summary>
public sealed record ReportLook
{
    /// <summary>A file that somebody opens from a disk.</summary>
    public static ReportLook Standalone { get; } = new();

    /// <summary>Path of our page about an item, such as <c>/items/…</c>; null when there is none.</summary>
    public Func<WorkItemRef, string>? ItemPage { get; init; }

    /// <summary>Path of the report, for the way back from an item page; null when there is none.</summary>
    public string? ReportPage { get; init; }

    /// <summary>Path of the page that shows what goes on; null when there is none.</summary>
    public string? LivePage { get; init; }

    /// <summary>Path of the queue of what waits for a person; null when there is none.</summary>
    public string? ReviewPage { get; init; }

    /// <summary>Where the name of an item leads; null for plain text.</summary>
    public string? Href(ItemLine item) => ItemPage is not null && item.State is not null ? ItemPage(item.Ref) : Web(item.Url);

    /// <summary>An address of the web as it is; null for all others (<c>javascript:</c>, <c>file:</c>, relative ones).</summary>
    public static string? Web(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address.AbsoluteUri : null;
}
