using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Addresses of the pages. Names of backlogs and items may hold slashes, which stay slashes: some proxies do not let an escaped one through.</summary>
/// <param name="BasePath">What stands before every path: empty, or <c>/x</c>.</param>
public sealed record SitePaths(string BasePath)
{
    public string Start => $"{BasePath}/";

    public string Answer => $"{BasePath}/review/answer";

    public string Confirm => $"{BasePath}/review/confirm";

    public string Chat => $"{BasePath}/api/chat";

    public string Backlog(string name) => $"{BasePath}/backlogs/{Escape(name)}";

    /// <param name="word">Of the page (<see cref="PageEntry.Word"/>); empty for the overview.</param>
    public string Page(string backlog, string word) => word switch
    {
        "" => Backlog(backlog),
        PageList.Review => Review(backlog),
        _ => $"{Backlog(backlog)}/{word}",
    };

    public string Item(string backlog, WorkItemRef item) => $"{Backlog(backlog)}/items/{Escape(item.ToString())}";

    public string Review(string backlog) => $"{BasePath}/review/{Escape(backlog)}";

    public string Asset(string file) => $"{BasePath}/assets/{file}";

    /// <summary>A path with the parts of a query that have a value.</summary>
    public static string With(string path, params IEnumerable<(string Name, string? Value)> query)
    {
        var parts = query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}").ToList();
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    private static string Escape(string text) => string.Join('/', text.Split('/').Select(Uri.EscapeDataString));
}
