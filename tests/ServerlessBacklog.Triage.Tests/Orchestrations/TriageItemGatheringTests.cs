using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>What is written into other items, and the order in which it is written.</summary>
public class TriageItemGatheringTests
{
    private static readonly WorkItem Canonical = An.Item(7, "Crash on save", "It crashes.");

    [Fact]
    public async Task An_approved_merge_links_gathers_and_closes_in_that_order()
    {
        await using var driver = await CreateAsync(new Close(CloseReason.Duplicate, Canonical.Ref), new Consolidate(Canonical.Ref, "as proposed"), new AddLink(LinkKind.DuplicateOf, Canonical.Ref));

        await driver.TriageAsync();
        driver.Tracker.Written.ShouldBeEmpty();
        await driver.AnswerAsync(approved: true);

        driver.Tracker.Written.Select(c => c.GetType()).ShouldBe([typeof(AddLink), typeof(Consolidate), typeof(Close)]);
        (await driver.OutcomeAsync()).Changes.Select(c => c.Inverse?.GetType()).ShouldBe([typeof(RemoveLink), typeof(RemoveConsolidated), typeof(Reopen)]);
    }

    [Fact]
    public async Task What_was_merged_between_the_decision_and_its_approval_is_in_the_text_that_is_written()
    {
        await using var driver = await CreateAsync(new Consolidate(Canonical.Ref, "as proposed, see #8 and #9"));
        await driver.TriageAsync();
        await driver.SaveAsync(
            An.Item(8, "Merged by a person") with { State = WorkItemState.Closed, Links = [new WorkItemLink(LinkKind.DuplicateOf, Canonical.Ref)] },
            An.Item(9, "Only named"));

        await driver.AnswerAsync(approved: true);

        var written = driver.Tracker.Written.ShouldHaveSingleItem().ShouldBeOfType<Consolidate>();
        written.Markdown.ShouldContain("#8 “Merged by a person”");
        written.Markdown.ShouldContain("#1 ");
        written.Markdown.ShouldNotContain("#9");
        (await driver.OutcomeAsync()).Changes.Single().Inverse.ShouldBeOfType<Consolidate>().Markdown.ShouldNotContain("#1 ");
    }

    [Fact]
    public async Task One_that_was_merged_here_a_moment_ago_counts_before_the_tracker_says_so()
    {
        await using var driver = await CreateAsync(new Consolidate(Canonical.Ref, "as proposed, see #8"));
        await driver.TriageAsync();
        await driver.SaveAsync(An.Item(8, "Merged here"));
        var merged = new ChangeOutcome("k", new Consolidate(Canonical.Ref, "x"), ChangeState.Applied);
        await driver.Store.SaveOutcomeAsync(
            TriageItemDriver.Backlog, new DecisionOutcome { Decision = "d8", Item = An.Ref(8), State = OutcomeState.Applied, At = An.Instant, Changes = [merged] }, CancellationToken.None);

        await driver.AnswerAsync(approved: true);

        driver.Tracker.Written.ShouldHaveSingleItem().ShouldBeOfType<Consolidate>().Markdown.ShouldContain("#8 “Merged here”");
    }

    [Fact]
    public async Task The_children_of_one_decision_are_no_loop()
    {
        await using var driver = await CreateAsync(new SetBlock("draft", "Text"));
        await MadeBeforeAsync(driver, [.. Enumerable.Range(1, 10).Select(i => new AddChild($"Part {i}", "Text"))]);
        await driver.TriageAsync();

        await driver.AnswerAsync(approved: true);

        driver.Tracker.Written.ShouldBe([new SetBlock("draft", "Text")]);
        (await driver.Alarms.ListAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Five_other_writes_within_minutes_still_are()
    {
        await using var driver = await CreateAsync(new SetBlock("draft", "Text"));
        await MadeBeforeAsync(driver, [.. Enumerable.Range(1, 5).Select(i => new AddLabel(new Label($"l{i}")))]);
        await driver.TriageAsync();

        await driver.AnswerAsync(approved: true);

        driver.Tracker.Written.ShouldBeEmpty();
        (await driver.OutcomeAsync()).Changes.Single().Why.ShouldNotBeNull().ShouldContain("loop");
    }

    private static Task MadeBeforeAsync(TriageItemDriver driver, IReadOnlyList<Change> changes) => driver.Store.SaveOutcomeAsync(
        TriageItemDriver.Backlog,
        new DecisionOutcome
        {
            Decision = "earlier", Item = An.Ref(1), State = OutcomeState.Applied, At = An.Instant,
            Changes = [.. changes.Select((c, i) => new ChangeOutcome($"k{i}", c, ChangeState.Applied))],
        },
        CancellationToken.None);

    private static async Task<TriageItemDriver> CreateAsync(params Change[] changes)
    {
        var step = new FakeStep("type") { Shape = (finding, _, _) => finding with { Proposals = [.. changes.Select(c => new Proposal(c, new Confidence(0.7)))] } };
        var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, step);
        await driver.SaveAsync(Canonical);
        return driver;
    }
}
