using System.Text.Json.Serialization;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>
/// A question about a backlog in the only form in which one is looked up: an act, conditions that all have to hold, an order. Whoever wrote it, the grammar
/// or a language model, it is checked by <see cref="QueryCheck"/> before it runs.
/// </summary>
public sealed record BacklogQuery(QueryAct Act)
{
    /// <summary>Items that one answer lists.</summary>
    public const int MostListed = 50;

    /// <summary>Conditions that one query may have.</summary>
    public const int MostConditions = 12;

    /// <summary>All of them hold for each item of the answer. Without one on the state, open items are meant.</summary>
    public IReadOnlyList<Condition> Where { get; init; } = [];

    /// <summary>Null for the order of the backlog: priority, then age.</summary>
    public QueryOrder? Order { get; init; }

    /// <summary>How many to list; null for all, up to <see cref="MostListed"/>.</summary>
    public int? Limit { get; init; }

    /// <summary>Counts by the values of this field; null for one number.</summary>
    public QueryField? GroupBy { get; init; }

    /// <summary>What is compared: values of <see cref="GroupBy"/>.</summary>
    public IReadOnlyList<string> Between { get; init; } = [];

    /// <summary>True where closed items are asked for.</summary>
    [JsonIgnore]
    public bool IsClosed => Where.Any(c => c is { Field: QueryField.Closed } or { Field: QueryField.State, Op: QueryOp.Is, Value: "closed" });
}

[JsonConverter(typeof(JsonStringEnumConverter<QueryAct>))]
public enum QueryAct
{
    List,
    Count,

    /// <summary>Which people, most items first; of one item, whose it is and who could take it.</summary>
    Who,

    /// <summary>When the items that are meant will be done.</summary>
    When,

    /// <summary>Why one item is where it is.</summary>
    Why,
    Compare,

    /// <summary>How the backlog as a whole stands.</summary>
    Status,
}

/// <summary>The fields that may be asked about, and no others.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueryField>))]
public enum QueryField
{
    /// <summary>Number of an item.</summary>
    Item,

    /// <summary><c>open</c> (not closed), <c>started</c>, <c>waiting</c> (open and not started), <c>closed</c>.</summary>
    State,
    Type,
    Area,

    /// <summary>Login.</summary>
    Assignee,

    /// <summary>1 (most urgent) to 5.</summary>
    Priority,

    /// <summary>Days since it was created.</summary>
    Age,

    /// <summary>Days without a person's activity.</summary>
    Silence,
    Points,

    /// <summary>Place in the order of the backlog, 1 for the first.</summary>
    Rank,

    /// <summary><c>duplicate</c>, <c>vague</c>, <c>stale</c>, <c>archive</c>, <c>blocked</c>, <c>blocking</c>.</summary>
    Mark,

    /// <summary>Day, as 2026-06-01.</summary>
    Created,

    /// <summary>Day, as 2026-06-01.</summary>
    Closed,
    Milestone,

    /// <summary>Words of the title.</summary>
    Text,
}

[JsonConverter(typeof(JsonStringEnumConverter<QueryOp>))]
public enum QueryOp
{
    Is,
    Not,
    AtLeast,
    AtMost,
    Above,
    Below,

    /// <summary>It has none; without a value.</summary>
    None,

    /// <summary>It has one; without a value.</summary>
    Any,

    /// <summary>It is that or has none.</summary>
    IsOrNone,
}

/// <param name="Value">Empty for <see cref="QueryOp.None"/> and <see cref="QueryOp.Any"/>.</param>
public sealed record Condition(QueryField Field, QueryOp Op, string Value = "");

[JsonConverter(typeof(JsonStringEnumConverter<OrderField>))]
public enum OrderField
{
    Rank,
    Age,
    Silence,
    Points,
    Priority,
    Closed,
}

/// <param name="Descending">For rank and priority, false is the most important first.</param>
public sealed record QueryOrder(OrderField By, bool Descending);
