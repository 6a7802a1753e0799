using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <summary>The item to triage.</summary>
/// <param name="Settings">Version of the settings to go by; null for those that the backlog goes by.</param>
/// <param name="Missed">How often in a row the item changed while it was examined.</param>
public sealed record TriageItemInput(string Backlog, WorkItemRef Item, string? Settings = null, int Missed = 0)
{
    /// <summary>Trace of the delivery that all this is for (<see cref="ITraced"/>).</summary>
    public string? Trace { get; init; }
}

/// <summary>Tells a running instance that its item has another content.</summary>
/// <param name="Content">Content hash of the new revision.</param>
public sealed record NewRevision(string Content)
{
    public const string EventName = "revision";

    /// <summary>Trace of the delivery that told of it; the instance goes on with this one.</summary>
    public string? Trace { get; init; }
}

/// <summary>A person's answer to an ask.</summary>
/// <param name="By">Login of the person.</param>
public sealed record ApprovalAnswer(bool Approved, string By, string? Note = null)
{
    /// <summary>Slots of the changes that are approved; null for all that are asked about.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>Changes to be made in place of those with their slots; null for none.</summary>
    public IReadOnlyList<Change>? With { get; init; }

    /// <summary>Set to be asked again from then on: neither yes nor no.</summary>
    public DateTimeOffset? SnoozeUntil { get; init; }

    /// <summary>The event's name: one for each ask.</summary>
    public static string EventName(string decision) => $"approval:{decision}";
}

public sealed record ItemRequest(string Backlog, WorkItemRef Item, string? Settings, DateTimeOffset StartedAt) : ITraced
{
    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.About(Backlog, Item);
}

/// <summary>How one item is examined. Recorded, so that an instance that waits for days is not confused by steps that are added meanwhile.</summary>
/// <param name="Content">Content hash of the revision that is examined; null when the item is not stored, closed, or a pull request.</param>
/// <param name="Snapshot">Version of the backlog's snapshot.</param>
/// <param name="Stages">Names of the steps that run side by side, stage after stage.</param>
/// <param name="AskFor">How long a person is waited for.</param>
public sealed record ItemPlan(
    string Backlog,
    WorkItemRef Item,
    string? Content,
    string Snapshot,
    string Settings,
    DateTimeOffset Now,
    IReadOnlyList<IReadOnlyList<string>> Stages,
    TimeSpan AskFor)
{
    /// <summary>Trace of the delivery that all this is for (<see cref="ITraced"/>).</summary>
    public string? Trace { get; init; }
}

/// <param name="Earlier">Findings of earlier stages.</param>
public sealed record StepRequest(ItemPlan Plan, string Step, IReadOnlyList<Finding> Earlier) : ITraced
{
    string? ITraced.Trace => Plan.Trace;

    void ITraced.Describe(Activity span) => span.About(Plan.Backlog, Plan.Item).SetTag(SpanTags.Step, Step);
}

/// <param name="Finding">Null when the item has changed since it was planned.</param>
public sealed record StepAnswer(ExaminedFinding? Finding);

/// <param name="Findings">Those of steps that failed are missing: the item stays due for them.</param>
public sealed record DecisionRequest(ItemPlan Plan, IReadOnlyList<ExaminedFinding> Findings) : ITraced
{
    string? ITraced.Trace => Plan.Trace;

    void ITraced.Describe(Activity span) => span.About(Plan.Backlog, Plan.Item);
}

/// <param name="Id">The decision's id.</param>
/// <param name="HasSure">True when some changes need no answer.</param>
/// <param name="Asks">True when a person is to be asked, and has not been asked before about the very same.</param>
public sealed record RecordedDecision(string Id, Verdict Verdict, bool HasSure, bool Asks);

/// <param name="Answer">Null for the changes that need none.</param>
public sealed record ApplyRequest(string Backlog, WorkItemRef Item, string Decision, DateTimeOffset At, ApprovalAnswer? Answer = null) : ITraced
{
    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.About(Backlog, Item).SetTag(SpanTags.Decision, Decision);
}

/// <summary>What became of an ask that led to no change, or that begins.</summary>
public sealed record OutcomeRequest(string Backlog, WorkItemRef Item, string Decision, OutcomeState State, DateTimeOffset At, ApprovalAnswer? Answer = null)
    : ITraced
{
    /// <summary>When an ask ends by itself; null for other outcomes.</summary>
    public DateTimeOffset? Until { get; init; }

    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.About(Backlog, Item).SetTag(SpanTags.Decision, Decision).SetTag(SpanTags.Result, State.ToString());
}

/// <summary>What an instance that waits shows of itself.</summary>
/// <param name="Decision">Id of the decision that asks; null while nobody is asked.</param>
public sealed record AskStatus(string Backlog, WorkItemRef Item, string? Decision, DateTimeOffset? Until);

/// <param name="Decision">Null when nothing was decided: the item is not there, or closed.</param>
/// <param name="Outcome">Null when the decision led to nothing.</param>
public sealed record TriageItemResult(WorkItemRef Item, string? Decision, OutcomeState? Outcome, IReadOnlyList<string> FailedSteps);
