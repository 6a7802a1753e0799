using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Tests.Orchestrations;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Triage.Tests.Waits;

/// <summary>From the approval of a close to its end, on the real runner with a clock of the test's.</summary>
public class WaitTests
{
    private static readonly Close Duplicate = new(CloseReason.Duplicate, An.Ref(7));

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task An_approved_close_is_announced_and_made_after_seven_days_of_silence()
    {
        await using var driver = await ApprovedAsync();

        driver.Tracker.Written.ShouldHaveSingleItem().ShouldBeOfType<GiveNotice>().Markdown.ShouldContain("2026-06-08");
        (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Waiting);
        await TickAsync(driver, 6);
        driver.Tracker.Written.Count.ShouldBe(1);
        await TickAsync(driver, 2);

        driver.Tracker.Written.Count.ShouldBe(2);
        driver.Tracker.Written[1].ShouldBe(Duplicate);
        (await WaitAsync(driver)).State.ShouldBe(WaitState.Done);
        (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Applied);
    }

    [Fact]
    public async Task A_comment_within_the_wait_stops_it_for_good_and_the_notice_says_so()
    {
        await using var driver = await ApprovedAsync();
        await TickAsync(driver, 2);
        var item = await ItemAsync(driver);
        driver.Tracker.Looks = _ => ItemLook.Of(item with { History = new WorkItemHistory { IsKnown = true, Comments = [new(new Person("rita"), driver.Runtime.Now, "It is another one.")] } });

        await TickAsync(driver, 10);

        driver.Tracker.Written.OfType<Close>().ShouldBeEmpty();
        driver.Tracker.Written.OfType<GiveNotice>().Last().Markdown.ShouldContain("stays open");
        (await WaitAsync(driver)).State.ShouldBe(WaitState.Vetoed);
        (await driver.Store.OverridesAsync(TriageItemDriver.Backlog, An.Ref(1), CancellationToken.None)).ShouldHaveSingleItem().Forbids(Duplicate).ShouldBeTrue();
        (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.NotApplied);
    }

    [Fact]
    public async Task A_thumbs_down_counts_from_the_author_and_from_whoever_may_triage_and_from_nobody_else()
    {
        await using var stranger = await ApprovedAsync();
        stranger.Tracker.Against[Notice.Name((await stranger.DecisionAsync()).Id)] = [new Person("passer-by")];
        await using var triager = await ApprovedAsync();
        triager.Tracker.Roles["tom"] = TrackerRole.Triager;
        triager.Tracker.Against[Notice.Name((await triager.DecisionAsync()).Id)] = [new Person("tom")];
        await using var author = await ApprovedAsync();
        author.Tracker.Against[Notice.Name((await author.DecisionAsync()).Id)] = [new Person("rita")];

        foreach (var driver in new[] { stranger, triager, author })
            await TickAsync(driver, 8);

        stranger.Tracker.Written.OfType<Close>().Count().ShouldBe(1);
        triager.Tracker.Written.OfType<Close>().ShouldBeEmpty();
        author.Tracker.Written.OfType<Close>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_its_notice_nothing_is_closed()
    {
        await using var driver = await ApprovedAsync();
        driver.Tracker.DeleteNotice(Notice.Name((await driver.DecisionAsync()).Id));

        await TickAsync(driver, 30);

        driver.Tracker.Written.OfType<Close>().ShouldBeEmpty();
    }

    [Fact]
    public async Task While_writing_is_stopped_it_is_not_closed_and_afterwards_it_is()
    {
        await using var driver = await ApprovedAsync();
        await driver.Writes.StopAsync(new WriteStop("too much", An.Instant), CancellationToken.None);
        await TickAsync(driver, 9);
        driver.Tracker.Written.OfType<Close>().ShouldBeEmpty();
        (await WaitAsync(driver)).State.ShouldBe(WaitState.Waiting);

        await driver.Writes.AllowAsync(CancellationToken.None);
        await TickAsync(driver, 2);

        driver.Tracker.Written.OfType<Close>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task An_objection_between_the_last_look_and_the_close_still_stops_it()
    {
        await using var driver = await ApprovedAsync();
        await TickAsync(driver, 6);
        var decision = (await driver.DecisionAsync()).Id;
        driver.Runtime.Attempts.Before = attempt =>
        {
            if (attempt.Activity == "ApplyDecision")
                driver.Tracker.Against[Notice.Name(decision)] = [new Person("rita")];
            return Task.CompletedTask;
        };

        await TickAsync(driver, 5);

        driver.Tracker.Written.OfType<Close>().ShouldBeEmpty();
        (await WaitAsync(driver)).State.ShouldBe(WaitState.Vetoed);
    }

    [Fact]
    public async Task A_wait_of_two_weeks_is_a_due_row_and_no_instance_that_sleeps_for_long()
    {
        await using var driver = await ApprovedAsync(new Close(CloseReason.NotPlanned));

        await TickAsync(driver, 3);
        (await driver.Client.FindAsync(InstanceIds.OfWait(TriageItemDriver.Backlog, An.Ref(1), (await driver.DecisionAsync()).Id), CancellationToken.None)).ShouldNotBeNull().HasEnded.ShouldBeTrue();
        await TickAsync(driver, 10);
        driver.Tracker.Written.OfType<Close>().ShouldBeEmpty();
        await TickAsync(driver, 2);

        driver.Tracker.Written.OfType<Close>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Whenever_the_process_dies_it_is_announced_once_and_closed_once()
    {
        for (var commits = 1; commits <= 12; commits++)
        {
            await using var driver = await ApprovedAsync();
            driver.Runtime.CrashAfter(commits);
            for (var day = 0; day < 9; day++)
            {
                await driver.Runtime.AdvanceAsync(Day);
                if (driver.Runtime.HasCrashed)
                    await driver.Runtime.RestartAsync();
                await LookAsync(driver);
            }

            driver.Tracker.Written.OfType<GiveNotice>().Count().ShouldBe(1, $"after {commits}");
            driver.Tracker.Written.OfType<Close>().Count().ShouldBe(1, $"after {commits}");
        }
    }

    /// <summary>An item whose close was asked about and approved.</summary>
    private static async Task<TriageItemDriver> ApprovedAsync(Close? close = null)
    {
        var driver = await TriageItemDriver.CreateAsync(new TriageSettings { Policy = TriageItemDriver.Auto }, oneByOne: false, new FakeStep("duplicates").Proposing(close ?? Duplicate, 0.99));
        var item = An.Item(1) with { Reporter = new Person("rita"), History = new WorkItemHistory { IsKnown = true } };
        await driver.SaveAsync(item);
        driver.Tracker.Looks = _ => ItemLook.Of(item);
        await driver.TriageAsync();
        await driver.AnswerAsync(approved: true);
        return driver;
    }

    /// <summary>Days pass; the timer looks at waits after each.</summary>
    private static async Task TickAsync(TriageItemDriver driver, int days)
    {
        for (var day = 0; day < days; day++)
        {
            await LookAsync(driver);
            await driver.Runtime.AdvanceAsync(Day);
        }
    }

    private static async Task LookAsync(TriageItemDriver driver)
    {
        await driver.Upkeep.LookAtWaitsAsync(driver.Client, CancellationToken.None);
        await driver.Runtime.SettleAsync();
    }

    private static async Task<Wait> WaitAsync(TriageItemDriver driver) =>
        (await driver.Pending.WaitsAsync(TriageItemDriver.Backlog, CancellationToken.None)).ShouldHaveSingleItem();

    private static async Task<WorkItem> ItemAsync(TriageItemDriver driver) =>
        (await driver.Store.FindItemsAsync(TriageItemDriver.Backlog, [An.Ref(1)], CancellationToken.None)).Single();
}
