using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>Writes down that a person is asked, or that an ask ended without a change: refused, put off, run out, or overtaken by a newer revision.</summary>
public sealed class RecordOutcome(AskBook asks) : IActivity<OutcomeRequest, OutcomeState>
{
    public static ActivityRef<OutcomeRequest, OutcomeState> Ref { get; } = new("RecordOutcome", RetryPolicy.Default);

    public async Task<OutcomeState> RunAsync(OutcomeRequest request, CancellationToken cancellation)
    {
        await asks.NoteAsync(request, cancellation);
        return request.State;
    }
}
