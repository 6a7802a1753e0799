using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Triage;

/// <summary>Changes that write text or make items: asked, and taken back exactly.</summary>
public class WritingTests
{
    public static TheoryData<Change> Each =>
    [
        new SetBlock("draft", "Text"),
        new RemoveBlock("draft"),
        new AddChild("Part one", "Text"),
        new RemoveChild(An.Ref(9), "Part one", "Text"),
        new Consolidate(An.Ref(7), "Text"),
        new RemoveConsolidated(An.Ref(7)),
    ];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Each))]
    public void It_is_asked_and_never_applied_whatever_the_confidence(Change change)
    {
        var policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto, ApplyAt: 0, AskAt: 0) };

        var decided = Decide(policy, new Proposal(change, Confidence.Certain)).Changes.ShouldHaveSingleItem();

        decided.Verdict.ShouldBe(Verdict.Ask);
        decided.Why.ShouldContain("always needs a person");
    }

    [Fact]
    public void At_most_ten_children_come_from_one_decision()
    {
        var policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto) };

        var decision = Decide(policy, [.. Enumerable.Range(1, 12).Select(i => new Proposal(new AddChild($"Part {i}", "Text"), Confidence.Certain))]);

        decision.Changes.Count(c => c.Verdict == Verdict.Ask).ShouldBe(10);
        decision.Changes.Count(c => c.Why == "at most 10 children in one decision").ShouldBe(2);
    }

    [Fact]
    public void Children_with_the_same_title_are_one()
    {
        var decision = Decide(new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto) }, new Proposal(new AddChild("Part one", "a"), Confidence.Certain), new Proposal(new AddChild("part One ", "b"), Confidence.Certain));

        decision.Changes.Count(c => c.Verdict == Verdict.Ask).ShouldBe(1);
    }

    [Fact]
    public void A_vote_more_in_a_gathered_text_does_not_make_another_question_of_it()
    {
        var policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto) };

        Decide(policy, new Proposal(new Consolidate(An.Ref(7), "1 vote"), Confidence.Certain)).Id
            .ShouldBe(Decide(policy, new Proposal(new Consolidate(An.Ref(7), "2 votes") { Before = "x" }, Confidence.Certain)).Id);
        Decide(policy, new Proposal(new SetBlock("draft", "one"), Confidence.Certain)).Id
            .ShouldNotBe(Decide(policy, new Proposal(new SetBlock("draft", "two"), Confidence.Certain)).Id);
    }

    [Fact]
    public void A_block_is_taken_back_to_what_was_there()
    {
        var item = An.Item(1);
        var drafted = item with { Blocks = new Dictionary<string, string> { ["draft"] = "old" } };
        var set = new SetBlock("draft", "new");

        Inverse.Of(item, set).ShouldBe(new RemoveBlock("draft"));
        Inverse.Of(drafted, set).ShouldBe(new SetBlock("draft", "old"));
        Inverse.Of(drafted, new SetBlock("draft", "old")).ShouldBeNull();
        Inverse.Of(drafted, new RemoveBlock("draft")).ShouldBe(new SetBlock("draft", "old"));
        Inverse.Of(item, new RemoveBlock("draft")).ShouldBeNull();
        ChangedItem.With(ChangedItem.With(drafted, set), Inverse.Of(drafted, set)!).Blocks.ShouldBe(drafted.Blocks);
        ChangedItem.With(ChangedItem.With(item, set), new RemoveBlock("draft")).Blocks.ShouldBeEmpty();
    }

    [Fact]
    public void What_stands_in_our_block_is_no_part_of_the_content()
    {
        var item = An.Item(1);

        ContentHash.Of(ChangedItem.With(item, new SetBlock("draft", "Text"))).ShouldBe(ContentHash.Of(item));
        ContentHash.ForWriting(ChangedItem.With(item, new SetBlock("draft", "Text"))).ShouldBe(ContentHash.ForWriting(item));
    }

    [Fact]
    public void A_child_that_was_made_is_seen_through_whether_or_not_it_is_known_by_name()
    {
        var item = An.Item(1) with { Links = [new WorkItemLink(LinkKind.ParentOf, An.Ref(3)), new WorkItemLink(LinkKind.BlockedBy, An.Ref(4))] };
        var add = new AddChild("Part one", "Text");
        var now = item with { Links = [.. item.Links, new WorkItemLink(LinkKind.ParentOf, An.Ref(9))] };

        ChangedItem.Before(now, [new ChangeOutcome("k", add, ChangeState.Intended) { Inverse = Inverse.Of(item, add) }]).Links.ShouldBe(item.Links);
        ChangedItem.Before(now, [new ChangeOutcome("k", add, ChangeState.Applied) { Inverse = new RemoveChild(An.Ref(9), "Part one", "Text") }]).Links.ShouldBe(item.Links);
    }

    [Fact]
    public void What_was_gathered_is_taken_back_to_what_stood_there()
    {
        var item = An.Item(1);

        Inverse.Of(item, new Consolidate(An.Ref(7), "two") { Before = "one" }).ShouldBe(new Consolidate(An.Ref(7), "one") { Before = "two" });
        Inverse.Of(item, new Consolidate(An.Ref(7), "one")).ShouldBe(new RemoveConsolidated(An.Ref(7)));
    }

    private static Decision Decide(DecisionPolicy policy, params IReadOnlyList<Proposal> proposals) => policy.Decide(
        An.Ref(1), "hash", [new Finding { Step = "fake", Item = An.Ref(1), Status = FindingStatus.Decided, Reason = "Looked.", Proposals = proposals }], An.Instant);
}
