using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// One examiner. It reads items and says what it finds; it never writes to a tracker. The same item, context and version give the same finding.
/// </summary>
public interface ITriageStep
{
    /// <summary>Stable lower-case name, see <see cref="StepName"/>.</summary>
    string Name { get; }

    /// <summary>Raised whenever the same input may give another finding: stored findings of older versions are examined again.</summary>
    int Version { get; }

    /// <summary>What a finding is computed from, and so what makes it out of date.</summary>
    StepReads Reads { get; }

    /// <summary>Steps of one stage may run together; a later stage sees the findings of earlier ones.</summary>
    int Stage => 1;

    /// <summary>One finding per item, in the order of <paramref name="items"/>.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<WorkItem> items, StepContext context, CancellationToken cancellation);
}

/// <summary>What a step reads. A finding is reused while all of it is unchanged and its <see cref="Finding.Due"/> has not passed.</summary>
[Flags]
public enum StepReads
{
    /// <summary>The item's own content. Every step reads it.</summary>
    Content = 1,

    /// <summary>The time: the finding carries a <see cref="Finding.Due"/>.</summary>
    Clock = 2,

    /// <summary>Similar and linked items.</summary>
    Neighbours = 4,

    /// <summary>Who is there, and how much they carry.</summary>
    People = 8,

    /// <summary>Settings that people choose: goals, thresholds, frameworks.</summary>
    Policy = 16,

    /// <summary>The findings of earlier stages on the same item.</summary>
    Findings = 32,
}

/// <summary>What a step may know besides the items.</summary>
public sealed record StepContext
{
    /// <summary>The moment of the examination; steps have no other clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public required BacklogSnapshot Backlog { get; init; }

    /// <summary>The backlog's name: whose budget a language model is asked on.</summary>
    public string BacklogName { get; init; } = "";

    public TriageSettings Settings { get; init; } = new();

    /// <summary>Where it is written down what a language model would be asked, instead of asking it; null for a run that asks.</summary>
    public AdvicePlan? Plan { get; init; }

    /// <summary>Findings of earlier stages by item; empty in the first stage.</summary>
    public IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> Earlier { get; init; } =
        new Dictionary<WorkItemRef, IReadOnlyList<Finding>>();

    public Finding? EarlierFinding(WorkItemRef item, string step) =>
        Earlier.GetValueOrDefault(item)?.FirstOrDefault(f => f.Step == step);
}
