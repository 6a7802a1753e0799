using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class DependenciesStepTests
{
    [Fact]
    public void A_chain_of_three_is_told_at_every_link()
    {
        WorkItem[] items = [Waits(1, 2), Waits(2, 3), An.Item(3)];

        var middle = Examine(items[1], items);

        middle.EvidenceOf(EvidenceKind.BlockedBy).Single().Item.ShouldBe(An.Ref(3));
        middle.EvidenceOf(EvidenceKind.Blocks).Single().Item.ShouldBe(An.Ref(1));
        middle.EvidenceOf(EvidenceKind.Chain).Single().ShouldBe(new Evidence(EvidenceKind.Chain, "3 → 2 → 1") { Value = 3 });
        middle.Reason.ShouldBe("It waits for 3; 1 waits for it.");
    }

    [Fact]
    public void A_ring_is_reported_as_a_path_that_closes()
    {
        WorkItem[] items = [Waits(1, 2), Waits(2, 3), Waits(3, 1)];

        var finding = Examine(items[2], items);

        finding.EvidenceOf(EvidenceKind.Cycle).Single().Text.ShouldBe("1 → 2 → 3 → 1");
        finding.Reason.ShouldStartWith("It is part of a ring of 3 items");
    }

    [Fact]
    public void A_link_that_only_the_text_suggests_is_proposed_below_what_applies_itself()
    {
        var item = An.Item(1, body: "This is blocked by #2, sadly.");

        var finding = Examine(item, item, An.Item(2));

        var suspicion = finding.EvidenceOf(EvidenceKind.Suspected).Single();
        suspicion.Quote.ShouldBe("blocked by #2");
        finding.Proposals.Single().Change.ShouldBe(new AddLink(LinkKind.BlockedBy, An.Ref(2)));
        finding.Proposals.Single().Confidence.Value.ShouldBeLessThan(0.9);
    }

    [Fact]
    public void A_link_that_the_tracker_holds_is_not_suspected_again()
    {
        var item = Waits(1, 2) with { Body = "Blocked by #2" };

        Examine(item, item, An.Item(2)).Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void A_closed_item_in_the_text_holds_nothing_up()
    {
        var item = An.Item(1, body: "Blocked by #2");

        Examine(item, item, An.Item(2) with { State = WorkItemState.Closed }).Status.ShouldBe(FindingStatus.NothingToSay);
    }

    [Fact]
    public void A_source_without_links_says_so() =>
        Examine(An.Item(1), An.Item(1)).Reason.ShouldBe("The source holds no links, and the text names no dependency.");

    [Fact]
    public void A_free_item_among_linked_ones_has_nothing_to_say()
    {
        var finding = Examine(An.Item(4), An.Item(4), Waits(1, 2), An.Item(2));

        finding.Status.ShouldBe(FindingStatus.NothingToSay);
        finding.Reason.ShouldBe("Nothing open blocks it and nothing waits for it.");
    }

    [Fact]
    public async Task A_chain_of_a_thousand_and_nine_thousand_free_items_are_examined_in_seconds()
    {
        var items = Enumerable.Range(1, 10_000).Select(i => i < 1000 ? Waits(i, i + 1) : An.Item(i, body: "Depends on #1.")).ToList();
        var context = An.Context(items);
        var clock = Stopwatch.StartNew();

        var findings = await new DependenciesStep().ExamineAsync(items, context, CancellationToken.None);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        findings[0].EvidenceOf(EvidenceKind.Chain).Single().Text.ShouldBe("1000 → 999 → 998 → 997 → 996 → … → 4 → 3 → 2 → 1");
    }

    private static Finding Examine(WorkItem item, params WorkItem[] backlog) => new DependenciesStep().Examine(item, An.Context(backlog));

    private static WorkItem Waits(int number, int on) => An.Item(number) with { Links = [new(LinkKind.BlockedBy, An.Ref(on))] };
}
