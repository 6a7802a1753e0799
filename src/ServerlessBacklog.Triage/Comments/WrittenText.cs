using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>Text that is written into an item, besides comments.</summary>
internal static class WrittenText
{
    /// <summary>Characters; far below what a description may hold.</summary>
    private const int Longest = 8_000;

    /// <summary>The text as it may stand in <paramref name="home"/>; null when it may not, or nothing is left of it.</summary>
    public static string? For(WorkItem home, string markdown, params IReadOnlyCollection<WorkItemRef> mayName) => new OutgoingText
    {
        Home = home.Ref,
        MayName = mayName,
        Hosts = home.Url is { } url ? [url.Authority] : [],
        MaxLength = Longest,
    }.Clean(markdown).Text?.Trim() is { Length: > 0 } text ? text : null;
}
