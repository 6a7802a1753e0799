using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Waits;
using static ServerlessBacklog.Adapters.Tests.People.IPlayedTracker;

namespace ServerlessBacklog.Adapters.Tests.People;

public sealed class GitHubWaitTests : WaitJourneys
{
    private protected override Task<PeopleHost> StartAsync() => PeopleHost.StartAsync(PlayedGitHub.StartAsync, ADuplicate);
}

public sealed class AzureDevOpsWaitTests : WaitJourneys
{
    private protected override Task<PeopleHost> StartAsync() => PeopleHost.StartAsync(PlayedAzureDevOps.StartAsync, ADuplicate);
}

/// <summary>Where nobody has said which account is ours.</summary>
public sealed class UnnamedAzureDevOpsWaitTests : WaitJourneys
{
    private protected override Task<PeopleHost> StartAsync() => PeopleHost.StartAsync(PlayedAzureDevOps.StartUnnamedAsync, ADuplicate);
}

/// <summary>A close that is approved, announced, objected to or made, and reopened.</summary>
public abstract class WaitJourneys
{
    private const string Second = "Basket loses everything when I log in";

    private protected abstract Task<PeopleHost> StartAsync();

    /// <summary>The second item repeats the one before it.</summary>
    private protected static IReadOnlyList<Change> ADuplicate(WorkItem item) => item.Title != Second ? []
        : [new AddLink(LinkKind.DuplicateOf, Before(item)), new Close(CloseReason.Duplicate, Before(item))];

    public static TheoryData<Objection> Objections { get; } = [.. Enum.GetValues<Objection>()];

    [Fact]
    public async Task An_approved_duplicate_is_announced_and_closed_with_its_link_after_seven_days()
    {
        await using var host = await StartAsync();
        var (first, number) = await AnnouncedAsync(host);
        host.Notices(number).ShouldHaveSingleItem().Text.ShouldContain("will be closed as a duplicate");
        host.Tracker.IsOpen(number).ShouldBeTrue();

        await host.PassAsync(TimeSpan.FromDays(6));
        host.Tracker.IsOpen(number).ShouldBeTrue();
        await host.PassAsync(TimeSpan.FromDays(1.5));

        host.Tracker.IsOpen(number).ShouldBeFalse();
        host.Tracker.DuplicateOf(number).ShouldBe(first);
        (await host.WaitsAsync(number)).ShouldHaveSingleItem().State.ShouldBe(WaitState.Done);
        await host.AuditedAsync(number);
    }

    [Theory]
    [MemberData(nameof(Objections))]
    public async Task Whoever_objects_in_whatever_way_stops_it_for_good(Objection objection)
    {
        await using var host = await StartAsync();
        var (_, number) = await AnnouncedAsync(host);
        await host.PassAsync(TimeSpan.FromDays(2));

        await host.DoAsync(() => ObjectAsync(host, number, objection));
        await host.PassAsync(TimeSpan.FromDays(7));

        host.Tracker.IsOpen(number).ShouldBeTrue();
        (await host.WaitsAsync(number)).ShouldHaveSingleItem().State.ShouldBe(WaitState.Vetoed);
        if (objection != Objection.NoticeDeleted)
            host.Notices(number).ShouldHaveSingleItem().Text.ShouldContain("This item stays open");
        await host.TriageAsync(number);
        await host.DoAsync(() => host.Tracker.EditBodyAsync(number, Rita, "Steps: log in once more. Expected: full. Actual: empty."));
        (await host.DecisionsAsync(number)).First(d => d.By is null).Changes.Where(c => c.Verdict != Verdict.Drop).ShouldNotContain(c => c.Change is Close);
        await host.SayAsync(number, Ada, "/backlog approve");
        await host.PassAsync(TimeSpan.FromDays(9));
        host.Tracker.IsOpen(number).ShouldBeTrue();
        await host.AuditedAsync(number);
    }

    [Fact]
    public async Task Undo_within_the_wait_takes_the_notice_away_and_nothing_is_closed()
    {
        await using var host = await StartAsync();
        var (_, number) = await AnnouncedAsync(host);

        await host.SayAsync(number, Grace, "/backlog undo");
        await host.PassAsync(TimeSpan.FromDays(9));

        host.Notices(number).ShouldBeEmpty();
        host.Tracker.DuplicateOf(number).ShouldBeNull();
        host.Tracker.IsOpen(number).ShouldBeTrue();
        (await host.WaitsAsync(number)).ShouldHaveSingleItem().State.ShouldBe(WaitState.Vetoed);
        await host.TriageAsync(number);
        (await host.DecisionsAsync(number)).First(d => d.By is null).Changes.Where(c => c.Verdict != Verdict.Drop).ShouldNotContain(c => c.Change is Close);
    }

    [Fact]
    public async Task A_thumbs_down_of_somebody_who_has_no_part_in_it_stops_nothing()
    {
        await using var host = await StartAsync();
        var (_, number) = await AnnouncedAsync(host);

        await host.DoAsync(() => host.Tracker.ThumbsDownAsync(number, host.Notices(number)[0].Id, Mallory));
        await host.PassAsync(TimeSpan.FromDays(7.5));

        host.Tracker.IsOpen(number).ShouldBeFalse();
    }

    [Fact]
    public async Task A_close_whose_day_comes_while_writing_is_stopped_is_made_afterwards()
    {
        await using var host = await StartAsync();
        var (_, number) = await AnnouncedAsync(host);

        await host.StopWritesAsync();
        await host.PassAsync(TimeSpan.FromDays(9));
        host.Tracker.IsOpen(number).ShouldBeTrue();
        await host.AllowWritesAsync();
        await host.PassAsync(TimeSpan.FromDays(2));

        host.Tracker.IsOpen(number).ShouldBeFalse();
    }

    [Fact]
    public async Task A_comment_of_the_author_within_seven_days_reopens_what_was_closed()
    {
        await using var host = await StartAsync();
        var number = await ClosedAsync(host);

        await host.SayAsync(number, Rita, "It is not the same: mine is the mobile site.");

        host.Tracker.IsOpen(number).ShouldBeTrue();
        host.Replies(number).ShouldContain(r => r.Contains("Reopened", StringComparison.Ordinal));
        await host.TriageAsync(number);
        (await host.DecisionsAsync(number)).First(d => d.By is null).Changes.Where(c => c.Verdict != Verdict.Drop).ShouldNotContain(c => c.Change is Close);
    }

    [Fact]
    public async Task A_comment_of_somebody_else_reopens_nothing()
    {
        await using var host = await StartAsync();
        var number = await ClosedAsync(host);

        await host.SayAsync(number, Mallory, "I have it too.");

        host.Tracker.IsOpen(number).ShouldBeFalse();
    }

    [Fact]
    public async Task The_author_reopens_by_command_within_thirty_days_and_is_helped_afterwards()
    {
        await using var host = await StartAsync();
        var number = await ClosedAsync(host);
        await host.PassAsync(TimeSpan.FromDays(25));
        await host.SayAsync(number, Rita, "Still there.");
        host.Tracker.IsOpen(number).ShouldBeFalse();

        await host.SayAsync(number, Rita, "/backlog reopen because it is another one");

        host.Tracker.IsOpen(number).ShouldBeTrue();
    }

    [Fact]
    public async Task After_thirty_days_the_author_is_told_what_to_do_instead_of_reopening()
    {
        await using var host = await StartAsync();
        var number = await ClosedAsync(host);
        await host.PassAsync(TimeSpan.FromDays(31));

        await host.SayAsync(number, Rita, "/backlog reopen");

        host.Tracker.IsOpen(number).ShouldBeFalse();
        host.Replies(number)[^1].ShouldContain("open a new item");
    }

    public enum Objection
    {
        Comment,
        ThumbsDownOfTheAuthor,
        KeepLabel,
        BodyEdited,
        NoticeDeleted,
        KeepCommand,
    }

    private static WorkItemRef Before(WorkItem item) =>
        new(item.Ref.Tracker, item.Ref.Project, (int.Parse(item.Ref.Number, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture));

    private static Task ObjectAsync(PeopleHost host, int number, Objection objection) => objection switch
    {
        Objection.Comment => host.Tracker.CommentAsync(number, Mallory, "I read this and think it is another one."),
        Objection.ThumbsDownOfTheAuthor => host.Tracker.ThumbsDownAsync(number, host.Notices(number)[0].Id, Rita),
        Objection.KeepLabel => host.Tracker.LabelAsync(number, Grace, "keep-open"),
        Objection.BodyEdited => host.Tracker.EditBodyAsync(number, Rita, "Steps: log in on the phone. Expected: full. Actual: empty."),
        Objection.NoticeDeleted => host.Tracker.DeleteCommentAsync(number, host.Notices(number)[0].Id, Ada),
        _ => host.Tracker.CommentAsync(number, Mallory, "/backlog keep because I need it"),
    };

    private static async Task<(int First, int Number)> AnnouncedAsync(PeopleHost host)
    {
        var first = await host.OpenAsync("The basket is empty after login", by: Mallory);
        var number = await host.OpenAsync(Second);
        await host.SayAsync(number, Ada, "/backlog approve");
        host.Notices(number).ShouldHaveSingleItem();
        return (first, number);
    }

    private static async Task<int> ClosedAsync(PeopleHost host)
    {
        var (_, number) = await AnnouncedAsync(host);
        await host.PassAsync(TimeSpan.FromDays(7.5));
        host.Tracker.IsOpen(number).ShouldBeFalse();
        return number;
    }
}
