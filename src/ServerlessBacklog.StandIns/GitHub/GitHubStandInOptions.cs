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
