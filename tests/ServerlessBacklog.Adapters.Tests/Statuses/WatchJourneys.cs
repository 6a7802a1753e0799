using System.Diagnostics;
using ServerlessBacklog.Adapters.Tests.People;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;
using static ServerlessBacklog.Adapters.Tests.People.IPlayedTracker;

namespace ServerlessBacklog.Adapters.Tests.Statuses;

public sealed class GitHubWatchTests : WatchJourneys
{
    private protected override Task<PeopleHost> StartAsync(Autonomy autonomy) => PeopleHost.StartAsync(PlayedGitHub.StartAsync, ABug, autonomy);
}

public sealed class AzureDevOpsWatchTests : WatchJourneys
{
    private protected override Task<PeopleHost> StartAsync(Autonomy autonomy) => PeopleHost.StartAsync(PlayedAzureDevOps.StartAsync, ABug, autonomy);
}

/// <summary>Reminders, alerts and scores that follow a change, on a clock that a test moves.</summary>
public abstract class WatchJourneys
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private protected abstract Task<PeopleHost> StartAsync(Autonomy autonomy);

    private protected static IReadOnlyList<Change> ABug(WorkItem item) => [new AddLabel(new Label("bug"))];

    [Fact]
    public async Task A_question_is_reminded_of_once_on_its_third_day()
    {
        await using var host = await StartAsync(Autonomy.Suggest);
        await host.OpenAsync();

        await host.WatchForAsync(TimeSpan.FromHours(71), TimeSpan.FromHours(1));
        host.Told.ShouldBeEmpty();
        await host.WatchForAsync(TimeSpan.FromHours(2), TimeSpan.FromHours(1));
        await host.WatchForAsync(2 * Day, TimeSpan.FromHours(6));

        var told = host.Told.ShouldHaveSingleItem();
        told.Digest.Kind.ShouldBe(DigestKind.Approval);
        told.Text.ShouldContain("3 days");
    }

    [Fact]
    public async Task A_question_that_was_answered_or_put_off_is_not_reminded_of()
    {
        await using var host = await StartAsync(Autonomy.Suggest);
        var (answered, later) = (await host.OpenAsync(), await host.OpenAsync("The basket is slow"));
        await host.SayAsync(answered, Ada, "/backlog approve");
        await host.SayAsync(later, Ada, "/backlog snooze 6d");

        await host.WatchForAsync(5 * Day, TimeSpan.FromHours(12));

        host.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_that_rests_climbs_its_ladder_and_a_word_of_a_person_ends_it()
    {
        await using var host = await StartAsync(Autonomy.Shadow);
        await host.GoByAsync(new TriageSettings());
        var number = await host.OpenAsync();
        await host.DoAsync(() => host.Tracker.AssignAsync(number, Grace, Ada));
        await host.DoAsync(() => host.Tracker.MoveAsync(number, Ada, host.Tracker.Statuses.Doing));

        await host.WatchForAsync(13 * Day, TimeSpan.FromHours(12));
        host.Told.Select(t => t.Person).ShouldBe([host.Tracker.Login(Ada), host.Tracker.Login(Ada)]);
        await host.SayAsync(number, Ada, "I am at it again.");
        await host.WatchForAsync(6 * Day, TimeSpan.FromHours(12));
        host.Told.Count.ShouldBe(2);
        await host.SayAsync(number, Ada, "/backlog snooze 10d");
        await host.WatchForAsync(9 * Day, TimeSpan.FromHours(12));

        host.Told.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_leads_is_told_when_two_reminders_did_not_help()
    {
        await using var host = await StartAsync(Autonomy.Shadow);
        await host.GoByAsync(new TriageSettings { Reminders = new() { Lead = "grace" }, Alerts = new() { BlockedDays = 0 } });
        var number = await host.OpenAsync();
        await host.DoAsync(() => host.Tracker.AssignAsync(number, Grace, Ada));
        await host.DoAsync(() => host.Tracker.MoveAsync(number, Ada, host.Tracker.Statuses.Doing));

        await host.WatchForAsync(40 * Day, Day);

        host.Told.Select(t => t.Person).ShouldBe([host.Tracker.Login(Ada), host.Tracker.Login(Ada), "grace"]);
    }

    [Fact]
    public async Task An_item_that_is_blocked_for_too_long_is_told_once_until_it_was_free_for_a_day()
    {
        await using var host = await StartAsync(Autonomy.Shadow);
        await host.GoByAsync(new TriageSettings { Reminders = new() { Work = new(0, 0, 0) }, Alerts = new AlertSettings { BlockedDays = 5 } });
        var (blocked, blocker) = (await host.OpenAsync(), await host.OpenAsync("The session is lost at login"));
        await host.DoAsync(() => host.Tracker.MoveAsync(blocked, Ada, host.Tracker.Statuses.Doing));
        await host.DoAsync(() => host.Tracker.BlockAsync(blocked, blocker, Ada));

        await host.WatchForAsync(4 * Day, TimeSpan.FromHours(12));
        host.Told.ShouldBeEmpty();
        await host.WatchForAsync(4 * Day, TimeSpan.FromHours(12));
        // Free for some hours and blocked again: still the same.
        await host.DoAsync(() => host.Tracker.UnblockAsync(blocked, blocker, Ada));
        await host.WatchForAsync(TimeSpan.FromHours(12), TimeSpan.FromHours(6));
        await host.DoAsync(() => host.Tracker.BlockAsync(blocked, blocker, Ada));
        await host.WatchForAsync(6 * Day, TimeSpan.FromHours(12));

        host.Told.ShouldHaveSingleItem().Text.ShouldContain($"#{blocked} waits for #{blocker}");
        await host.DoAsync(() => host.Tracker.UnblockAsync(blocked, blocker, Ada));
        await host.WatchForAsync(2 * Day, TimeSpan.FromHours(12));
        await host.DoAsync(() => host.Tracker.BlockAsync(blocked, blocker, Ada));
        await host.WatchForAsync(6 * Day, TimeSpan.FromHours(12));
        host.Told.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_changed_priority_scores_what_hangs_on_it_again_within_the_minute_and_nothing_else()
    {
        await using var host = await StartAsync(Autonomy.Shadow);
        await host.GoByAsync(new TriageSettings());
        var (blocker, blocked, other) = (await host.OpenAsync("The session is lost at login"), await host.OpenAsync(), await host.OpenAsync("Print the invoice"));
        await host.DoAsync(() => host.Tracker.SetPriorityAsync(blocked, Ada, host.Tracker.Priorities.Low));
        await host.DoAsync(() => host.Tracker.BlockAsync(blocked, blocker, Ada));
        var untouched = (await host.DecisionsAsync(other)).Count;
        var seconds = new List<double>();
        var scores = new List<double>();

        for (var round = 0; round < 10; round++)
        {
            var watch = Stopwatch.StartNew();
            await host.DoAsync(() => host.Tracker.SetPriorityAsync(blocked, Ada, round % 2 == 0 ? host.Tracker.Priorities.High : host.Tracker.Priorities.Low));
            seconds.Add(watch.Elapsed.TotalSeconds);
            scores.Add((await host.FindingAsync(blocker, StepName.Priority))!.Score!.Value);
        }

        scores.Where((_, i) => i % 2 == 0).Min().ShouldBeGreaterThan(scores.Where((_, i) => i % 2 == 1).Max());
        seconds.Order().ElementAt(9).ShouldBeLessThan(60);
        (await host.DecisionsAsync(other)).Count.ShouldBe(untouched);
    }
}
