using System.Globalization;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>A change as the log keeps it: texts that were written are digest and length, values are those before and after.</summary>
public static class AuditChange
{
    /// <summary>Characters from which a text counts as long.</summary>
    private const int Long = 200;

    public static Change Shorten(Change change) => change switch
    {
        AddComment comment => comment with { Markdown = Digest(comment.Markdown) },
        GiveNotice notice => notice with { Markdown = Digest(notice.Markdown) },
        AddReply reply => reply with { Markdown = Digest(reply.Markdown) },
        SetBlock block => block with { Markdown = Digest(block.Markdown) },
        AddChild child => child with { Markdown = Digest(child.Markdown) },
        RemoveChild child => child with { Markdown = Digest(child.Markdown) },
        Consolidate gathered => gathered with { Markdown = Digest(gathered.Markdown), Before = gathered.Before is { } before ? Digest(before) : null },
        _ => change,
    };

    /// <param name="inverse">What takes the change back; null when it made no difference, or when nothing is known.</param>
    public static (string? Before, string? After) Values(Change change, Change? inverse)
    {
        var after = ValueOf(change);
        return (inverse is not null ? ValueOf(inverse) : change is AddReply ? null : after, after);
    }

    public static string Brief(string text) => text.Length <= Long ? text : Digest(text);

    /// <summary>What stands there once the change was made; null for nothing.</summary>
    private static string? ValueOf(Change change) => change switch
    {
        AddLabel add => add.Label.Name,
        SetField set => Brief(set.Value),
        MoveTo move => Brief(move.Status),
        Assign assign => assign.Person.Login,
        AddLink link => $"{link.Kind} {link.Target}",
        AddComment comment => Digest(comment.Markdown),
        GiveNotice notice => Digest(notice.Markdown),
        AddReply reply => Digest(reply.Markdown),
        SetBlock block => Digest(block.Markdown),
        AddChild child => Brief(child.Title),
        Consolidate gathered => Digest(gathered.Markdown),
        Close close => close.Canonical is { } canonical ? $"closed: {close.Reason} of {canonical}" : $"closed: {close.Reason}",
        Reopen reopen => reopen.TrackerState ?? "open",
        _ => null,
    };

    private static string Digest(string text) =>
        text.StartsWith("sha256:", StringComparison.Ordinal) && text.Length < 80 ? text : string.Create(CultureInfo.InvariantCulture, $"sha256:{AuditSeal.HashOf(text)[..32]} ({text.Length} characters)");
}
