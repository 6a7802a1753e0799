using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Examination;

/// <param name="Now">The moment that findings and decisions are made for.</param>
public sealed record SweepRequest(string Backlog, DateTimeOffset Now, TriageSettings Settings)
{
    /// <summary>Version of the policy that decisions follow.</summary>
    public string PolicyVersion { get; } = Settings.Policy.Version();
}

public enum SweepPhase
{
    Indexing,
    Examining,
}

public sealed record SweepProgress(SweepPhase Phase, int Done, int Total);

/// <summary>What stands after a sweep: every open item with all its findings and its decision.</summary>
public sealed record SweepResult
{
    public required BacklogSnapshot Snapshot { get; init; }

    /// <summary>Open items, oldest first.</summary>
    public required IReadOnlyList<WorkItemRef> Open { get; init; }

    /// <summary>Findings by open item, in the order of the steps.</summary>
    public required IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> Findings { get; init; }

    public required IReadOnlyDictionary<WorkItemRef, Decision> Decisions { get; init; }

    /// <summary>Items of which at least one finding was out of date.</summary>
    public required int ItemsExamined { get; init; }

    public required int FindingsMade { get; init; }

    public required IReadOnlyList<StepFailure> Failures { get; init; }
}
