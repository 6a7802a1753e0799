namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>The app that a client acts as. It appears as <c>{Slug}[bot]</c>.</summary>
public sealed record GitHubAppIdentity
{
    public long Id { get; init; } = 4711;

    public string ClientId { get; init; } = "Iv23liStandIn";

    public string Slug { get; init; } = "serverless-backlog";

    /// <summary>As people see it; null for the slug.</summary>
    public string? Name { get; init; }

    /// <summary>Public half of the app's key, PEM. Without it no app token is good.</summary>
    public string? PublicKeyPem { get; init; }

    /// <summary>What an installation may do: <c>issues</c> → <c>write</c>.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; init; } = new Dictionary<string, string>
    {
        ["issues"] = "write",
        ["metadata"] = "read",
        ["pull_requests"] = "read",
        ["contents"] = "read",
    };

    /// <summary>What its webhook is told of, besides what every app is told of.</summary>
    public IReadOnlyList<string> Events { get; init; } = AllEvents;

    /// <summary>Login of the account that owns it; null for one that is of no matter.</summary>
    public string? Owner { get; init; }

    internal static IReadOnlyList<string> AllEvents { get; } = ["issues", "issue_comment", "sub_issues", "issue_dependencies", "label", "push", "pull_request", "create"];

    public string BotLogin => $"{Slug}[bot]";
}
