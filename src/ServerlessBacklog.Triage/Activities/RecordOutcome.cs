using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>Writes down that a person is asked, or that an ask ended without a change: refused, run out, or overtaken by a newer revision.</summary>
public sealed class RecordOutcome(IBacklogStore store, AuditTrail audit) : IActivity<OutcomeRequest, OutcomeState>
{
    public static ActivityRef<OutcomeRequest, OutcomeState> Ref { get; } = new("RecordOutcome", RetryPolicy.Default);

    public async Task<OutcomeState> RunAsync(OutcomeRequest request, CancellationToken cancellation)
    {
        var before = await store.OutcomeAsync(request.Backlog, request.Item, request.Decision, cancellation);
        await store.SaveOutcomeAsync(request.Backlog, new DecisionOutcome
        {
            Decision = request.Decision,
            Item = request.Item,
            State = request.State,
            At = request.At,
            By = request.Answer?.By,
            Note = request.Answer?.Note,
            Changes = before?.Changes ?? [],
        }, cancellation);
        await audit.RecordedAsync(request, cancellation);
        return request.State;
    }
}
