namespace ServerlessBacklog.StandIns.GitHub;

public sealed record GitHubStandInOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public GitHubAppIdentity App { get; init; } = new();

    /// <summary>Token → login of the user who made it.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Token → what is special about it.</summary>
    public IReadOnlyDictionary<string, GitHubTokenTraits> TokenTraits { get; init; } = new Dictionary<string, GitHubTokenTraits>();

    /// <summary>Events of webhooks that this server does not know yet, as an older Enterprise Server would.</summary>
    public IReadOnlyList<string> UnknownEvents { get; init; } = [];

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

/// <summary>What a token of a user may, and for how long.</summary>
public sealed record GitHubTokenTraits
{
    /// <summary>False for one without <c>admin:repo_hook</c>, or <em>Webhooks</em> where it is fine-grained.</summary>
    public bool MayManageHooks { get; init; } = true;

    public bool IsFineGrained { get; init; }

    /// <summary>null for one that lasts until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
