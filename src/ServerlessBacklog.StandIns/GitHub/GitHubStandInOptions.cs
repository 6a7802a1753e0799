namespace ServerlessBacklog.StandIns.GitHub;

public sealed record GitHubStandInOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public GitHubAppIdentity App { get; init; } = new();

    /// <summary>Token → login of the user who made it.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    /// <summary>What is watched; null when clients may do as they like.</summary>
    public GitHubRateRules? Rates { get; init; } = new();

    /// <summary>Where webhooks go; null for nowhere. May be set later: <see cref="GitHubStandIn.PointHooksAt"/>.</summary>
    public GitHubHookTarget? Hooks { get; init; }

    public DeliveryFaults Deliveries { get; init; } = new();
}

/// <param name="AppHook">True when the app's own webhook delivers.</param>
/// <param name="RepositoryHook">True when each repository has a webhook too: the same event then comes twice, under different GUIDs.</param>
public sealed record GitHubHookTarget(Uri Url, string Secret, bool AppHook = true, bool RepositoryHook = false)
{
    /// <summary>The secret of the repository hooks, where it is another one.</summary>
    public string? RepositorySecret { get; init; }
}

/// <summary>What goes wrong with webhooks.</summary>
public sealed record DeliveryFaults
{
    /// <summary>Share (0…1) of deliveries that fail on their way: listed as failed, and can be asked for again.</summary>
    public double DropShare { get; init; }

    /// <summary>Share (0…1) of events for which no delivery is made at all, and none is listed.</summary>
    public double LoseShare { get; init; }

    /// <summary>How often each delivery is sent, under one GUID.</summary>
    public int RepeatTimes { get; init; } = 1;

    /// <summary>True when those that wait are sent in any order.</summary>
    public bool Shuffle { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>How many are on their way at once.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>How long the receiver may take to answer.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);
}
