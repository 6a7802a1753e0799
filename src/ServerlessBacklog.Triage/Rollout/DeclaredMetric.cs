namespace ServerlessBacklog.Triage.Rollout;

/// <summary>A measure by which a team judges success.</summary>
/// <param name="Name">One of <see cref="MetricNames"/>.</param>
/// <param name="Target">What it shall reach, in the unit of its name.</param>
/// <param name="Baseline">What it was before; null when nobody looked.</param>
/// <param name="BaselineAt">The day of the baseline.</param>
public sealed record DeclaredMetric(string Name, double Target, double? Baseline = null, DateOnly? BaselineAt = null);

/// <summary>What can be measured. Less is better, except for the acceptance rate.</summary>
public static class MetricNames
{
    /// <summary>Median days from the creation of an item to the first word of somebody else, over items of the last 90 days.</summary>
    public const string FirstResponseDays = "first_response_days";

    /// <summary>Share of the open items that lack what is needed to begin.</summary>
    public const string VagueShare = "vague_share";

    /// <summary>Open items that are probably duplicates of others.</summary>
    public const string DuplicatesOpen = "duplicates_open";

    /// <summary>Share of the open items that are stale.</summary>
    public const string StaleShare = "stale_share";

    /// <summary>Median days from the creation of an item to the first label, assignee or milestone that it got, over items of the last 90 days.</summary>
    public const string TriageDays = "triage_days";

    /// <summary>Share of the answered asks that people accepted.</summary>
    public const string AcceptanceRate = "acceptance_rate";

    /// <summary>Share of the applied changes that people took back.</summary>
    public const string OverrideRate = "override_rate";

    public static IReadOnlyList<string> All { get; } = [FirstResponseDays, VagueShare, DuplicatesOpen, StaleShare, TriageDays, AcceptanceRate, OverrideRate];

    /// <summary>True when a value is as good as another or better.</summary>
    public static bool IsMet(string name, double value, double target) => name == AcceptanceRate ? value >= target : value <= target;
}
