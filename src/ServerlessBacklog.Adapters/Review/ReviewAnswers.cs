using System.Diagnostics;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Review;

/// <summary>Takes answers and commands from pages, as far as the person's role in the tracker goes, and says what became of them.</summary>
internal sealed class ReviewAnswers(CommandDesk desk, AnswerDesk answers, TrackerRoles roles, PageSpeakers speakers, DecisionFollowing following, TimeProvider time)
{
    /// <summary>How long a page is kept waiting for what is being carried out, all of a batch together.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="answer">The same for each.</param>
    public async Task<ReviewSaid> AnswerAsync(
        IOrchestrationClient client, PagePerson person, string backlog, IReadOnlyCollection<(WorkItemRef Item, string Decision)> picks, ApprovalAnswer answer, CancellationToken cancellation)
    {
        var replies = new List<(WorkItemRef Item, AnswerReply Reply)>();
        foreach (var (item, decision) in picks)
        {
            var (by, why) = await speakers.OfAsync(person, item, cancellation);
            replies.Add((item, by is null ? AnswerReply.Wrong(why!)
                : !by.IsOperator && await roles.OfAsync(item, by.Person, cancellation) < TrackerRole.Triager ? AnswerReply.Wrong($"{by.Person} may not triage items of {item.Project}, so the tracker says: a maintainer has to answer.")
                : await answers.AnswerAsync(client, backlog, item, decision, answer with { By = by.Person.Login }, cancellation)));
        }

        var lines = new List<SaidLine>();
        var waited = Stopwatch.StartNew();
        foreach (var (item, reply) in replies)
        {
            lines.Add(reply is { Kind: AnswerKind.Taken, Decision: { } taken }
                ? await ToldAsync(item, () => following.FollowAsync(client, backlog, item, taken, Patience - waited.Elapsed, cancellation), outcome => Said(answer, outcome))
                : new SaidLine($"{Name(item)}: {reply.Why}", true, []));
        }

        return new ReviewSaid(lines);
    }

    /// <summary>A command on one item: <c>undo</c>, <c>keep</c>, <c>not duplicate of #12</c> …</summary>
    public async Task<ReviewSaid> SayAsync(IOrchestrationClient client, PagePerson person, string backlog, WorkItemRef item, string command, CancellationToken cancellation)
    {
        var (by, why) = await speakers.OfAsync(person, item, cancellation);
        if (by is null)
            return new ReviewSaid([new SaidLine($"{Name(item)}: {why}", true, [])]);
        var saying = new Saying(backlog, item, by.Person, time.GetUtcNow(), command, $"{Guid.NewGuid():n}") { IsOperator = by.IsOperator };
        var answer = await desk.DoAsync(client, saying, cancellation);
        return new ReviewSaid([answer is { IsError: false, Decision: { } decision }
            ? await ToldAsync(item, () => following.FollowAsync(client, backlog, item, decision, Patience, cancellation), _ => (answer.Reply, false))
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
        ({ SnoozeUntil: { } until }, _) => ($"put off until {Show.Date(until)}.", false),
        ({ Approved: false }, _) => ("rejected; it is not asked again.", false),
        (_, OutcomeState.Applied) => outcome!.Changes.All(c => c.State == ChangeState.NotApplied) ? ("approved, but nothing could be changed.", true) : ("approved.", false),
        _ => ("approved; it is still being carried out.", false),
    };

    private static string Told(ChangeOutcome change) =>
        $"{Words(change.State)}: {ChangeLine.Cut(change.Change.Describe(), 160)}{(change.Why is null ? "" : $" ({ChangeLine.Cut(change.Why, 200)})")}";

    private static string Words(ChangeState state) => state switch
    {
        ChangeState.Applied => "done",
        ChangeState.Waiting => "announced",
        ChangeState.Undone => "taken back",
        ChangeState.NotApplied => "left",
        _ => "under way",
    };

    private static string Name(WorkItemRef item) => ChangeLine.Cut(Show.Number(item), 60);
}
