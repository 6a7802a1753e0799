using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Tests.Orchestrations;

namespace ServerlessBacklog.Triage.Tests.Approvals;

/// <summary>Answers to asks, from whatever channel: the first one counts, and what comes twice, late or wrong does nothing.</summary>
public class AnswerDeskTests
{
    private static readonly AddLabel Question = new(new Label("question"));

    [Fact]
    public async Task A_yes_to_a_part_does_that_part_and_the_rest_is_not_asked_again()
    {
        await using var driver = await AskedAsync();

        (await AnswerAsync(driver, new ApprovalAnswer(true, "ada") { Only = [Question.Slot] })).Kind.ShouldBe(AnswerKind.Taken);

        driver.Tracker.Written.ShouldBe([Question]);
        (await driver.Store.OverridesAsync(TriageItemDriver.Backlog, An.Ref(1), CancellationToken.None)).ShouldHaveSingleItem().Forbids(TriageItemDriver.Bug).ShouldBeTrue();
    }

    [Fact]
    public async Task A_yes_with_another_value_writes_that_value_and_says_what_was_proposed()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(new SetField(WorkItemField.Priority, "P1"), 0.8));

        await AnswerAsync(driver, new ApprovalAnswer(true, "ada") { With = [new SetField(WorkItemField.Priority, "P3")] });

        driver.Tracker.Written.ShouldBe([new SetField(WorkItemField.Priority, "P3")]);
        (await driver.DecisionAsync()).Changes.ShouldHaveSingleItem().Change.ShouldBe(new SetField(WorkItemField.Priority, "P1"));
    }

    [Theory]
    [InlineData("label:other")]
    [InlineData("close")]
    public async Task An_answer_cannot_slip_in_what_was_not_asked(string slot)
    {
        await using var driver = await AskedAsync();

        var reply = await AnswerAsync(driver, new ApprovalAnswer(true, "ada") { Only = [slot] });

        (reply.Kind, reply.Why!.Contains(slot, StringComparison.Ordinal)).ShouldBe((AnswerKind.Wrong, true));
        (await AnswerAsync(driver, new ApprovalAnswer(true, "ada") { With = [new Close(CloseReason.NotPlanned)] })).Kind.ShouldBe(AnswerKind.Wrong);
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_answer_counts_and_the_second_is_told_who_was_first()
    {
        await using var driver = await AskedAsync();
        await AnswerAsync(driver, new ApprovalAnswer(false, "ada", "no bug"));

        var late = await AnswerAsync(driver, new ApprovalAnswer(true, "bob"));

        (late.Kind, late.Why).ShouldBe((AnswerKind.Late, "That is settled: ada has rejected it on 2026-06-01."));
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_no_needs_a_reason()
    {
        await using var driver = await AskedAsync();

        (await AnswerAsync(driver, new ApprovalAnswer(false, "ada"))).Kind.ShouldBe(AnswerKind.Wrong);

        (await driver.AskAsync()).Decision.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_put_off_is_asked_again_on_its_day_and_not_before()
    {
        await using var driver = await AskedAsync();
        var decision = (await driver.DecisionAsync()).Id;

        await AnswerAsync(driver, new ApprovalAnswer(false, "ada") { SnoozeUntil = driver.Runtime.Now.AddDays(10) });
        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Snoozed);
        await driver.TriageAsync();
        (await driver.ResultAsync()).Outcome.ShouldBeNull();
        (await QueueAsync(driver)).ShouldBeEmpty();

        await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(10));
        (await QueueAsync(driver)).ShouldHaveSingleItem().Ask.Decision.ShouldBe(decision);
        await driver.Upkeep.LookAtWaitsAsync(driver.Client, CancellationToken.None);
        await driver.Runtime.SettleAsync();

        (await driver.AskAsync()).Decision.ShouldBe(decision);
    }

    [Fact]
    public async Task What_a_sweep_asks_waits_in_the_queue_and_a_yes_carries_it_out_once()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type"));
        var item = An.Item(1);
        var decision = TriageItemDriver.Auto.Decide(item.Ref, ContentHash.Of(item), [Says(TriageItemDriver.Bug)], An.Instant, writingHash: ContentHash.ForWriting(item));
        await driver.Store.SaveDecisionsAsync(TriageItemDriver.Backlog, [decision], CancellationToken.None);
        (await QueueAsync(driver)).ShouldHaveSingleItem().Ask.Until.ShouldBeNull();

        (await AnswerAsync(driver, new ApprovalAnswer(true, "ada"))).Kind.ShouldBe(AnswerKind.Taken);
        (await AnswerAsync(driver, new ApprovalAnswer(true, "bob"))).Kind.ShouldBe(AnswerKind.Late);

        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        (await driver.OutcomeAsync()).By.ShouldBe("ada");
        (await QueueAsync(driver)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ask_that_ran_out_is_told_so_and_nothing_is_done()
    {
        await using var driver = await AskedAsync();
        await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(7));

        var late = await AnswerAsync(driver, new ApprovalAnswer(true, "ada"));

        (late.Kind, late.Why!.Contains("ran out on 2026-06-08", StringComparison.Ordinal)).ShouldBe((AnswerKind.Late, true));
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_yes_while_writing_is_stopped_is_an_answer_and_does_nothing()
    {
        await using var driver = await AskedAsync();
        await driver.Writes.StopAsync(new WriteStop("too much", An.Instant), CancellationToken.None);

        await AnswerAsync(driver, new ApprovalAnswer(true, "ada"));
        await driver.Writes.AllowAsync(CancellationToken.None);
        var again = await AnswerAsync(driver, new ApprovalAnswer(true, "bob"));

        driver.Tracker.Calls.ShouldBeEmpty();
        (again.Kind, again.Why).ShouldBe((AnswerKind.Late, "That is settled: ada has approved it on 2026-06-01."));
        (await QueueAsync(driver)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_without_an_id_is_to_what_is_being_asked_whatever_a_sweep_has_decided_since()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.8));
        var item = An.Item(1);
        var swept = TriageItemDriver.Auto.Decide(item.Ref, ContentHash.Of(item), [Says(new Close(CloseReason.NotPlanned))], An.Instant.AddMinutes(5), writingHash: ContentHash.ForWriting(item));
        await driver.Store.SaveDecisionsAsync(TriageItemDriver.Backlog, [swept], CancellationToken.None);

        (await AnswerAsync(driver, new ApprovalAnswer(true, "ada"))).Decision.ShouldNotBe(swept.Id);

        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
    }

    [Fact]
    public async Task What_a_sweep_asks_and_was_put_off_is_back_in_the_list_and_starts_nothing()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type"));
        var item = An.Item(1);
        var decision = TriageItemDriver.Auto.Decide(item.Ref, ContentHash.Of(item), [Says(TriageItemDriver.Bug)], An.Instant, writingHash: ContentHash.ForWriting(item));
        await driver.Store.SaveDecisionsAsync(TriageItemDriver.Backlog, [decision], CancellationToken.None);
        await AnswerAsync(driver, new ApprovalAnswer(false, "ada") { SnoozeUntil = driver.Runtime.Now.AddDays(3) });
        (await QueueAsync(driver)).ShouldBeEmpty();

        await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(3));
        for (var hour = 0; hour < 3; hour++)
            await driver.Upkeep.LookAtWaitsAsync(driver.Client, CancellationToken.None);
        await driver.Runtime.SettleAsync();

        (await QueueAsync(driver)).ShouldHaveSingleItem().Ask.Decision.ShouldBe(decision.Id);
        (await driver.Client.FindAsync(TriageItemDriver.Id, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task An_empty_part_is_no_answer()
    {
        await using var driver = await AskedAsync();

        (await AnswerAsync(driver, new ApprovalAnswer(true, "ada") { Only = [] })).Kind.ShouldBe(AnswerKind.Wrong);

        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_asked_where_nothing_is_decided()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type"));

        (await AnswerAsync(driver, new ApprovalAnswer(true, "ada"))).Kind.ShouldBe(AnswerKind.NotAsked);
    }

    /// <summary>Asked about two labels.</summary>
    private static Task<TriageItemDriver> AskedAsync() => TriageItemDriver.TriageAsync(
        TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.8), new FakeStep("area").Proposing(Question, 0.7));

    private static Finding Says(Change change) => new()
    {
        Step = StepName.Type, Item = An.Ref(1), Status = FindingStatus.Decided, Reason = "It crashes.", Proposals = [new Proposal(change, new Confidence(0.8))],
    };

    private static async Task<AnswerReply> AnswerAsync(TriageItemDriver driver, ApprovalAnswer answer)
    {
        var reply = await driver.Get<AnswerDesk>().AnswerAsync(driver.Client, TriageItemDriver.Backlog, An.Ref(1), null, answer, CancellationToken.None);
        await driver.Runtime.SettleAsync();
        return reply;
    }

    private static Task<IReadOnlyList<QueuedAsk>> QueueAsync(TriageItemDriver driver) =>
        driver.Get<ReviewQueue>().ListAsync(TriageItemDriver.Backlog, driver.Runtime.Now, null, CancellationToken.None);
}
