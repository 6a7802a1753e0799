using System.Diagnostics;
using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Takes answers from the review page, as the operator of this machine, while the program serves, and says what became of them.</summary>
internal sealed class ReviewRun(LocalRunner.LocalRunner runner, CommandDesk desk, AnswerDesk answers, PersonRun follow, TimeProvider time)
{
    /// <summary>How long a page is kept waiting for what is being carried out, all of a batch together.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="answer">The same for each.</param>
    public async Task<ReviewSaid> AnswerAsync(string backlog, IReadOnlyCollection<(WorkItemRef Item, string Decision)> picks, ApprovalAnswer answer, CancellationToken cancellation)
    {
        var replies = new List<(WorkItemRef Item, AnswerReply Reply)>();
        foreach (var (item, decision) in picks)
            replies.Add((item, await answers.AnswerAsync(runner, backlog, item, decision, answer, cancellation)));
        var lines = new List<SaidLine>();
        var waited = Stopwatch.StartNew();
        foreach (var (item, reply) in replies)
        {
            lines.Add(reply is { Kind: AnswerKind.Taken, Decision: { } taken }
                ? await ToldAsync(item, () => follow.FollowAsync(backlog, item, taken, Patience - waited.Elapsed, cancellation), outcome => Said(answer, outcome))
                : new SaidLine($"{Name(item)}: {reply.Why}", true, []));
        }

        return new ReviewSaid(lines);
    }

    /// <summary>Calls an announced close off, and any that may be proposed later.</summary>
    public async Task<ReviewSaid> KeepAsync(string backlog, WorkItemRef item, string by, CancellationToken cancellation)
    {
        var saying = new Saying(backlog, item, new Person(by), time.GetUtcNow(), "keep", $"{Guid.NewGuid():n}") { IsOperator = true };
        var answer = await desk.DoAsync(runner, saying, cancellation);
        return new ReviewSaid([answer is { IsError: false, Decision: { } decision }
            ? await ToldAsync(item, () => follow.FollowAsync(backlog, item, decision, Patience, cancellation), _ => (answer.Reply, false))
            : new SaidLine($"{Name(item)}: {answer.Reply}", answer.IsError, [])]);
    }

    private static async Task<SaidLine> ToldAsync(WorkItemRef item, Func<Task<DecisionOutcome?>> following, Func<DecisionOutcome?, (string Text, bool IsRefused)> said)
    {
        try
        {
            var outcome = await following();
            var (text, isRefused) = said(outcome);
            return new SaidLine($"{Name(item)}: {text}", isRefused, [.. (outcome?.Changes ?? []).Select(Told)]);
        }
        catch (UserErrorException failed)
        {
            return new SaidLine($"{Name(item)}: {failed.Message}", true, []);
        }
    }

    private static (string Text, bool IsRefused) Said(ApprovalAnswer answer, DecisionOutcome? outcome) => (answer, outcome?.State) switch
    {
        (_, OutcomeState.Superseded) => ("the item changed meanwhile. Nothing was done, and it is decided anew.", true),
        ({ SnoozeUntil: { } until }, _) => ($"put off until {Show.Day(until)}.", false),
        ({ Approved: false }, _) => ("rejected; it is not asked again.", false),
        (_, OutcomeState.Applied) => outcome!.Changes.All(c => c.State == ChangeState.NotApplied) ? ("approved, but nothing could be changed.", true) : ("approved.", false),
        _ => ("approved; it is still being carried out.", false),
    };

    private static string Told(ChangeOutcome change) =>
        $"{OutcomeText.Words(change.State)}: {Show.Short(change.Change.Describe(), 160)}{(change.Why is null ? "" : $" ({Show.Short(change.Why, 200)})")}";

    private static string Name(WorkItemRef item) => Show.Short(char.IsAsciiDigit(item.Number[0]) ? $"#{item.Number}" : item.Number, 60);
}
