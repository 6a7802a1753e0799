using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>Takes changes of the system back, exactly, or says why one cannot be.</summary>
public sealed class UndoCommands(IBacklogStore store)
{
    /// <param name="decision">Null for the latest one that changed something and is not undone; our comment counts last.</param>
    /// <param name="item">As it is now.</param>
    public async Task<CommandEffect> UndoAsync(string backlog, WorkItem item, string? decision, CancellationToken cancellation)
    {
        var outcomes = await store.OutcomesAsync(backlog, item.Ref, cancellation);
        var outcome = decision is null
            ? outcomes.Where(o => o.Changes.Any(IsToUndo)).MaxBy(o => (o.Changes.Any(IsMeant), o.At))
            : outcomes.FirstOrDefault(o => o.Decision == decision);
        if (outcome is null)
            return CommandEffect.Error(decision is null ? "I have changed nothing here that could be taken back." : $"Decision {decision} has changed nothing here.");
        var undoing = Undoing.Of(item, outcome);
        var conflicts = string.Join("; ", undoing.Conflicts.Select(c => $"{c.Change.Describe()}: {c.Why}"));
        if (undoing.Changes.Count == 0)
            return CommandEffect.Error(conflicts.Length > 0 ? $"Nothing can be taken back: {conflicts}." : $"Nothing of decision {outcome.Decision} is left to take back.");
        return new CommandEffect($"Taking back: {string.Join("; ", undoing.Changes.Select(c => c.Describe()))}.{(conflicts.Length > 0 ? $" Left as it is: {conflicts}." : "")} I will not do it again here.")
        {
            Changes = [.. undoing.Changes.Select(c => (PersonalDecision.Step, c))],
            Undoes = outcome.Decision,
        };
    }

    /// <summary>Our comment follows every change of the item, also one that a person made since: it is meant only where there is nothing else.</summary>
    private static bool IsMeant(ChangeOutcome change) => IsToUndo(change) && change.Change is not AddComment;

    private static bool IsToUndo(ChangeOutcome change) => change is { State: ChangeState.Applied or ChangeState.Waiting, Inverse: not null, Change: not AddReply };
}
