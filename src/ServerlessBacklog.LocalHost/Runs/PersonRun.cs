using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Questions;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Says something as the operator of this machine, and stays with it until it is carried out.</summary>
internal sealed class PersonRun(LocalRunner.LocalRunner runner, CommandDesk desk, AnswerDesk answers, ChatDesk chat, DecisionFollowing following, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Who speaks: the person who is signed in on this machine, unless told otherwise.</summary>
    public static string Operator(string? named) => named is { Length: > 0 } ? named : Environment.UserName is { Length: > 0 } user ? user : "operator";

    /// <param name="text">As in a comment, with or without its prefix.</param>
    public async Task<(CommandAnswer Answer, DecisionOutcome? Outcome)> SayAsync(string backlog, WorkItemRef item, string by, string text, CancellationToken cancellation)
    {
        await runner.StartAsync(cancellation);
        var now = time.GetUtcNow();
        var saying = new Saying(backlog, item, new Person(by), now, text, $"{Guid.NewGuid():n}") { IsOperator = true };
        var answer = await desk.DoAsync(runner, saying, cancellation);
        return (answer, answer.Decision is { } decision ? await FollowAsync(backlog, item, decision, cancellation) : null);
    }

    /// <summary>Asks, or confirms a plan, as the operator of this machine.</summary>
    public async Task<(ChatAnswer Answer, DecisionOutcome? Outcome)> AskAsync(string backlog, string by, string text, string? confirm, CancellationToken cancellation)
    {
        if (confirm is not null)
            await runner.StartAsync(cancellation);
        var answer = await chat.AnswerAsync(runner, new ChatAsk(backlog, new Person(by), text, confirm) { IsOperator = true }, cancellation);
        return (answer, answer is { Decision: { } decision, Item: { } item } ? await FollowAsync(backlog, item, decision, cancellation) : null);
    }

    public async Task<(AnswerReply Reply, DecisionOutcome? Outcome)> AnswerAsync(
        string backlog, WorkItemRef item, string? decision, ApprovalAnswer answer, CancellationToken cancellation)
    {
        await runner.StartAsync(cancellation);
        var reply = await answers.AnswerAsync(runner, backlog, item, decision, answer, cancellation);
        return (reply, reply is { Kind: AnswerKind.Taken, Decision: { } taken } ? await FollowAsync(backlog, item, taken, cancellation) : null);
    }

    private Task<DecisionOutcome?> FollowAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        following.FollowAsync(runner, backlog, item, decision, Patience, cancellation);
}
