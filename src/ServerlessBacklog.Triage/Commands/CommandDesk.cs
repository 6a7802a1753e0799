using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>
/// Hears commands, from whatever channel: reads them, asks the tracker whether the person may give them, and turns them into a decision in the person's name
/// that is carried out as any other. Heard twice, a command is carried out once. What is wrong with one is told to the person, not to a log.
/// </summary>
public sealed class CommandDesk(
    IBacklogStore store, TrackerRoles roles, ItemRefresh refresh, ItemCommands items, AskCommands asks, UndoCommands undo, TellCommands tell, NextItems next, TimeProvider time)
{
    /// <summary>Hears the commands of a new comment and answers them there.</summary>
    /// <returns>True when the item has to be decided anew.</returns>
    public async Task<bool> HearAsync(IOrchestrationClient client, string backlog, WorkItemRef item, WorkItemComment comment, CancellationToken cancellation)
    {
        var retriage = false;
        foreach (var saying in Saying.In(backlog, item, comment))
        {
            if (await ItemAsync(saying, cancellation) is not { } now || await WasHeardAsync(saying, cancellation))
                continue;
            var effect = await EffectAsync(client, saying, now, cancellation);
            retriage |= effect.Retriage;
            await CarryOutAsync(client, saying, now, effect, answered: true, cancellation);
        }

        return retriage;
    }

    /// <summary>A comment of the author on an item that was closed here: within some days it reopens it, without a command (FEATURES §4.3).</summary>
    public async Task HearAuthorAsync(IOrchestrationClient client, string backlog, WorkItemRef item, WorkItemComment comment, CancellationToken cancellation)
    {
        if (await store.FindItemsAsync(backlog, [item], cancellation) is not [{ IsOpen: false, Kind: WorkItemKind.Item } stored] || !comment.Author.Equals(stored.Reporter))
            return;
        var saying = new Saying(backlog, item, comment.Author, comment.At, "reopen", Saying.KeyOf(item, comment, 0));
        if (await items.ReopenedByCommentAsync(saying, stored, cancellation) && await ItemAsync(saying, cancellation) is { IsOpen: false } now && !await WasHeardAsync(saying, cancellation))
            await CarryOutAsync(client, saying, now, await items.ReopenAsync(saying, new ReopenCommand(null), now, mayTriage: false, cancellation), answered: true, cancellation);
    }

    /// <summary>Hears one command that is answered where it was given, not on the item.</summary>
    public async Task<CommandAnswer> DoAsync(IOrchestrationClient client, Saying saying, CancellationToken cancellation)
    {
        if (await ItemAsync(saying, cancellation) is not { } now)
            return new CommandAnswer($"There is no item {saying.Item} in backlog '{saying.Backlog}'.", true, null);
        var effect = await EffectAsync(client, saying, now, cancellation);
        var decision = await CarryOutAsync(client, saying, now, effect, answered: false, cancellation);
        return new CommandAnswer(effect.Reply, effect.IsError, decision);
    }

    /// <summary>Whether a command could be given, without giving it: understood, on an item that is here, by somebody who may.</summary>
    public async Task<CommandPreview> PreviewAsync(Saying saying, CancellationToken cancellation)
    {
        var reading = CommandParser.Parse(saying.Text);
        if (reading.Command is null)
            return new CommandPreview(null, reading.Problem);
        if (await ItemAsync(saying, cancellation) is not { } now)
            return new CommandPreview(null, $"There is no item {saying.Item} in backlog '{saying.Backlog}'.");
        return new CommandPreview(now, Refused(saying, reading.Command, now, await MayTriageAsync(saying, cancellation)));
    }

    private async Task<CommandEffect> EffectAsync(IOrchestrationClient client, Saying saying, WorkItem now, CancellationToken cancellation)
    {
        var reading = CommandParser.Parse(saying.Text);
        if (reading.Command is not { } command)
            return CommandEffect.Error(reading.Problem!);
        var mayTriage = await MayTriageAsync(saying, cancellation);
        return Refused(saying, command, now, mayTriage) is { } why ? CommandEffect.Error(why) : await RunAsync(client, saying, command, now, mayTriage, cancellation);
    }

    private async Task<bool> MayTriageAsync(Saying saying, CancellationToken cancellation) =>
        saying.IsOperator || await roles.OfAsync(saying.Item, saying.By, cancellation) >= TrackerRole.Triager;

    private static string? Refused(Saying saying, Command command, WorkItem now, bool mayTriage)
    {
        var right = CommandWords.Of(command).Right;
        return !mayTriage && (right == CommandRight.Triager || (right == CommandRight.AuthorOrTriager && !saying.By.Equals(now.Reporter)))
            ? $"`{CommandText.Prefix} {CommandWords.Of(command).Word}` is for {TellCommands.Words(right)}; by your role in the tracker you may not give it here."
            : null;
    }

    private async Task<CommandEffect> RunAsync(IOrchestrationClient client, Saying saying, Command command, WorkItem now, bool mayTriage, CancellationToken cancellation) => command switch
    {
        HelpCommand help => TellCommands.Help(help),
        StatusCommand => await tell.StatusAsync(saying, cancellation),
        WhyCommand why => await tell.WhyAsync(saying, why, cancellation),
        NextCommand => await next.ForAsync(saying, cancellation),
        KeepCommand keep => await items.KeepAsync(saying, keep, now, cancellation),
        PinCommand pin => await items.PinAsync(saying, pin, now, cancellation),
        UnpinCommand unpin => await items.UnpinAsync(saying, unpin, cancellation),
        EstimateCommand estimate => ItemCommands.Estimate(estimate),
        AssignCommand assign => ItemCommands.Assign(saying, assign, now),
        ChildCommand child => ItemCommands.Child(child, now),
        UnassignCommand unassign => await items.UnassignAsync(saying, unassign, now, cancellation),
        DuplicateOfCommand duplicate => await items.DuplicateOfAsync(saying, duplicate, now, cancellation),
        NotDuplicateCommand not => await items.NotDuplicateAsync(saying, not, now, mayTriage, cancellation),
        ReopenCommand reopen => await items.ReopenAsync(saying, reopen, now, mayTriage, cancellation),
        ObjectCommand against => await tell.ObjectAsync(saying, against, cancellation),
        ApproveCommand yes => await asks.ApproveAsync(client, saying, yes, cancellation),
        RejectCommand no => await asks.RejectAsync(client, saying, no, cancellation),
        SnoozeCommand later => await asks.SnoozeAsync(client, saying, later, cancellation),
        SplitCommand => await asks.SplitAsync(client, saying, cancellation),
        UndoCommand back => await undo.UndoAsync(saying, now, back.Decision, cancellation),
        _ => throw new ArgumentException($"Nobody carries out '{command.GetType().Name}'.", nameof(command)),
    };

    /// <returns>The id of the decision that carries it out; null when there is nothing to write.</returns>
    private async Task<string?> CarryOutAsync(IOrchestrationClient client, Saying saying, WorkItem now, CommandEffect effect, bool answered, CancellationToken cancellation)
    {
        var changes = effect.Changes.ToList();
        if (answered && Reply(saying, now, effect) is { } reply)
            changes.Add((PersonalDecision.Step, reply));
        if (changes.Count == 0)
            return null;
        var decision = PersonalDecision.Of(now, saying.By.Login, time.GetUtcNow(), saying.Key, changes, $"{saying.By} said: {CommandParser.Shown(saying.Text)}") with { Undoes = effect.Undoes };
        await store.AppendDecisionAsync(saying.Backlog, decision, cancellation);
        await client.StartAsync(
            CarryOut.Ref, InstanceIds.OfCarryOut(saying.Backlog, saying.Item, decision.Id),
            new CarryOutInput(saying.Backlog, saying.Item, decision.Id, new ApprovalAnswer(true, saying.By.Login)) { Trace = Tracing.Current }, cancellation);
        return decision.Id;
    }

    private static AddReply? Reply(Saying saying, WorkItem now, CommandEffect effect)
    {
        var text = new OutgoingText { Home = saying.Item, MayName = effect.MayName, Hosts = now.Url is { } url ? [url.Authority] : [] }.Clean(effect.Reply).Text;
        return text is null ? null : new AddReply(saying.Key, $"{text.TrimEnd()}\n\n---\n\n*This comment is automated: ServerlessBacklog wrote it because {saying.By.Login} gave a command. `{CommandText.Prefix} help` says what can be said.*\n");
    }

    /// <summary>The item as it is in its tracker now, or as it is stored.</summary>
    private async Task<WorkItem?> ItemAsync(Saying saying, CancellationToken cancellation)
    {
        await refresh.TryAsync(saying.Backlog, saying.Item, cancellation);
        return await store.FindItemsAsync(saying.Backlog, [saying.Item], cancellation) is [{ Kind: WorkItemKind.Item } item] ? item : null;
    }

    private async Task<bool> WasHeardAsync(Saying saying, CancellationToken cancellation) =>
        (await store.DecisionsAsync(saying.Backlog, saying.Item, cancellation)).Any(d => d.By is not null && d.Changes.Any(c => c.Change is AddReply reply && reply.Name == saying.Key));
}
