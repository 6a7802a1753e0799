namespace ServerlessBacklog.StandIns.AzureDevOps;

public sealed record AzureDevOpsStandInOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The organization that is played.</summary>
    public string Organization { get; init; } = "contoso";

    /// <summary>Personal access tokens and bearer tokens → unique name of the one that they speak for.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Tokens out of <see cref="Tokens"/> that may only read.</summary>
    public IReadOnlySet<string> ReadOnlyTokens { get; init; } = new HashSet<string>();

    /// <summary>Unique names of those who lack the right to edit subscriptions of service hooks.</summary>
    public IReadOnlySet<string> MayNotEditHooks { get; init; } = new HashSet<string>();

    /// <summary>Unique names of those who lack the right to view them.</summary>
    public IReadOnlySet<string> MayNotViewHooks { get; init; } = new HashSet<string>();

    /// <summary>Unique names of those whose tokens lack the scope to read teams.</summary>
    public IReadOnlySet<string> MayNotReadTeams { get; init; } = new HashSet<string>();

    /// <summary>False for a server that knows no reactions to comments.</summary>
    public bool HasReactions { get; init; } = true;

    /// <summary>A query that matches more fails with VS402337, unless it asks for fewer by <c>$top</c>.</summary>
    public int MostQueryResults { get; init; } = 20_000;

    public AzureDevOpsRateRules? Rates { get; init; } = new();

    public DeliveryFaults Deliveries { get; init; } = new();

    /// <summary>How an update tells its item.</summary>
    public bool UpdatesWithoutItemId { get; init; }

    /// <summary>True when a comment's event refers to the comment, as newer ones do.</summary>
    public bool CommentsWithReference { get; init; } = true;
}

/// <summary>
/// The service counts throughput units in a sliding five minutes; here each request is one. Source: "Rate and usage limits".
/// </summary>
public sealed record AzureDevOpsRateRules
{
    public int PerFiveMinutes { get; init; } = 2000;

    /// <summary>Share (0…1) of the limit from which answers say by Retry-After that they were held up.</summary>
    public double SlowFrom { get; init; } = 0.9;

    /// <summary>What is asked for then, in seconds.</summary>
    public int RetryAfterSeconds { get; init; } = 5;

    /// <summary>True when requests beyond the limit are refused with 429; false when they are only noted.</summary>
    public bool Refuse { get; init; } = true;
}

/// <summary>Where a service hook delivers.</summary>
/// <param name="Url">Called for each event.</param>
public sealed record AzureDevOpsHookTarget(Uri Url)
{
    /// <summary>Headers that are sent along: <c>X-Backlog-Secret</c> → its value.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? BasicUser { get; init; }

    public string? BasicPassword { get; init; }

    /// <summary>What happens in repositories.</summary>
    public static IReadOnlyList<string> CodeEvents { get; } = ["git.push", "git.pullrequest.created", "git.pullrequest.updated", "git.pullrequest.merged"];

    public IReadOnlyList<string> EventTypes { get; init; } =
        ["workitem.created", "workitem.updated", "workitem.commented", "workitem.deleted", "workitem.restored"];
}

/// <summary>How a project begins.</summary>
public sealed record AzureDevOpsProjectSetup
{
    /// <summary>Type → its states in order, each with its category.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(string State, string Category)>> Types { get; init; } = Agile;

    /// <summary>Area paths below the project's own.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    public IReadOnlyList<string> Iterations { get; init; } = ["Sprint 1"];

    /// <summary>Unique names of the members of the default team, <c>{Project} Team</c>: <c>anna@contoso.com</c>.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Unique names of the administrators of that team, who are members too.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary>The process "Agile".</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<(string State, string Category)>> Agile { get; } =
        new Dictionary<string, IReadOnlyList<(string State, string Category)>>
        {
            ["Bug"] = [("New", "Proposed"), ("Active", "InProgress"), ("Resolved", "Resolved"), ("Closed", "Completed")],
            ["User Story"] = [("New", "Proposed"), ("Active", "InProgress"), ("Resolved", "InProgress"), ("Closed", "Completed"), ("Removed", "Removed")],
            ["Task"] = [("New", "Proposed"), ("Active", "InProgress"), ("Closed", "Completed"), ("Removed", "Removed")],
            ["Feature"] = [("New", "Proposed"), ("Active", "InProgress"), ("Resolved", "InProgress"), ("Closed", "Completed"), ("Removed", "Removed")],
            ["Epic"] = [("New", "Proposed"), ("Active", "InProgress"), ("Resolved", "InProgress"), ("Closed", "Completed"), ("Removed", "Removed")],
        };
}
