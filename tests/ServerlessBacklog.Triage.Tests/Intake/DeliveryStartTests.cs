using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Intake;

public class DeliveryStartTests
{
    private readonly IntakeDriver driver = new();

    [Fact]
    public async Task A_pending_delivery_is_brought_in_started_and_marked()
    {
        await driver.ReceiveAsync("github:owner/repo#1 Crash on save");

        (await driver.StartAsync()).ShouldBe(1);

        (await driver.ItemAsync(1)).ShouldNotBeNull().Title.ShouldBe("Crash on save");
        driver.Client.Asked.ShouldBe(["triage github:owner/repo#1 of owner/repo"]);
        (await driver.DeliveryAsync()).State.ShouldBe(DeliveryState.Started);
        (await driver.StartAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_backlog_that_begins_with_a_webhook_knows_where_the_rest_of_it_is()
    {
        await driver.ReceiveAsync("github:owner/repo#1 Crash");

        await driver.StartAsync();

        (await driver.Store.CursorAsync("owner/repo", ImportItems.SourceCursor, CancellationToken.None)).ShouldBe("github:owner/repo");
    }

    [Fact]
    public async Task A_project_that_is_kept_under_another_name_stays_there()
    {
        await driver.Store.SetCursorAsync("shop", ImportItems.SourceCursor, "github:owner/repo", CancellationToken.None);
        await driver.ReceiveAsync("github:owner/repo#1 Crash");

        await driver.StartAsync();

        driver.Client.Asked.ShouldBe(["triage github:owner/repo#1 of shop"]);
        (await driver.Store.FindItemsAsync("shop", [An.Ref(1)], CancellationToken.None)).Count.ShouldBe(1);
    }

    /// <summary>As the loop beside the calls and the minute timer do in one process.</summary>
    [Fact]
    public async Task Two_rounds_at_once_start_a_delivery_once()
    {
        await driver.ReceiveAsync("github:owner/repo#1 Crash");
        using var bothAreOn = new ManualResetEventSlim();
        driver.Client.Before = bothAreOn.Wait;

        var rounds = new[] { driver.StartAsync(), driver.StartAsync() };
        bothAreOn.Set();

        (await Task.WhenAll(rounds)).Sum().ShouldBe(1);
        driver.Client.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_start_that_was_lost_before_the_mark_is_repeated()
    {
        await driver.ReceiveAsync("github:owner/repo#1 Crash");
        driver.Client.Before = () => throw new IOException("The process dies here.");
        (await driver.StartAsync()).ShouldBe(0);

        driver.Client.Before = () => { };
        (await driver.StartAsync()).ShouldBe(1);

        driver.Client.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_instance_that_is_at_the_item_is_told()
    {
        driver.Client.Runs(InstanceIds.OfItem("owner/repo", An.Ref(1)));
        await driver.ReceiveAsync("github:owner/repo#1 Crash");

        await driver.StartAsync();

        driver.Client.Asked.ShouldHaveSingleItem().ShouldStartWith("tell ");
    }

    [Fact]
    public async Task What_we_did_ourselves_is_taken_in_and_is_no_news()
    {
        driver.Hooks.Shape = told => told with { IsOwn = true, Actor = new Person("backlog[bot]", IsBot: true) };
        await driver.ReceiveAsync("github:owner/repo#1 Labeled by us");

        await driver.StartAsync();

        (await driver.ItemAsync(1)).ShouldNotBeNull();
        driver.Client.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_bot_did_begins_no_triage_and_overtakes_one_that_waits()
    {
        driver.Hooks.Shape = told => told with { Actor = new Person("dependabot[bot]", IsBot: true) };
        await driver.ReceiveAsync("github:owner/repo#1 Bump", "1");
        await driver.StartAsync();
        driver.Client.Asked.ShouldBeEmpty();

        driver.Client.Runs(InstanceIds.OfItem("owner/repo", An.Ref(1)));
        await driver.ReceiveAsync("github:owner/repo#1 Bump again", "2");
        await driver.StartAsync();

        driver.Client.Asked.ShouldHaveSingleItem().ShouldStartWith("tell ");
    }

    [Fact]
    public async Task A_deleted_item_goes_and_what_waits_for_it_is_told()
    {
        await driver.ReceiveAsync("github:owner/repo#1 Crash", "1");
        await driver.StartAsync();
        driver.Client.Runs(InstanceIds.OfItem("owner/repo", An.Ref(1)));
        driver.Hooks.Shape = told => told with { Kind = EventKind.Removed };

        await driver.ReceiveAsync("github:owner/repo#1 Crash", "2");
        await driver.StartAsync();

        (await driver.ItemAsync(1)).ShouldBeNull();
        driver.Client.Asked[^1].ShouldStartWith("tell ");
    }

    [Fact]
    public async Task An_item_of_which_only_a_change_was_told_is_triaged_too()
    {
        await driver.ReceiveAsync("github:owner/repo#1");

        await driver.StartAsync();

        (await driver.ItemAsync(1)).ShouldBeNull("Its triage looks at it.");
        driver.Client.Asked.ShouldBe(["triage github:owner/repo#1 of owner/repo"]);
    }

    [Fact]
    public async Task The_far_end_of_a_link_is_triaged_as_well()
    {
        driver.Hooks.Shape = told => told with { Others = [An.Ref(2)] };
        await driver.ReceiveAsync("github:owner/repo#1 Crash");

        await driver.StartAsync();

        driver.Client.Asked.ShouldBe(["triage github:owner/repo#1 of owner/repo", "triage github:owner/repo#2 of owner/repo"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_pull_request_is_history_and_is_not_triaged()
    {
        driver.Hooks.Shape = told => told with { State = told.State! with { Kind = WorkItemKind.PullRequest } };
        await driver.ReceiveAsync("github:owner/repo#1 Mend it");

        await driver.StartAsync();

        (await driver.ItemAsync(1)).ShouldNotBeNull();
        driver.Client.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_person_took_away_is_remembered()
    {
        var off = new HumanOverride("label:bug", null, "ada", An.Instant);
        driver.Hooks.Shape = told => told with { Overrides = [off] };
        await driver.ReceiveAsync("github:owner/repo#1 Crash");

        await driver.StartAsync();

        (await driver.Store.OverridesAsync("owner/repo", An.Ref(1), CancellationToken.None)).ShouldBe([off]);
    }

    [Fact]
    public async Task A_delivery_that_fails_time_and_again_is_put_aside_and_holds_nobody_up()
    {
        await driver.ReceiveAsync("github:owner/repo#1 Poison", "1");
        await driver.ReceiveAsync("github:owner/repo#2 Fine", "2");
        driver.Hooks.Before = request => _ = request.Body.Length > 0 && request.Header("X-GitHub-Delivery") == "1" ? throw new InvalidDataException("poison") : 0;

        for (var round = 0; round < DeliveryStart.MaxTries; round++)
            await driver.StartAsync();

        (await driver.PendingAsync()).ShouldBeEmpty();
        var aside = (await driver.Deliveries.RecentAsync(10, CancellationToken.None)).Single(d => d.State == DeliveryState.Failed);
        aside.Id.ShouldBe("1");
        aside.Why.ShouldNotBeNull().ShouldNotContain("poison", customMessage: "A fault may hold text of a tracker.");
        driver.Client.Asked.ShouldBe(["triage github:owner/repo#2 of owner/repo"]);
    }
}
