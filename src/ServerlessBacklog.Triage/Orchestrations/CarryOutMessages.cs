using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <param name="Decision">Id of the decision.</param>
/// <param name="Answer">The person's yes.</param>
public sealed record CarryOutInput(string Backlog, WorkItemRef Item, string Decision, ApprovalAnswer Answer)
{
    public string? Trace { get; init; }
}
