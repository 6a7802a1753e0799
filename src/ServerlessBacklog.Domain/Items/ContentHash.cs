using System.Security.Cryptography;
using System.Text;

namespace ServerlessBacklog.Domain.Items;

/// <summary>
/// Fingerprint of everything in an item that a step may read; two equal hashes mean that there is nothing new to examine.
/// <see cref="WorkItem.Revision"/> and <see cref="WorkItem.Url"/> are left out: they change without meaning.
/// </summary>
public static class ContentHash
{
    /// <summary>First 16 bytes of a SHA-256 over the fields in fixed order, as 32 hex digits.</summary>
    public static string Of(WorkItem item)
    {
        var text = new StringBuilder(item.Title.Length + item.Body.Length + 256);
        Add(text, item.Ref.ToString(), item.Title, item.Body, item.Kind.ToString(), item.State.ToString(), item.TrackerState, item.Resolution);
        Add(text, item.Type, item.Priority, item.Severity, Name(item.Reporter), item.ReporterRole, item.Milestone);
        Add(text, Time(item.CreatedAt), Time(item.UpdatedAt), Time(item.StartedAt), Time(item.ClosedAt), Time(item.DueAt));
        Add(text, item.StoryPoints?.ToString("R"));
        AddList(text, item.Areas);
        AddList(text, item.Labels.Select(l => l.Name).Order(StringComparer.OrdinalIgnoreCase));
        AddList(text, item.Assignees.Select(a => Name(a)!));
        AddList(text, item.Links.Select(l => $"{l.Kind} {l.Target}"));
        AddHistory(text, item.History);
        if (item.Signs is { Count: > 0 } signs)
            AddList(text, signs.Select(s => $"{s.Kind} {Time(s.At)} {s.Source}"));
        return Digest(text);
    }

    /// <summary>
    /// Fingerprint of what people see and say: texts, state, fields, labels, people, links, comments that are no commands. Times, reactions and the tracker's
    /// event list are left out, so that what says nothing new does not undo a decision.
    /// </summary>
    public static string ForWriting(WorkItem item)
    {
        var text = new StringBuilder(item.Title.Length + item.Body.Length + 256);
        Add(text, item.Ref.ToString(), item.Title, item.Body, item.Kind.ToString(), item.State.ToString(), item.TrackerState);
        Add(text, item.Type, item.Priority, item.Severity, item.Milestone, item.StoryPoints?.ToString("R"));
        AddList(text, item.Areas);
        AddList(text, item.Labels.Select(l => l.Name.ToUpperInvariant()).Order(StringComparer.Ordinal));
        AddList(text, item.Assignees.Select(a => a.Login.ToUpperInvariant()).Order(StringComparer.Ordinal));
        AddList(text, item.Links.Select(l => $"{l.Kind} {l.Target}").Order(StringComparer.Ordinal));
        AddList(text, item.History.Comments.Where(c => !c.Author.IsBot && !c.IsCommand).Select(c => $"{Name(c.Author)} {Time(c.At)} {c.Body}"));
        return Digest(text);
    }

    private static void AddHistory(StringBuilder text, WorkItemHistory history)
    {
        Add(text, history.IsKnown ? "known" : "unknown", history.CommentCount?.ToString());
        Add(text, $"{history.Reactions.ThumbsUp},{history.Reactions.ThumbsDown},{history.Reactions.Other}");
        AddList(text, history.Reactions.People.Select(p => Name(p)!));
        AddList(text, history.Comments.Where(c => !c.IsOurs).Select(c => $"{Name(c.Author)} {Time(c.At)} {c.Body}"));
        AddList(text, history.Events.Select(e => $"{e.Kind} {Time(e.At)} {Name(e.Actor)} {e.Value}"));
    }

    private static void Add(StringBuilder text, params ReadOnlySpan<string?> fields)
    {
        foreach (var field in fields)
            text.Append(field ?? "\u0001").Append('\u0000');
    }

    private static void AddList(StringBuilder text, IEnumerable<string> values)
    {
        foreach (var value in values)
            Add(text, value);
        text.Append('\u0002');
    }

    /// <summary>The login, marked for a bot: whether somebody is one decides what counts as human activity.</summary>
    private static string? Name(Person? person) => person is { IsBot: true } ? person.Login + "\u0003" : person?.Login;

    private static string Digest(StringBuilder text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));

    private static string? Time(DateTimeOffset? at) => at?.UtcTicks.ToString();
}
