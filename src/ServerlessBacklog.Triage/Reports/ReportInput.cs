using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Everything that a report is made from. The same input gives the same report.</summary>
public sealed record ReportInput
{
    /// <summary>The backlog's name: <c>seamonkey</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where its items were read from: <c>file:issues.csv</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The moment that ages and silences count to.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required BacklogSnapshot Backlog { get; init; }

    /// <summary>The findings of all steps, by item.</summary>
    public IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> Findings { get; init; } =
        new Dictionary<WorkItemRef, IReadOnlyList<Finding>>();

    /// <summary>The newest decision on each item.</summary>
    public IReadOnlyCollection<Decision> Decisions { get; init; } = [];

    /// <summary>Records of the source that could not be read.</summary>
    public IReadOnlyList<ReadProblem> Problems { get; init; } = [];

    public TriageSettings Settings { get; init; } = new();

    /// <summary>Version of each step that ran, by name; empty when unknown.</summary>
    public IReadOnlyDictionary<string, int> StepVersions { get; init; } = new Dictionary<string, int>();

    /// <summary>Version of the program, for the foot of the page.</summary>
    public string ProductVersion { get; init; } = "";
}
