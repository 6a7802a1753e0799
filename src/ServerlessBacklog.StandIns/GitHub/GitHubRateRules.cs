namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>What GitHub asks of its clients. Sources: "Rate limits for the REST API", "Best practices for using the REST API".</summary>
public sealed record GitHubRateRules
{
    /// <summary>True when requests beyond a limit are refused; false when they are only noted as breaches.</summary>
    public bool Refuse { get; init; } = true;

    /// <summary>Requests per hour of a signed-in user or an installation.</summary>
    public int PerHour { get; init; } = 5000;

    public int AnonymousPerHour { get; init; } = 60;

    /// <summary>Points of the GraphQL API per hour.</summary>
    public int GraphQlPointsPerHour { get; init; } = 5000;

    /// <summary>A read costs 1, a write 5.</summary>
    public int PointsPerMinute { get; init; } = 900;

    public int ContentWritesPerMinute { get; init; } = 80;

    public int ContentWritesPerHour { get; init; } = 500;

    /// <summary>Between the end of a write and the begin of the next one. Never refused, only noted.</summary>
    public TimeSpan WriteGap { get; init; } = TimeSpan.FromSeconds(1);

    public int Concurrent { get; init; } = 100;
}
