using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Waits;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>All activities. A new one is a file beside this one, a line here, and a stub in the Functions shell.</summary>
public static class ActivityList
{
    public static IReadOnlyList<ActivityEntry> All { get; } =
    [
        ActivityEntry.Of<PlanSweep, PlanRequest, SweepPlan>(PlanSweep.Ref),
        ActivityEntry.Of<ExaminePage, PageRequest, PageResult>(ExaminePage.Ref),
        ActivityEntry.Of<FinishSweep, SweepReport, SweepReport>(FinishSweep.Ref),
        ActivityEntry.Of<PullChanges, PullRequest, PulledPage>(PullChanges.Ref),
        ActivityEntry.Of<FindMissing, MissingRequest, MissingItems>(FindMissing.Ref),
        ActivityEntry.Of<PlanItem, ItemRequest, ItemPlan>(PlanItem.Ref),
        ActivityEntry.Of<RunStep, StepRequest, StepAnswer>(RunStep.Ref),
        ActivityEntry.Of<RecordDecision, DecisionRequest, RecordedDecision>(RecordDecision.Ref),
        ActivityEntry.Of<ApplyDecision, ApplyRequest, OutcomeState>(ApplyDecision.Ref),
        ActivityEntry.Of<RecordOutcome, OutcomeRequest, OutcomeState>(RecordOutcome.Ref),
        ActivityEntry.Of<LookAtWait, WaitInput, WaitLook>(LookAtWait.Ref),
    ];
}
