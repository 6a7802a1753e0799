using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Waits;

/// <param name="Decision">Id of the decision that was approved.</param>
/// <param name="Now">The moment of the look.</param>
public sealed record WaitInput(string Backlog, WorkItemRef Item, string Decision, DateTimeOffset Now) : ITraced
{
    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.About(Backlog, Item).SetTag(SpanTags.Decision, Decision);
}

/// <summary>How a wait stands after a look.</summary>
/// <param name="DueAt">When the close is due; null once it is settled.</param>
/// <param name="Decision">What is to be carried out now: the close, or the word that it is called off. Null for nothing.</param>
/// <param name="Answer">In whose name.</param>
public sealed record WaitLook(WaitState State, DateTimeOffset? DueAt, string? Decision = null, ApprovalAnswer? Answer = null);
