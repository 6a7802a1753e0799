using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

public class SweepBacklogTests
{
    [Fact]
    public async Task Every_open_item_has_its_findings_and_its_decision()
    {
        var driver = new SweepDriver(new FakeStep("one"), new FakeStep("two"));
        await driver.SaveAsync(An.Item(1), An.Item(2), An.Item(3) with { State = WorkItemState.Closed }, An.Item(4) with { Kind = WorkItemKind.PullRequest });

        var result = await driver.SweepAsync();

        result.Open.ShouldBe([An.Ref(1), An.Ref(2)]);
        result.Findings[An.Ref(1)].Select(f => f.Step).ShouldBe(["one", "two"]);
        result.Decisions.Keys.ShouldBe(result.Open, ignoreOrder: true);
        result.FindingsMade.ShouldBe(4);
    }

    [Fact]
    public async Task An_unchanged_second_run_examines_nothing()
    {
        var step = new FakeStep(reads: StepReads.Content | StepReads.Neighbours | StepReads.People | StepReads.Policy | StepReads.Clock);
        var driver = new SweepDriver(step, new DuplicatesStep(), new FakeStep("late", StepReads.Content | StepReads.Findings, stage: 2));
        await driver.SaveAsync(Backlog());
        var first = await driver.SweepAsync();
        step.TakeExamined();

        var second = await driver.SweepAsync();

        step.TakeExamined().ShouldBeEmpty();
        second.ItemsExamined.ShouldBe(0);
        second.FindingsMade.ShouldBe(0);
        driver.Calls.ShouldBe(["PlanSweep", "FinishSweep"]);
        second.Findings.SelectMany(f => f.Value).Count().ShouldBe(first.Findings.SelectMany(f => f.Value).Count());
    }

    [Fact]
    public async Task Time_alone_finds_the_stale_items()
    {
        var step = StaleAfterSixtyDays();
        var driver = new SweepDriver(step, new FakeStep("timeless"));
        await driver.SaveAsync(An.Item(1) with { CreatedAt = An.Instant.AddDays(-1) }, An.Item(2) with { CreatedAt = An.Instant.AddDays(30) });
        (await driver.SweepAsync()).Findings.Values.SelectMany(f => f).ShouldNotContain(f => f.Reason == "stale");
        step.TakeExamined();

        driver.Now = An.Instant.AddDays(61);
        var result = await driver.SweepAsync();

        step.TakeExamined().ShouldBe(["1"]);
        result.FindingsMade.ShouldBe(1);
        result.Findings[An.Ref(1)].Single(f => f.Step == "staleness").Reason.ShouldBe("stale");
        result.Findings[An.Ref(2)].Single(f => f.Step == "staleness").Reason.ShouldBe("fresh");
    }

    [Fact]
    public async Task Sixty_one_days_without_an_edit_make_an_item_stale_and_not_the_one_that_somebody_answered()
    {
        static WorkItem Touched(int number, int daysAgo) => An.Item(number, $"Item {number}") with
        {
            Labels = [new Label("needs-info")],
            History = new WorkItemHistory { IsKnown = true, Comments = [new WorkItemComment(new Person("ada"), An.Instant.AddDays(-daysAgo), "Seen.")] },
        };
        var driver = new SweepDriver(new StalenessStep());
        await driver.SaveAsync(Touched(1, daysAgo: 0), Touched(2, daysAgo: -40));
        (await driver.SweepAsync()).Findings.Values.SelectMany(f => f).ShouldAllBe(f => f.Status != FindingStatus.Decided);

        driver.Now = An.Instant.AddDays(61);
        var result = await driver.SweepAsync();

        result.Findings[An.Ref(1)].ShouldHaveSingleItem().Status.ShouldBe(FindingStatus.Decided, result.Findings[An.Ref(1)][0].Reason);
        result.Findings[An.Ref(1)][0].Proposals.ShouldContain(p => p.Change is AddLabel);
        result.Findings[An.Ref(2)].ShouldHaveSingleItem().Proposals.ShouldHaveSingleItem().Change.ShouldBeOfType<GiveNotice>("It is reminded, not stale.");
    }

    [Fact]
    public async Task A_new_duplicate_looks_at_its_neighbour_again()
    {
        var driver = new SweepDriver(new DuplicatesStep());
        await driver.SaveAsync([Report(1), .. Backlog()]);
        (await driver.SweepAsync()).Findings[An.Ref(1)].ShouldHaveSingleItem().Status.ShouldBe(FindingStatus.NothingToSay);

        await driver.SaveAsync(Report(2));
        var result = await driver.SweepAsync();

        result.Findings[An.Ref(1)].ShouldHaveSingleItem().EvidenceOf(EvidenceKind.Member).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(2));
        result.Findings[An.Ref(2)].ShouldHaveSingleItem().EvidenceOf(EvidenceKind.Duplicate).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(1));
    }

    [Fact]
    public async Task A_duplicate_that_is_taken_out_looks_at_its_neighbour_again()
    {
        var driver = new SweepDriver(new DuplicatesStep());
        await driver.SaveAsync([Report(1), Report(2), .. Backlog()]);
        await driver.SweepAsync();

        driver.Remove(An.Ref(2));
        var result = await driver.SweepAsync();

        result.Open.ShouldNotContain(An.Ref(2));
        result.Findings[An.Ref(1)].ShouldHaveSingleItem().Status.ShouldBe(FindingStatus.NothingToSay);
    }

    [Fact]
    public async Task A_canonical_item_that_is_fixed_takes_back_the_proposal_to_close_even_when_it_is_not_alike()
    {
        var driver = new SweepDriver(new DuplicatesStep());
        var canonical = An.Item(1, "Mail trouble");
        var known = Linked(Report(2), LinkKind.DuplicateOf, 1) with { State = WorkItemState.Closed, Resolution = "DUPLICATE" };
        await driver.SaveAsync([canonical, known, Report(3), .. Backlog()]);
        (await driver.SweepAsync()).Findings[An.Ref(3)].Single().Proposals.ShouldContain(p => p.Change is Close);

        await driver.SaveAsync(canonical with { State = WorkItemState.Closed, Resolution = "FIXED" });
        var result = await driver.SweepAsync();

        result.Findings[An.Ref(3)].Single().Reason.ShouldContain("possible regression");
        result.Findings[An.Ref(3)].Single().Proposals.ShouldNotContain(p => p.Change is Close);
    }

    [Fact]
    public async Task Another_policy_decides_again_without_examining()
    {
        var step = new FakeStep("type") { Shape = Proposing(new AddLabel(new Label("bug"))) };
        var driver = new SweepDriver(step);
        await driver.SaveAsync(An.Item(1));
        (await driver.SweepAsync()).Decisions[An.Ref(1)].Verdict.ShouldBe(Verdict.Drop);
        step.TakeExamined();

        driver.Settings = new TriageSettings { Policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto) } };
        var result = await driver.SweepAsync();

        step.TakeExamined().ShouldBeEmpty();
        result.Decisions[An.Ref(1)].Verdict.ShouldBe(Verdict.Apply);
    }

    [Fact]
    public async Task An_edit_that_is_taken_back_leads_to_the_decision_of_before()
    {
        var step = new FakeStep("type") { Shape = (f, item, c) => item.Title == "Bug" ? Proposing(new AddLabel(new Label("bug")))(f, item, c) : f };
        var driver = new SweepDriver(step) { Settings = new TriageSettings { Policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto) } } };
        foreach (var title in new[] { "Bug", "Wish", "Bug" })
        {
            await driver.SaveAsync(An.Item(1, title));
            await driver.SweepAsync();
        }

        var later = await driver.SweepAsync();

        later.Decisions[An.Ref(1)].Verdict.ShouldBe(Verdict.Apply);
        later.ItemsExamined.ShouldBe(0);
    }

    [Fact]
    public async Task A_new_version_of_one_step_examines_that_step_only()
    {
        var (old, other) = (new FakeStep("one"), new FakeStep("two"));
        var driver = new SweepDriver(old, other);
        await driver.SaveAsync(An.Item(1), An.Item(2));
        await driver.SweepAsync();
        other.TakeExamined();

        var renewed = new FakeStep("one", version: 2);
        driver.Steps = [renewed, other];
        await driver.SweepAsync();

        renewed.TakeExamined().ShouldBe(["1", "2"]);
        other.TakeExamined().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_of_people_examines_only_the_steps_that_read_people()
    {
        var (people, other) = (new FakeStep("people", StepReads.Content | StepReads.People), new FakeStep("other"));
        var driver = new SweepDriver(people, other);
        await driver.SaveAsync(An.Item(1), An.Item(2), An.Item(3));
        await driver.SweepAsync();
        people.TakeExamined();
        other.TakeExamined();

        await driver.SaveAsync(An.Item(3) with { Assignees = [new Person("ada")] });
        await driver.SweepAsync();

        people.TakeExamined().ShouldBe(["1", "2", "3"]);
        other.TakeExamined().ShouldBe(["3"]);
    }

    [Fact]
    public async Task A_change_of_settings_examines_only_the_steps_that_read_them()
    {
        var (policy, other) = (new FakeStep("policy", StepReads.Content | StepReads.Policy), new FakeStep("other"));
        var driver = new SweepDriver(policy, other);
        await driver.SaveAsync(An.Item(1));
        await driver.SweepAsync();
        policy.TakeExamined();
        other.TakeExamined();

        driver.Settings = new TriageSettings { Staleness = new StalenessSettings { StaleAfterDays = 30 } };
        await driver.SweepAsync();

        policy.TakeExamined().ShouldBe(["1"]);
        other.TakeExamined().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_items_change_examines_the_items_linked_to_it_however_far()
    {
        var (neighbours, other) = (new FakeStep("neighbours", StepReads.Content | StepReads.Neighbours), new FakeStep("other"));
        var driver = new SweepDriver(neighbours, other);
        await driver.SaveAsync([Linked(An.Item(1, "alpha"), LinkKind.Blocks, 2), Linked(An.Item(2, "beta"), LinkKind.Blocks, 3), An.Item(3, "gamma"), An.Item(4, "delta"), An.Item(5, "epsilon")]);
        await driver.SweepAsync();
        neighbours.TakeExamined();
        other.TakeExamined();

        await driver.SaveAsync(An.Item(3, "gamma") with { State = WorkItemState.Closed });
        await driver.SweepAsync();

        neighbours.TakeExamined().ShouldBe(["1", "2"]);
        other.TakeExamined().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_later_stage_sees_earlier_findings_and_looks_again_when_they_change()
    {
        var word = "first";
        var early = new FakeStep("early", StepReads.Content | StepReads.Policy) { Look = _ => word };
        var late = new FakeStep("late", StepReads.Content | StepReads.Findings, stage: 2)
        {
            Shape = (finding, item, context) => finding with { Reason = $"saw {context.EarlierFinding(item.Ref, "early")?.Reason}" },
        };
        var driver = new SweepDriver(late, early);
        await driver.SaveAsync(An.Item(1));
        (await driver.SweepAsync()).Findings[An.Ref(1)][0].Reason.ShouldBe("saw first");

        word = "second";
        driver.Settings = new TriageSettings { Staleness = new StalenessSettings { StaleAfterDays = 30 } };
        var result = await driver.SweepAsync();

        result.Findings[An.Ref(1)][0].Reason.ShouldBe("saw second");
    }

    [Fact]
    public async Task A_step_that_throws_on_one_item_leaves_the_others_and_is_tried_again()
    {
        var poisoned = true;
        var step = new FakeStep { Look = item => poisoned && item.Ref.Number == "2" ? throw new InvalidDataException("poison") : "fine" };
        var driver = new SweepDriver(step, new FakeStep("other"));
        await driver.SaveAsync(An.Item(1), An.Item(2), An.Item(3));

        var first = await driver.SweepAsync();
        poisoned = false;
        step.TakeExamined();
        var second = await driver.SweepAsync();

        first.Failures.ShouldHaveSingleItem().Item.ShouldBe(An.Ref(2));
        first.Findings[An.Ref(1)].Select(f => f.Step).ShouldBe(["fake", "other"]);
        first.Findings[An.Ref(2)].Select(f => f.Step).ShouldBe(["other"]);
        second.Failures.ShouldBeEmpty();
        step.TakeExamined().ShouldBe(["2"]);
        second.Findings[An.Ref(2)].Select(f => f.Step).ShouldBe(["fake", "other"]);
    }

    [Fact]
    public async Task No_decision_rests_on_what_a_failing_step_said_before()
    {
        var poisoned = false;
        var step = new FakeStep
        {
            Look = _ => poisoned ? throw new InvalidDataException("poison") : "fine",
            Shape = Proposing(new Close(CloseReason.NotPlanned)),
        };
        var driver = new SweepDriver(step) { Settings = new TriageSettings { Policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Suggest) } } };
        await driver.SaveAsync(An.Item(1, "Old text"));
        (await driver.SweepAsync()).Decisions[An.Ref(1)].Verdict.ShouldBe(Verdict.Ask);

        poisoned = true;
        await driver.SaveAsync(An.Item(1, "New text"));
        var result = await driver.SweepAsync();

        result.Decisions[An.Ref(1)].Verdict.ShouldBe(Verdict.Drop);
        result.Findings[An.Ref(1)].ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_sweep_goes_on_where_it_was()
    {
        using var source = new CancellationTokenSource();
        var step = new FakeStep();
        var seen = 0;
        step.Look = _ =>
        {
            if (Interlocked.Increment(ref seen) == 300)
                source.Cancel();
            return "fine";
        };
        var driver = new SweepDriver(step);
        await driver.SaveAsync(Enumerable.Range(1, 600).Select(i => An.Item(i, $"Item {i.ToString(CultureInfo.InvariantCulture)}")));

        await Should.ThrowAsync<OperationCanceledException>(() => driver.SweepAsync(source.Token));
        step.TakeExamined();
        var result = await driver.SweepAsync();

        step.TakeExamined().Count.ShouldBe(350);
        result.Findings.Values.ShouldAllBe(f => f.Count == 1);
        result.Decisions.Count.ShouldBe(600);
    }

    private static FakeStep StaleAfterSixtyDays() => new("staleness", StepReads.Content | StepReads.Clock)
    {
        Shape = (finding, item, context) => item.CreatedAt!.Value.AddDays(60) is var due && due <= context.Now
            ? finding with { Reason = "stale" }
            : finding with { Reason = "fresh", Due = due },
    };

    private static Func<Finding, WorkItem, StepContext, Finding> Proposing(Change change) =>
        (finding, _, _) => finding with { Proposals = [new Proposal(change, Confidence.Certain)] };

    private static WorkItem Report(int number) => An.Item(
        number, "Compose window crashes when a large attachment is saved", "Attach a file of 40 MB, press save: attachment.dll crashes in 2.53.10");

    private static WorkItem Linked(WorkItem item, LinkKind kind, int target) => item with { Links = [new WorkItemLink(kind, An.Ref(target))] };

    private static IEnumerable<WorkItem> Backlog() =>
        new[] { "dark theme", "toolbar icons", "printing margins", "translation of help", "spell check", "search folders", "proxy settings", "bookmark import" }
            .Select((title, i) => An.Item(100 + i, title, $"Something about {title} and nothing else"));
}
