using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using static ServerlessBacklog.Adapters.Tests.People.IPlayedTracker;

namespace ServerlessBacklog.Adapters.Tests.People;

public sealed class GitHubAnswerTests : AnswerJourneys
{
    private protected override Task<PeopleHost> StartAsync(Autonomy autonomy) => PeopleHost.StartAsync(PlayedGitHub.StartAsync, ABug, autonomy);
}

public sealed class AzureDevOpsAnswerTests : AnswerJourneys
{
    private protected override Task<PeopleHost> StartAsync(Autonomy autonomy) => PeopleHost.StartAsync(PlayedAzureDevOps.StartAsync, ABug, autonomy);
}

/// <summary>An ask and what people say to it, from the webhook to the tracker.</summary>
public abstract class AnswerJourneys
{
    private protected abstract Task<PeopleHost> StartAsync(Autonomy autonomy = Autonomy.Suggest);

    private protected static IReadOnlyList<Change> ABug(WorkItem item) => [new AddLabel(new Label("bug"))];

    [Fact]
    public async Task A_yes_by_comment_is_carried_out_answered_once_and_written_down()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();
        (await host.AsksAsync(number)).ShouldHaveSingleItem().State.ShouldBe(AskState.Open);
        host.Tracker.Labels(number).ShouldBeEmpty();

        await host.SayAsync(number, Ada, "/backlog approve");

        host.Tracker.Labels(number).ShouldBe(["bug"]);
        host.Replies(number).ShouldHaveSingleItem().ShouldContain("Approved by");
        (await host.AsksAsync(number)).ShouldHaveSingleItem().State.ShouldBe(AskState.Approved);
        var audited = await host.AuditedAsync(number);
        foreach (var act in (string[])[AuditAct.Decided, AuditAct.Asked, AuditAct.Answered, AuditAct.Applied])
            audited.ShouldContain(act);
        host.Tracker.Called.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_yes_that_comes_twice_has_one_effect_and_one_reply()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();
        await host.SayAsync(number, Ada, "/backlog approve");
        var writes = host.Tracker.Writes;

        await host.DoAsync(host.RepeatCommentAsync);

        host.Replies(number).Count.ShouldBe(1);
        host.Tracker.Writes.ShouldBe(writes);
    }

    [Fact]
    public async Task A_person_without_rights_is_told_so_once()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();

        await host.SayAsync(number, Mallory, "/backlog approve");

        host.Tracker.Labels(number).ShouldBeEmpty();
        host.Replies(number).ShouldHaveSingleItem().ShouldContain("you may not give it here");
        (await host.AsksAsync(number)).ShouldHaveSingleItem().State.ShouldBe(AskState.Open);
    }

    [Fact]
    public async Task What_is_quoted_shown_as_code_edited_in_or_said_by_a_bot_is_no_command()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();
        var comment = 0L;
        await host.DoAsync(() => host.Tracker.QuoteAsync(number, Ada, "/backlog approve"));
        await host.DoAsync(() => host.Tracker.ShowCodeAsync(number, Ada, "/backlog approve"));
        await host.DoAsync(async () => comment = await host.Tracker.CommentAsync(number, Ada, "I wonder about this one."));
        await host.DoAsync(() => host.Tracker.EditCommentAsync(number, comment, Ada, "/backlog approve"));
        if (host.Tracker.KnowsBots)
            await host.DoAsync(() => host.Tracker.BotCommentsAsync(number, "/backlog approve"));

        host.Tracker.Labels(number).ShouldBeEmpty();
        host.Replies(number).ShouldBeEmpty();
        (await host.AsksAsync(number)).ShouldContain(a => a.State == AskState.Open);
    }

    [Fact]
    public async Task Of_two_who_answer_at_once_one_counts_and_the_other_is_told()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();

        await host.DoAsync(() => Task.WhenAll(
            host.Tracker.CommentAsync(number, Ada, "/backlog approve"),
            host.Tracker.CommentAsync(number, Grace, "/backlog reject because it is no bug")));

        var ask = (await host.AsksAsync(number)).ShouldHaveSingleItem();
        ask.State.ShouldBeOneOf(AskState.Approved, AskState.Rejected);
        host.Tracker.Labels(number).Count.ShouldBe(ask.State == AskState.Approved ? 1 : 0);
        host.Replies(number).Count.ShouldBe(2);
        host.Replies(number).Count(r => r.Contains("That is settled", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_yes_to_an_item_that_was_edited_meanwhile_does_nothing_and_it_is_examined_anew()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();
        var asked = (await host.AsksAsync(number)).ShouldHaveSingleItem().Decision;

        await host.DoAsync(() => host.Tracker.EditBodyAsync(number, Rita, "Steps: something else. Expected: one thing. Actual: another."));
        await host.SayAsync(number, Ada, $"/backlog approve {asked}");

        host.Tracker.Labels(number).ShouldBeEmpty();
        host.Replies(number).ShouldHaveSingleItem().ShouldContain("withdrawn");
        var asks = await host.AsksAsync(number);
        asks.Single(a => a.Decision == asked).State.ShouldBe(AskState.Withdrawn);
        asks.Single(a => a.Decision != asked).State.ShouldBe(AskState.Open);
    }

    [Fact]
    public async Task A_yes_that_comes_too_late_is_told_so()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();

        await host.PassAsync(TimeSpan.FromDays(8));
        await host.SayAsync(number, Ada, "/backlog approve");

        host.Tracker.Labels(number).ShouldBeEmpty();
        host.Replies(number).ShouldHaveSingleItem().ShouldContain("it ran out on");
        (await host.AuditedAsync(number)).ShouldContain(AuditAct.Expired);
    }

    [Fact]
    public async Task What_was_approved_while_writing_is_stopped_is_not_done_later_by_itself()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();
        var writes = host.Tracker.Writes;

        await host.StopWritesAsync();
        await host.SayAsync(number, Ada, "/backlog approve");

        host.Tracker.Writes.ShouldBe(writes);
        await host.AllowWritesAsync();
        await host.PassAsync(TimeSpan.FromDays(2));
        host.Tracker.Labels(number).ShouldBeEmpty();
        (await host.AuditedAsync(number)).ShouldContain(AuditAct.NotApplied);
    }

    [Fact]
    public async Task In_shadow_mode_no_command_changes_anything()
    {
        await using var host = await StartAsync(Autonomy.Shadow);
        var number = await host.OpenAsync();
        var before = host.Tracker.State(number);

        foreach (var command in (string[])["approve", "pin P1", "assign me", "estimate 5", "undo", "status"])
            await host.SayAsync(number, Ada, $"/backlog {command}");

        host.Tracker.State(number).ShouldBe(before);
        host.Tracker.OurComments(number).ShouldBeEmpty();
        host.Tracker.Writes.ShouldBe(0);
    }
}
