using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Tests.Orchestrations;

namespace ServerlessBacklog.Triage.Tests.Commands;

/// <summary>Commands in comments, from the comment to what is written, on the real runner.</summary>
public class CommandDeskTests
{
    private static readonly Person Ada = new("ada");
    private static readonly Person Rita = new("rita");

    [Fact]
    public async Task A_command_of_somebody_who_may_is_done_and_answered_in_one_decision_of_theirs()
    {
        await using var driver = await DriverAsync();

        await SayAsync(driver, Ada, "/backlog assign @bob");

        driver.Tracker.Written[0].ShouldBe(new Assign(new Person("bob")));
        driver.Tracker.Written[1].ShouldBeOfType<AddReply>().Markdown.ShouldStartWith("Assigned to bob.");
        var decision = (await driver.DecisionsAsync()).ShouldHaveSingleItem();
        (decision.By, decision.Reason).ShouldBe(("ada", "ada said: assign @bob"));
    }

    [Fact]
    public async Task Several_commands_within_minutes_are_no_loop()
    {
        await using var driver = await DriverAsync();

        for (var points = 1; points <= 8; points++)
            await SayAsync(driver, Ada, $"/backlog estimate {points}", minutes: points);

        driver.Tracker.Written.OfType<SetField>().Count().ShouldBe(8);
        (await driver.Alarms.ListAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comment_that_is_heard_twice_is_carried_out_once()
    {
        await using var driver = await DriverAsync();

        await SayAsync(driver, Ada, "/backlog estimate 5");
        await SayAsync(driver, Ada, "/backlog estimate 5");

        driver.Tracker.Written.OfType<SetField>().Count().ShouldBe(1);
        driver.Tracker.Written.OfType<AddReply>().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("/backlog undo")]
    [InlineData("/backlog pin P1")]
    [InlineData("/backlog approve")]
    [InlineData("/backlog duplicate of #7")]
    [InlineData("/backlog unassign @bob")]
    public async Task Somebody_without_rights_is_told_so_and_nothing_else_happens(string text)
    {
        await using var driver = await DriverAsync();

        await SayAsync(driver, Rita, text);

        driver.Tracker.Written.ShouldHaveSingleItem().ShouldBeOfType<AddReply>().Markdown.ShouldContain("by your role in the tracker you may not");
        (await OverridesAsync(driver)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_misspelt_is_answered_with_the_nearest_command()
    {
        await using var driver = await DriverAsync();

        await SayAsync(driver, Ada, "/backlog asign @bob");

        driver.Tracker.Written.ShouldHaveSingleItem().ShouldBeOfType<AddReply>().Markdown.ShouldContain("Did you mean `/backlog assign @\u200Blogin | assign me`?");
    }

    [Fact]
    public async Task In_shadow_mode_nothing_is_written_whoever_speaks()
    {
        await using var driver = await DriverAsync(new DecisionPolicy());

        await SayAsync(driver, Ada, "/backlog assign @bob");

        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pin_holds_against_ten_rescores_until_it_is_unpinned()
    {
        var step = new FakeStep("priority").Proposing(new SetField(WorkItemField.Priority, "P4"));
        await using var driver = await DriverAsync(steps: step);
        await SayAsync(driver, Ada, "/backlog pin P1 because the customer waits");

        for (var round = 0; round < 10; round++)
            await driver.TriageAsync((await ItemAsync(driver)) with { Title = $"Something to do {round}" });

        driver.Tracker.Written.OfType<SetField>().ShouldBe([new SetField(WorkItemField.Priority, "P1")]);
        (await driver.DecisionAsync()).Changes.ShouldHaveSingleItem().Why.ShouldBe("ada pinned P1 on 2026-06-01 because the customer waits");

        await SayAsync(driver, Ada, "/backlog unpin", minutes: 5);
        await driver.TriageAsync((await ItemAsync(driver)) with { Title = "Something else to do" });

        driver.Tracker.Written.OfType<SetField>().Last().ShouldBe(new SetField(WorkItemField.Priority, "P4"));
    }

    [Fact]
    public async Task Undo_takes_the_latest_change_back_and_it_is_never_made_again()
    {
        var step = new FakeStep("type").Proposing(TriageItemDriver.Bug);
        await using var driver = await DriverAsync(steps: step);
        await driver.TriageAsync();
        var labelled = (await ItemAsync(driver)) with { Labels = [TriageItemDriver.Bug.Label] };
        await driver.SaveAsync(labelled);

        await SayAsync(driver, Ada, "/backlog undo");

        driver.Tracker.Written.ShouldContain(new RemoveLabel(TriageItemDriver.Bug.Label));
        (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Undone);
        await driver.TriageAsync(labelled with { Labels = [], Title = "Another title" });
        driver.Tracker.Written.OfType<AddLabel>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task What_somebody_has_changed_since_is_not_taken_back_and_the_answer_says_why()
    {
        await using var driver = await DriverAsync(steps: new FakeStep("type").Proposing(TriageItemDriver.Bug));
        await driver.TriageAsync();

        await SayAsync(driver, Ada, "/backlog undo");

        driver.Tracker.Written.OfType<RemoveLabel>().ShouldBeEmpty();
        driver.Tracker.Written.OfType<AddReply>().ShouldHaveSingleItem().Markdown.ShouldContain("somebody has taken the label 'bug' off");
    }

    [Fact]
    public async Task Undo_said_twice_does_not_undo_the_undo_and_no_persons_word()
    {
        await using var driver = await DriverAsync(steps: new FakeStep("type").Proposing(TriageItemDriver.Bug));
        await driver.TriageAsync();
        await driver.SaveAsync((await ItemAsync(driver)) with { Labels = [TriageItemDriver.Bug.Label] });
        await SayAsync(driver, Ada, "/backlog undo");
        await driver.SaveAsync((await ItemAsync(driver)) with { Labels = [] });
        await SayAsync(driver, Ada, "/backlog estimate 3", minutes: 2);

        await SayAsync(driver, Ada, "/backlog undo", minutes: 3);

        driver.Tracker.Written.OfType<AddLabel>().Count().ShouldBe(1);
        driver.Tracker.Written.OfType<ClearField>().ShouldBeEmpty();
        driver.Tracker.Written.OfType<AddReply>().Last().Markdown.ShouldContain("nothing here that could be taken back");
    }

    [Fact]
    public async Task An_announced_close_that_is_taken_back_while_writing_is_stopped_is_never_made()
    {
        await using var driver = await DriverAsync(steps: new FakeStep("staleness").Proposing(new Close(CloseReason.NotPlanned)), waits: new WaitSettings { NotPlannedDays = 3 });
        driver.Tracker.Looks = _ => ItemLook.Of(An.Item(1) with { Reporter = Rita, History = new WorkItemHistory { IsKnown = true } });
        await driver.TriageAsync();
        await driver.AnswerAsync(approved: true);
        await driver.Writes.StopAsync(new WriteStop("too much", An.Instant), CancellationToken.None);
        await SayAsync(driver, Ada, "/backlog undo");
        await driver.Writes.AllowAsync(CancellationToken.None);

        for (var day = 0; day < 6; day++)
        {
            await driver.Upkeep.LookAtWaitsAsync(driver.Client, CancellationToken.None);
            await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(1));
        }

        driver.Tracker.Written.OfType<GiveNotice>().Count().ShouldBe(1);
        driver.Tracker.Written.OfType<Close>().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_maintainer_closed_after_us_is_not_reopened_by_its_author()
    {
        await using var driver = await DriverAsync(steps: new FakeStep("staleness").Proposing(new Close(CloseReason.NotPlanned)));
        await driver.TriageAsync();
        await driver.AnswerAsync(approved: true);
        await driver.SaveAsync((await ItemAsync(driver)) with { State = WorkItemState.Closed, ClosedAt = An.Instant.AddDays(2) });

        await SayAsync(driver, Rita, "/backlog reopen", minutes: 5000);

        driver.Tracker.Written.OfType<Reopen>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Keep_by_anybody_calls_an_announced_close_off_and_says_so_in_the_notice()
    {
        await using var driver = await DriverAsync(steps: new FakeStep("staleness").Proposing(new Close(CloseReason.NotPlanned)), waits: new WaitSettings());
        await driver.TriageAsync();
        await driver.AnswerAsync(approved: true);

        await SayAsync(driver, new Person("passer-by"), "/backlog keep because it still happens");

        driver.Tracker.Written.OfType<GiveNotice>().Last().Markdown.ShouldContain("stays open");
        (await OverridesAsync(driver)).ShouldContain(o => o.Forbids(new Close(CloseReason.NotPlanned)) && o.By == "passer-by");
        await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(30));
        driver.Tracker.Written.OfType<Close>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_author_without_rights_reopens_what_was_closed_here()
    {
        await using var driver = await DriverAsync(steps: new FakeStep("staleness").Proposing(new Close(CloseReason.NotPlanned)));
        await driver.TriageAsync();
        await driver.AnswerAsync(approved: true);
        await driver.SaveAsync((await ItemAsync(driver)) with { State = WorkItemState.Closed });

        await SayAsync(driver, Rita, "/backlog reopen because it still happens");

        driver.Tracker.Written.OfType<Reopen>().Count().ShouldBe(1);
        (await OverridesAsync(driver)).ShouldContain(o => o.Slot == "close");
    }

    [Fact]
    public async Task An_author_cannot_reopen_what_a_maintainer_closed()
    {
        await using var driver = await DriverAsync();
        await driver.SaveAsync((await ItemAsync(driver)) with { State = WorkItemState.Closed });

        await SayAsync(driver, Rita, "/backlog reopen");

        driver.Tracker.Written.ShouldHaveSingleItem().ShouldBeOfType<AddReply>().Markdown.ShouldContain("was not closed through me");
    }

    [Fact]
    public async Task An_approval_by_comment_answers_the_ask_although_the_comment_changes_the_item()
    {
        await using var driver = await DriverAsync(steps: new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.8));
        await driver.TriageAsync();
        var comment = new WorkItemComment(Ada, driver.Runtime.Now.AddMinutes(1), "Looks right.\n/backlog approve");
        await driver.SaveAsync((await ItemAsync(driver)) with { History = new WorkItemHistory { IsKnown = true, Comments = [comment] }, UpdatedAt = comment.At });

        await driver.Get<CommandDesk>().HearAsync(driver.Client, TriageItemDriver.Backlog, An.Ref(1), comment, CancellationToken.None);
        await driver.Runtime.SettleAsync();

        driver.Tracker.Written.ShouldContain(TriageItemDriver.Bug);
        (await driver.OutcomeAsync()).By.ShouldBe("ada");
    }

    [Fact]
    public async Task Not_duplicate_is_remembered_for_that_pair_only()
    {
        await using var driver = await DriverAsync();

        await SayAsync(driver, Rita, "/backlog not duplicate of #7");

        var overrides = await OverridesAsync(driver);
        overrides.ShouldContain(o => o.Forbids(new AddLink(LinkKind.DuplicateOf, An.Ref(7))));
        overrides.ShouldContain(o => o.Forbids(new Close(CloseReason.Duplicate, An.Ref(7))));
        overrides.ShouldNotContain(o => o.Forbids(new Close(CloseReason.Duplicate, An.Ref(8))));
    }

    [Fact]
    public async Task Status_tells_what_is_asked_pinned_and_announced()
    {
        await using var driver = await DriverAsync(steps: new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.8));
        await driver.TriageAsync();
        await SayAsync(driver, Ada, "/backlog pin P2");

        await SayAsync(driver, new Person("passer-by"), "/backlog status", minutes: 3);

        var told = driver.Tracker.Written.OfType<AddReply>().Last().Markdown;
        told.ShouldContain("ada pinned P2");
        told.ShouldContain("add label 'bug'");
    }

    private static async Task<TriageItemDriver> DriverAsync(DecisionPolicy? policy = null, FakeStep? steps = null, WaitSettings? waits = null)
    {
        var settings = new TriageSettings { Policy = policy ?? TriageItemDriver.Auto, Waits = waits ?? TriageItemDriver.NoWaits };
        var driver = await TriageItemDriver.CreateAsync(settings, oneByOne: false, steps ?? new FakeStep("type"));
        await driver.SaveAsync(An.Item(1) with { Reporter = Rita });
        return driver;
    }

    private static async Task SayAsync(TriageItemDriver driver, Person by, string text, int minutes = 1)
    {
        await driver.Get<CommandDesk>().HearAsync(driver.Client, TriageItemDriver.Backlog, An.Ref(1), new WorkItemComment(by, An.Instant.AddMinutes(minutes), text), CancellationToken.None);
        await driver.Runtime.SettleAsync();
    }

    private static async Task<WorkItem> ItemAsync(TriageItemDriver driver) =>
        (await driver.Store.FindItemsAsync(TriageItemDriver.Backlog, [An.Ref(1)], CancellationToken.None)).Single();

    private static Task<IReadOnlyList<HumanOverride>> OverridesAsync(TriageItemDriver driver) =>
        driver.Store.OverridesAsync(TriageItemDriver.Backlog, An.Ref(1), CancellationToken.None);
}
