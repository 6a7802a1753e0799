using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>The link to one question on the review page. A channel whose messages have buttons makes them from it.</summary>
/// <param name="Decision">Id of the decision that asks.</param>
public sealed record AskLink(string Backlog, WorkItemRef Item, string Decision)
{
    private const string Review = "review/";

    /// <param name="site">Where people reach the pages, with a slash at its end.</param>
    public Uri On(Uri site) => new(site, $"{Review}{Uri.EscapeDataString(Backlog)}?item={Uri.EscapeDataString(Item.ToString())}&decision={Uri.EscapeDataString(Decision)}");

    /// <summary>Null for links to anything else.</summary>
    public static AskLink? Of(Uri link)
    {
        if (!link.IsAbsoluteUri || link.AbsolutePath.LastIndexOf($"/{Review}", StringComparison.Ordinal) is not (>= 0 and var at))
            return null;
        var values = link.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).DistinctBy(p => p[0]).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        return WorkItemRef.TryParse(values.GetValueOrDefault("item"), out var item) && values.GetValueOrDefault("decision") is { Length: > 0 } decision
            ? new AskLink(Uri.UnescapeDataString(link.AbsolutePath[(at + Review.Length + 1)..]), item!, decision)
            : null;
    }
}
