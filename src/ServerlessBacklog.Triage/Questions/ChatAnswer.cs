using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Something that a person says about a backlog, in their own words, from whatever channel.</summary>
/// <param name="By">Who says it, as the tracker names them: "my items" are theirs, and their role there decides what they may change.</param>
/// <param name="Text">A question or a wish to change something; may be empty where <paramref name="Confirm"/> is given.</param>
/// <param name="Confirm">The token of a plan (<see cref="ChatPlan.Token"/>) that the person agrees to; null for anything else.</param>
public sealed record ChatAsk(string Backlog, Person By, string Text, string? Confirm = null)
{
    /// <summary>Longest text that is read.</summary>
    public const int Longest = 500;

    /// <summary>True on the command line of the host, whose operator needs no right in the tracker.</summary>
    public bool IsOperator { get; init; }

    /// <summary>False where only questions are answered: a wish is then told so, and no plan is made.</summary>
    public bool MayPlan { get; init; } = true;
}

/// <summary>What the person is answered. Titles of items are other people's text: every channel escapes them in its own way.</summary>
/// <param name="Text">One or more sentences, plain text without markup; the items are not repeated in it.</param>
public sealed record ChatAnswer(ChatKind Kind, string Text)
{
    /// <summary>What was understood, in words: <c>open items, blocked, assigned to ada, oldest first</c>. Null where nothing was looked up.</summary>
    public string? Query { get; init; }

    /// <summary>What the query does: <c>list</c>, <c>count</c>, <c>who</c>, <c>when</c>, <c>why</c>, <c>compare</c>, <c>status</c>. Null where nothing was looked up.</summary>
    public string? Act { get; init; }

    /// <summary>The items that answer it, at most <see cref="BacklogQuery.MostListed"/>.</summary>
    public IReadOnlyList<ChatItem> Items { get; init; } = [];

    /// <summary>All items that answer it, listed or not.</summary>
    public int Total { get; init; }

    /// <summary>Names with their numbers, for who, compare and counts by group.</summary>
    public IReadOnlyList<ChatFigure> Figures { get; init; } = [];

    /// <summary>Sentences that can be said instead, each with one meaning: for <see cref="ChatKind.AskBack"/> and <see cref="ChatKind.Unknown"/>.</summary>
    public IReadOnlyList<string> Readings { get; init; } = [];

    /// <summary>What would be done: nothing is, before its token comes back.</summary>
    public ChatPlan? Plan { get; init; }

    /// <summary>The decision that carries a confirmed plan out; null where there is nothing to carry out.</summary>
    public string? Decision { get; init; }

    /// <summary>The item that a plan or a decision is about.</summary>
    public WorkItemRef? Item { get; init; }

    /// <summary>When what was looked up was worked out; null where nothing was.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>True when a language model had a part in reading the question; the answer itself never comes from one.</summary>
    public bool ByModel { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ChatKind>))]
public enum ChatKind
{
    /// <summary>The question was looked up; there may be nothing that answers it.</summary>
    Answer,

    /// <summary>It was not understood, or the data cannot answer it.</summary>
    Unknown,

    /// <summary>It has more than one reading.</summary>
    AskBack,

    /// <summary>It would change something: <see cref="ChatAnswer.Plan"/> has to be confirmed.</summary>
    Plan,

    /// <summary>A confirmed plan is carried out.</summary>
    Done,

    /// <summary>It is nothing that is done here.</summary>
    Refused,

    /// <summary>It could not be done as it was said: no right, no such item, a token that is over.</summary>
    Failed,
}

/// <summary>An item as an answer names it.</summary>
/// <param name="Note">What matters of it for this question: <c>40 days old, P1, ada</c>.</param>
public sealed record ChatItem(WorkItemRef Ref, string Title, Uri? Url, string Note);

/// <param name="Name">Login, area, type or another group.</param>
/// <param name="What">What is counted: <c>open items</c>, <c>points</c>.</param>
public sealed record ChatFigure(string Name, double Value, string What);

/// <param name="Says">The command as the system understands it: <c>pin P1</c>.</param>
/// <param name="Token">Handed back as <see cref="ChatAsk.Confirm"/> by the same person; good once.</param>
public sealed record ChatPlan(WorkItemRef Item, string Title, string Says, string Token, DateTimeOffset Until);
