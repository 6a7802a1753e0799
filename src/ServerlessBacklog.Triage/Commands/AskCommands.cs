using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>Commands that answer what is asked on the item.</summary>
public sealed class AskCommands(AnswerDesk answers, IWatchStore? watch = null)
{
    public async Task<CommandEffect> ApproveAsync(IOrchestrationClient client, Saying saying, ApproveCommand command, CancellationToken cancellation)
    {
        if (await answers.AskedAsync(client, saying.Backlog, saying.Item, command.Decision, cancellation) is not { } asked)
            return CommandEffect.Error(command.Decision is null ? "Nothing is asked here." : $"There is no decision {command.Decision} here.");
        var open = asked.Changes.Where(c => c.Verdict == Verdict.Ask).Select(c => c.Change).ToList();
        var only = new List<string>();
        foreach (var word in command.Only)
        {
            var meant = open.Where(c => IsMeant(c, word)).Select(c => c.Slot).ToList();
            if (meant.Count == 0)
                return CommandEffect.Error($"'{word}' is not among what is asked: {List(open)}.");
            only.AddRange(meant);
        }

        var answer = new ApprovalAnswer(true, saying.By.Login)
        {
            Only = only.Count > 0 ? [.. only.Distinct()] : null,
            With = command.With.Count > 0 ? [.. command.With.Select(w => new SetField(w.Field, w.Value))] : null,
        };
        var approved = answer.Only is null ? open : [.. open.Where(c => answer.Only.Contains(c.Slot))];
        return Told(await answers.AnswerAsync(client, saying.Backlog, saying.Item, asked.Id, answer, cancellation), $"Approved by {saying.By}: {List(approved)}.");
    }

    public async Task<CommandEffect> RejectAsync(IOrchestrationClient client, Saying saying, RejectCommand command, CancellationToken cancellation) => Told(
        await answers.AnswerAsync(client, saying.Backlog, saying.Item, command.Decision, new ApprovalAnswer(false, saying.By.Login, command.Because), cancellation),
        "Rejected. It is not asked again.");

    public async Task<CommandEffect> SnoozeAsync(IOrchestrationClient client, Saying saying, SnoozeCommand command, CancellationToken cancellation)
    {
        var until = command.Until is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : saying.At.AddDays(command.Days);
        var reply = await answers.AnswerAsync(client, saying.Backlog, saying.Item, null, new ApprovalAnswer(false, saying.By.Login) { SnoozeUntil = until }, cancellation);
        if (watch is null || reply.Kind == AnswerKind.Wrong)
            return Told(reply, $"Put off: it is asked again on {until:yyyy-MM-dd}.");
        // Nobody is reminded of the item either; where nothing is asked, that is all that can be meant.
        await watch.SnoozeAsync(saying.Backlog, saying.Item, until, cancellation);
        return new CommandEffect(reply.Kind == AnswerKind.Taken ? $"Put off: it is asked again on {until:yyyy-MM-dd}, and nobody is reminded before." : $"Put off: nobody is reminded of this item before {until:yyyy-MM-dd}.");
    }

    /// <summary>A yes to the children that are proposed, and to nothing else.</summary>
    public async Task<CommandEffect> SplitAsync(IOrchestrationClient client, Saying saying, CancellationToken cancellation)
    {
        var children = (await answers.AskedAsync(client, saying.Backlog, saying.Item, null, cancellation))?.Changes.Where(c => c is { Verdict: Verdict.Ask, Change: AddChild }).Select(c => c.Change).ToList() ?? [];
        if (children.Count == 0)
            return CommandEffect.Error("No children are proposed here: the item does not look as if it held several pieces of work, or the step 'split' may not suggest.");
        var answer = new ApprovalAnswer(true, saying.By.Login) { Only = [.. children.Select(c => c.Slot)] };
        return Told(await answers.AnswerAsync(client, saying.Backlog, saying.Item, null, answer, cancellation), $"Splitting: {List(children)}.");
    }

    private static bool IsMeant(Change change, string word) =>
        change.Slot.Equals(word, StringComparison.OrdinalIgnoreCase)
        || change.Slot.Split(':')[0].Equals(word, StringComparison.OrdinalIgnoreCase)
        || change.Slot.Split(':')[^1].Equals(word, StringComparison.OrdinalIgnoreCase);

    private static CommandEffect Told(AnswerReply reply, string taken) => reply.Kind == AnswerKind.Taken ? new CommandEffect(taken) : CommandEffect.Error(reply.Why!);

    private static string List(IEnumerable<Change> changes) => string.Join("; ", changes.Select(c => c.Describe()));
}
