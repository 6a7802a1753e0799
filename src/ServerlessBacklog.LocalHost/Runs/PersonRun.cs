using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Questions;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Says something as the operator of this machine, and stays with it until it is carried out.</summary>
internal sealed class PersonRun(LocalRunner.LocalRunner runner, CommandDesk desk, AnswerDesk answers, ChatDesk chat, IBacklogStore store, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Who speaks: the person who is signed in on this machine, unless told otherwise.</summary>
    public static string Operator(string? named) => named is { Length: > 0 } ? named : Environment.UserName is { Length: > 0 } user ? user : "operator";

    /// <param name="text">As in a comment, with or without its prefix.</param>
    public async Task<(CommandAnswer Answer, DecisionOutcome? Outcome)> SayAsync(string backlog, WorkItemRef item, string by, string text, CancellationToken cancellation)
    {
        await runner.StartAsync(cancellation);
        var now = time.GetUtcNow();
        var saying = new Saying(backlog, item, new Person(by), now, text, $"{Guid.NewGuid():n}") { IsOperator = true };
        var answer = await desk.DoAsync(runner, saying, cancellation);
        return (answer, answer.Decision is { } decision ? await FollowAsync(backlog, item, decision, Patience, cancellation) : null);
    }

    /// <summary>Asks, or confirms a plan, as the operator of this machine.</summary>
    public async Task<(ChatAnswer Answer, DecisionOutcome? Outcome)> AskAsync(string backlog, string by, string text, string? confirm, CancellationToken cancellation)
    {
        if (confirm is not null)
            await runner.StartAsync(cancellation);
        var answer = await chat.AnswerAsync(runner, new ChatAsk(backlog, new Person(by), text, confirm) { IsOperator = true }, cancellation);
        return (answer, answer is { Decision: { } decision, Item: { } item } ? await FollowAsync(backlog, item, decision, Patience, cancellation) : null);
    }

    public async Task<(AnswerReply Reply, DecisionOutcome? Outcome)> AnswerAsync(
        string backlog, WorkItemRef item, string? decision, ApprovalAnswer answer, CancellationToken cancellation)
    {
        await runner.StartAsync(cancellation);
        var reply = await answers.AnswerAsync(runner, backlog, item, decision, answer, cancellation);
        return (reply, reply is { Kind: AnswerKind.Taken, Decision: { } taken } ? await FollowAsync(backlog, item, taken, Patience, cancellation) : null);
    }

    /// <returns>What became of it; null when it is not carried out within a while.</returns>
    public async Task<DecisionOutcome?> FollowAsync(string backlog, WorkItemRef item, string decision, TimeSpan patience, CancellationToken cancellation)
    {
        var id = InstanceIds.OfCarryOut(backlog, item, decision);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience; await Task.Delay(LookEvery, cancellation))
        {
            var state = await runner.FindAsync(id, cancellation);
            if (state is { HasEnded: true, Error: { } error })
                throw new UserErrorException($"It could not be carried out: {error.TrimEnd('.')}. 'backlog status' shows what is under way.");
            var outcome = await store.OutcomeAsync(backlog, item, decision, cancellation);
            if (outcome is not { State: not (OutcomeState.Asked or OutcomeState.Applying) })
                continue;
            // What is written down after the act, the audit log first of all, has to be there before this program ends.
            if (state is null or { HasEnded: true } && !await IsBusyAsync(backlog, item, decision, waited.Elapsed, cancellation))
                return outcome;
        }

        return await store.OutcomeAsync(backlog, item, decision, cancellation) is { State: not (OutcomeState.Asked or OutcomeState.Applying) } late ? late : null;
    }

    /// <summary>True while the triage that asked is still at it; one that goes on with another revision of the item is not waited for.</summary>
    private async Task<bool> IsBusyAsync(string backlog, WorkItemRef item, string decision, TimeSpan waited, CancellationToken cancellation) =>
        waited < TimeSpan.FromSeconds(10)
        && (await store.DecisionsAsync(backlog, item, cancellation)).Any(d => d.Id == decision && d.By is null)
        && await runner.FindAsync(InstanceIds.OfItem(backlog, item), cancellation) is { HasEnded: false };
}
