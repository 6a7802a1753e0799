using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Review;

/// <summary>Stays with what a person said until it is carried out.</summary>
public sealed class DecisionFollowing(IBacklogStore store)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <returns>What became of it; null when it is not carried out within a while.</returns>
    /// <exception cref="UserErrorException">It could not be carried out.</exception>
    public async Task<DecisionOutcome?> FollowAsync(IOrchestrationClient client, string backlog, WorkItemRef item, string decision, TimeSpan patience, CancellationToken cancellation)
    {
        var id = InstanceIds.OfCarryOut(backlog, item, decision);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience; await Task.Delay(LookEvery, cancellation))
        {
            var state = await client.FindAsync(id, cancellation);
            if (state is { HasEnded: true, Error: { } error })
                throw new UserErrorException($"It could not be carried out: {error.TrimEnd('.')}. 'backlog status' shows what is under way.");
            var outcome = await store.OutcomeAsync(backlog, item, decision, cancellation);
            if (outcome is not { State: not (OutcomeState.Asked or OutcomeState.Applying) })
                continue;
            // What is written down after the act, the audit log first of all, has to be there before this program ends.
            if (state is null or { HasEnded: true } && !await IsBusyAsync(client, backlog, item, decision, waited.Elapsed, cancellation))
                return outcome;
        }

        return await store.OutcomeAsync(backlog, item, decision, cancellation) is { State: not (OutcomeState.Asked or OutcomeState.Applying) } late ? late : null;
    }

    /// <summary>True while the triage that asked is still at it; one that goes on with another revision of the item is not waited for.</summary>
    private async Task<bool> IsBusyAsync(IOrchestrationClient client, string backlog, WorkItemRef item, string decision, TimeSpan waited, CancellationToken cancellation) =>
        waited < TimeSpan.FromSeconds(10)
        && (await store.DecisionsAsync(backlog, item, cancellation)).Any(d => d.Id == decision && d.By is null)
        && await client.FindAsync(InstanceIds.OfItem(backlog, item), cancellation) is { HasEnded: false };
}
