using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>One command of one person on one item.</summary>
/// <param name="Text">Without its prefix.</param>
/// <param name="Key">Names it: the same comment heard twice has the same key.</param>
public sealed record Saying(string Backlog, WorkItemRef Item, Person By, DateTimeOffset At, string Text, string Key)
{
    /// <summary>True on the command line of the host, whose operator needs no right in the tracker.</summary>
    public bool IsOperator { get; init; }

    /// <summary>The commands of a comment, in order.</summary>
    public static IReadOnlyList<Saying> In(string backlog, WorkItemRef item, WorkItemComment comment) =>
        [.. CommandText.Find(comment.Body).Select((text, i) => new Saying(backlog, item, comment.Author, comment.At, text, KeyOf(item, comment, i)))];

    internal static string KeyOf(WorkItemRef item, WorkItemComment comment, int index) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{item}|{comment.Author.Login.ToLowerInvariant()}|{comment.At.UtcTicks}|{index}|{comment.Body}")).AsSpan(0, 8));
}

/// <summary>What a command comes to, before anything of it is written to the tracker.</summary>
/// <param name="Reply">What the person is told, in Markdown, not yet made fit for a tracker.</param>
public sealed record CommandEffect(string Reply)
{
    /// <summary>Changes that the command asks for, each with the step in whose name it stands.</summary>
    public IReadOnlyList<(string Step, Change Change)> Changes { get; init; } = [];

    /// <summary>The decision that it takes back; null for others.</summary>
    public string? Undoes { get; init; }

    /// <summary>True when it could not be done as it was said.</summary>
    public bool IsError { get; init; }

    /// <summary>True when what people decided on the item has changed, so that it has to be decided anew.</summary>
    public bool Retriage { get; init; }

    /// <summary>Items that the reply may name.</summary>
    public IReadOnlyList<WorkItemRef> MayName { get; init; } = [];

    public static CommandEffect Error(string why) => new(why) { IsError = true };
}

/// <summary>What became of a command.</summary>
/// <param name="Reply">For the person, in Markdown.</param>
/// <param name="Decision">The decision that carries it out; null when there was nothing to carry out.</param>
public sealed record CommandAnswer(string Reply, bool IsError, string? Decision);

/// <param name="Item">As it is now; null when the command is none or the item is not here.</param>
/// <param name="Why">Why it cannot be given, for the person; null when it can.</param>
public sealed record CommandPreview(WorkItem? Item, string? Why);
