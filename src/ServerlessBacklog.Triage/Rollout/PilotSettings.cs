using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>When steps may go beyond shadow, and when they may do so for more items.</summary>
public sealed record PilotSettings
{
    /// <summary>Readiness of the data under which no step goes beyond shadow; default C.</summary>
    public ReadinessGrade MinGrade { get; init; } = ReadinessGrade.C;

    /// <summary>Weeks in a row in which the declared metrics are met before the pilot is widened; default 2.</summary>
    public int Weeks { get; init; } = 2;

    /// <summary>Why steps go beyond shadow under the grade all the same; null when they do not.</summary>
    public string? Override { get; init; }
}
