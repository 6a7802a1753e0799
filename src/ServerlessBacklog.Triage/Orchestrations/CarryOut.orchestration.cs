using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <summary>
/// Carries out what a person agreed to or told the system to do, where no triage of the item is waiting for it: an ask of a sweep, one that was put off, a
/// command, an undo, a close whose wait is over.
/// </summary>
public sealed class CarryOut : IOrchestration<CarryOutInput, OutcomeState>
{
    public static OrchestrationRef<CarryOutInput, OutcomeState> Ref { get; } = new("CarryOut");

    public Task<OutcomeState> RunAsync(IOrchestrationContext context, CarryOutInput input) =>
        context.CallAsync(ApplyDecision.Ref, new ApplyRequest(input.Backlog, input.Item, input.Decision, context.UtcNow, input.Answer) { Trace = input.Trace });
}
