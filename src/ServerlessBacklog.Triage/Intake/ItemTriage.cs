using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>
/// Starts the triage of an item, or tells the instance that is at it of the new revision, which withdraws an ask that is open. What gets
/// lost in the moment in which an instance ends is examined by the next sweep, which asks nobody: what it decides waits in the list of decisions.
/// </summary>
public static class ItemTriage
{
    /// <summary>An instance that ends between a refused start and a refused event leaves room for a new one.</summary>
    private const int MaxAttempts = 3;

    /// <remarks>What it starts or tells goes on with the trace of the span under way.</remarks>
    /// <param name="content">Content hash of the revision that is stored now.</param>
    public static async Task<TriageStart> StartAsync(
        IOrchestrationClient client, string backlog, WorkItemRef item, string content, CancellationToken cancellation)
    {
        var id = InstanceIds.OfItem(backlog, item);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await client.StartAsync(TriageItem.Ref, id, new TriageItemInput(backlog, item) { Trace = Tracing.Current }, cancellation) == StartAnswer.Started)
                return TriageStart.Started;
            if (await client.RaiseAsync(id, NewRevision.EventName, new NewRevision(content) { Trace = Tracing.Current }, cancellation) == RaiseAnswer.Delivered)
                return TriageStart.Told;
        }

        return TriageStart.Busy;
    }
}

public enum TriageStart
{
    Started,

    /// <summary>An instance is at the item and knows of the revision.</summary>
    Told,

    /// <summary>Instances began and ended too fast to be told; the item stays due.</summary>
    Busy,
}
