using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Waits;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <summary>
/// All orchestrations in all versions that may have instances in flight. A new one is a file beside this one, a line here, and a stub in
/// the Functions shell.
/// </summary>
public static class OrchestrationList
{
    public static IReadOnlyList<OrchestrationEntry> All { get; } =
    [
        OrchestrationEntry.Of<TriageItem, TriageItemInput, TriageItemResult>(TriageItem.Ref),
        OrchestrationEntry.Of<CarryOut, CarryOutInput, OutcomeState>(CarryOut.Ref),
        OrchestrationEntry.Of<WaitForVeto, WaitInput, WaitState>(WaitForVeto.Ref),
        OrchestrationEntry.Of<SweepBacklog, SweepInput, SweepReport>(SweepBacklog.Ref),
        OrchestrationEntry.Of<ReconcileBacklog, ReconcileInput, ReconcileReport>(ReconcileBacklog.Ref),
    ];
}
