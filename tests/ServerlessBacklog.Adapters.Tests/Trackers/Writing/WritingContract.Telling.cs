using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Writing;

public abstract partial class WritingContract
{
    [Fact]
    public async Task A_notice_is_a_comment_of_its_own_that_is_edited_in_place()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new AddComment("A triage comment."), "d0");

        ShouldBeApplied(await ApplyAsync(item, new GiveNotice("d1", "It will be closed on May 1.")));
        ShouldBeApplied(await ApplyAsync(item, new GiveNotice("d10", "Another.")));
        ShouldBeApplied(await ApplyAsync(item, new GiveNotice("d1", "It will be closed on May 3."), "d1b"));

        Comments(item).Count.ShouldBe(3);
        Comments(item)[0].ShouldStartWith("A triage comment.");
        Comments(item)[1].ShouldStartWith("It will be closed on May 3.");
        Comments(item)[2].ShouldStartWith("Another.");
        (await LookAsync(item)).History.Comments.ShouldAllBe(c => c.IsOurs && c.Author.IsBot);
    }

    [Fact]
    public async Task A_notice_that_is_removed_leaves_all_other_comments()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new AddComment("A triage comment."), "d0");
        await ApplyAsync(item, new GiveNotice("d1", "It will be closed."));
        await ApplyAsync(item, new GiveNotice("d2", "Another."));
        await ApplyAsync(item, new AddReply("c1", "Done."));

        ShouldBeApplied(await ApplyAsync(item, new RemoveNotice("d1")));
        ShouldBeApplied(await ApplyAsync(item, new RemoveNotice("d1"), "again"));

        Comments(item).Select(c => c.Split('\n')[0]).ShouldBe(["A triage comment.", "Another.", "Done."]);
    }

    [Fact]
    public async Task A_notice_is_given_once_when_the_answer_is_lost()
    {
        var item = await CreateAsync("Crash");

        ShouldBeApplied(await ApplyWithCrashAsync(item, new GiveNotice("d1", "It will be closed."), "POST", "/comments"));

        Writes.ShouldBe(1);
        Comments(item).ShouldHaveSingleItem().ShouldStartWith("It will be closed.");
    }

    [Fact]
    public async Task A_notice_is_removed_once_when_the_answer_is_lost()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new GiveNotice("d1", "It will be closed."));

        ShouldBeApplied(await ApplyWithCrashAsync(item, new RemoveNotice("d1"), "DELETE", "/comments"));

        Writes.ShouldBe(2);
        Comments(item).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_is_written_once_when_the_answer_to_it_is_lost()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new AddReply("c0", "Yes."));

        ShouldBeApplied(await ApplyWithCrashAsync(item, new AddReply("c1", "It was a bug."), "POST", "/comments"));

        Writes.ShouldBe(2);
        Comments(item).Select(c => c.Split('\n')[0]).ShouldBe(["Yes.", "It was a bug."]);
    }

    [Fact]
    public async Task An_attempt_that_never_arrived_is_made_up_for()
    {
        var item = await CreateAsync("Crash");

        ShouldBeApplied(await ApplyAsync(item, new GiveNotice("d1", "It will be closed."), mayBeDone: true));
        ShouldBeApplied(await ApplyAsync(item, new AddReply("c1", "Done."), mayBeDone: true));

        Comments(item).Select(c => c.Split('\n')[0]).ShouldBe(["It will be closed.", "Done."]);
    }

    [Fact]
    public async Task A_command_has_one_answer_whoever_gives_it_again()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new AddReply("c1", "It was a bug."));

        ShouldBeApplied(await ApplyAsync(item, new AddReply("c1", "It was a feature."), "d2"));

        Comments(item).ShouldHaveSingleItem().ShouldStartWith("It was a bug.");
    }

    [Fact]
    public async Task Whoever_copies_a_notice_keeps_their_comment()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new GiveNotice("d1", "It will be closed."));
        await CommentAsync(item, Comments(item)[0]);
        var copy = Comments(item)[1];

        await ApplyAsync(item, new GiveNotice("d1", "Later."), "d1b");
        await ApplyAsync(item, new RemoveNotice("d1"));

        Comments(item).ShouldBe([copy]);
        (await Tracker.FindNoticeAsync(item, "d1", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_notice_cannot_be_given_without_the_right_to_write()
    {
        var item = await CreateAsync("Crash");

        foreach (var change in new Change[] { new GiveNotice("d1", "It will be closed."), new AddReply("c1", "Done.") })
            (await WhyReaderMayNotAsync(await LookAsync(item), change)).ShouldMatch("(?i)token|permission|right|write");

        Comments(item).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_cannot_end_its_mark()
    {
        var item = await CreateAsync("Crash");

        await ApplyAsync(item, new GiveNotice("a --> b", "It will be closed."));

        (await Tracker.FindNoticeAsync(item, "a --> b", None)).ShouldNotBeNull();
        (await Tracker.FindNoticeAsync(item, "a", None)).ShouldBeNull();
        (await LookAsync(item)).History.Comments.ShouldHaveSingleItem().IsOurs.ShouldBeTrue();
    }

    [Fact]
    public async Task A_notice_tells_when_it_was_given_first_and_who_is_against_it()
    {
        var item = await CreateAsync("Crash");
        await CommentAsync(item, "Me too.");
        var given = Clock.GetUtcNow();
        await ApplyAsync(item, new GiveNotice("d1", "It will be closed on May 1."));
        Clock.Advance(TimeSpan.FromDays(3));
        await ApplyAsync(item, new GiveNotice("d1", "It will be closed on May 3."), "d1b");
        await ReactAsync(item, 0, "eve");
        await ReactAsync(item, 1, "ada");
        await ReactAsync(item, 1, BotName);
        await ReactAsync(item, 1, "mona", isAgainst: false);

        var look = (await Tracker.FindNoticeAsync(item, "d1", None)).ShouldNotBeNull();

        look.At.ShouldBe(given);
        look.Against.ShouldBe([PersonOf("ada")]);
    }

    [Fact]
    public async Task All_who_are_against_a_notice_are_told_however_many_they_are()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new GiveNotice("d1", "It will be closed."));
        foreach (var number in Enumerable.Range(1, 230))
            await ReactAsync(item, 0, $"user{number}");

        var look = (await Tracker.FindNoticeAsync(item, "d1", None)).ShouldNotBeNull();

        look.Against.Select(p => p.Login).ShouldBe(Enumerable.Range(1, 230).Select(n => PersonOf($"user{n}").Login), ignoreOrder: true);
    }

    [Fact]
    public async Task A_notice_that_is_not_there_is_told_from_one_that_nobody_is_against()
    {
        var (item, gone) = (await CreateAsync("Crash"), await CreateAsync("Gone"));
        await ApplyAsync(gone, new GiveNotice("d1", "It will be closed."));
        await ApplyAsync(item, new AddReply("d1", "Done."));
        (await Tracker.FindNoticeAsync(gone, "d1", None)).ShouldNotBeNull().Against.ShouldBeEmpty();
        await DeleteAsync(gone);

        (await Tracker.FindNoticeAsync(item, "d1", None)).ShouldBeNull();
        (await Tracker.FindNoticeAsync(gone, "d1", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_notice_that_somebody_deleted_is_not_there_any_more()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new AddComment("A triage comment."), "d0");
        await ApplyAsync(item, new GiveNotice("d1", "It will be closed."));

        await DeleteCommentAsync(item, 1, "ada");

        (await Tracker.FindNoticeAsync(item, "d1", None)).ShouldBeNull();
        ShouldBeApplied(await ApplyAsync(item, new RemoveNotice("d1")));
        Comments(item).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_comes_back_of_notices_and_answers_is_our_own()
    {
        var item = await CreateAsync("Crash");
        var looked = await LookAsync(item);
        await ListenAsync();
        var tracker = Tracker;
        await tracker.ApplyAsync(looked, [new Effect("d1:notice", new GiveNotice("d1", "It will be closed."), false), new Effect("d1:reply", new AddReply("c1", "Done."), false)], None);
        await CommentAsync(item, "Me too.");

        var told = Told.Select(tracker.Hooks.Read).ToList();

        told.Select(e => (e.IsOwn, e.Comment!.IsOurs, e.IsNewComment)).ShouldBe([(true, true, false), (true, true, false), (false, false, true)]);
    }
}
