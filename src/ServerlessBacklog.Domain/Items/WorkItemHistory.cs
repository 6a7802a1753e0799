using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Items;

/// <summary>
/// What happened on an item, as far as its source tells. <see cref="IsKnown"/> says whether the source tells at all:
/// an export without comments and events is different from an item that nobody touched.
/// </summary>
public sealed record WorkItemHistory
{
    public static WorkItemHistory Unknown { get; } = new();

    /// <summary>True when the source lists comments or events, so that an empty list means that there were none.</summary>
    public bool IsKnown { get; init; }

    public IReadOnlyList<WorkItemComment> Comments { get; init; } = [];

    public IReadOnlyList<HistoryEvent> Events { get; init; } = [];

    /// <summary>Comments as counted by the source; null where it does not count them.</summary>
    public int? CommentCount { get; init; }

    public Reactions Reactions { get; init; } = new();

    /// <summary>
    /// The last thing a person did here, bots left out; null when the source does not tell. Never read from <c>updated_at</c>:
    /// the edits of bots move that (FEATURES §2, pain 8).
    /// </summary>
    public DateTimeOffset? LastHumanActivity()
    {
        var comments = Comments.Where(c => !c.Author.IsBot).Select(c => c.At);
        var events = Events.Where(e => e.Actor is { IsBot: false }).Select(e => e.At);
        return comments.Concat(events).Select(at => (DateTimeOffset?)at).Max();
    }

    /// <summary>What people wrote: not bots, not we, and not where the source tells only that somebody wrote.</summary>
    public IEnumerable<WorkItemComment> WrittenByPeople() => Comments.Where(c => !c.IsOurs && !c.Author.IsBot && c.Body.Length > 0);

    /// <summary>Distinct people who commented, bots left out, in order of appearance.</summary>
    public IReadOnlyList<Person> Commenters() => [.. Comments.Select(c => c.Author).Where(a => !a.IsBot).Distinct()];
}

/// <param name="Body">Markdown as written; empty where the source has only author and time.</param>
public sealed record WorkItemComment(Person Author, DateTimeOffset At, string Body = "")
{
    /// <summary>
    /// True for the one that this program keeps on the item, whatever account wrote it. Nothing is concluded from it: what we say about an
    /// item must not change what we find in it.
    /// </summary>
    public bool IsOurs { get; init; }

    /// <summary>True when a line of it speaks to this program (<c>/backlog …</c>): it answers what was decided, and changes nothing of what it was decided on.</summary>
    [JsonIgnore]
    public bool IsCommand => Body.Contains("/backlog", StringComparison.OrdinalIgnoreCase)
        && Body.Split('\n').Any(line => line.TrimStart(' ').StartsWith("/backlog", StringComparison.OrdinalIgnoreCase));
}

/// <param name="Kind">The tracker's word: labeled, assigned, closed, renamed …</param>
/// <param name="Value">What it was about: the label, the person, the new title.</param>
public sealed record HistoryEvent(string Kind, DateTimeOffset At, Person? Actor = null, string? Value = null);

/// <summary>Reactions to the item's own text. Counts; <see cref="People"/> only where the source names them.</summary>
public sealed record Reactions(int ThumbsUp = 0, int ThumbsDown = 0, int Other = 0)
{
    public IReadOnlyList<Person> People { get; init; } = [];

    public int Total => ThumbsUp + ThumbsDown + Other;

    public bool Equals(Reactions? other) => other is not null
        && (ThumbsUp, ThumbsDown, Other) == (other.ThumbsUp, other.ThumbsDown, other.Other)
        && People.SequenceEqual(other.People);

    public override int GetHashCode() => HashCode.Combine(ThumbsUp, ThumbsDown, Other, People.Count);
}
