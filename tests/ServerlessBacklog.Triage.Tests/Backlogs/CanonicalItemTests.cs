using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Tests.Backlogs;

public class CanonicalItemTests
{
    [Fact]
    public void A_chain_of_four_leads_to_its_root() =>
        RootOf(4, Item(1), Item(2, 1), Item(3, 2), Item(4, 3)).ShouldBe(An.Ref(1));

    [Fact]
    public void An_item_without_links_is_its_own_root() => RootOf(1, Item(1)).ShouldBe(An.Ref(1));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_two_that_name_each_other_the_older_is_the_root(int start) =>
        RootOf(start, Item(1, 2), Item(2, 1), Item(3, 2)).ShouldBe(An.Ref(1));

    [Fact]
    public void A_chain_may_lead_to_a_newer_item() => RootOf(1, Item(1, 2), Item(2)).ShouldBe(An.Ref(2));

    [Fact]
    public void A_ring_of_three_has_no_root() => RootOf(1, Item(1, 2), Item(2, 3), Item(3, 1)).ShouldBeNull();

    [Fact]
    public void A_chain_that_leaves_the_backlog_has_no_root() => RootOf(2, Item(2, 99)).ShouldBeNull();

    [Fact]
    public void A_pull_request_is_no_root()
    {
        RootOf(2, Item(1) with { Kind = WorkItemKind.PullRequest }, Item(2, 1)).ShouldBeNull();
        RootOf(2, Item(1, 2) with { Kind = WorkItemKind.PullRequest }, Item(2, 1)).ShouldBeNull();
    }

    [Theory]
    [InlineData(WorkItemState.Open, null, CanonicalStanding.Open)]
    [InlineData(WorkItemState.Started, "FIXED", CanonicalStanding.Open)]
    [InlineData(WorkItemState.Closed, "FIXED", CanonicalStanding.Fixed)]
    [InlineData(WorkItemState.Closed, "completed", CanonicalStanding.Fixed)]
    [InlineData(WorkItemState.Closed, null, CanonicalStanding.Fixed)]
    [InlineData(WorkItemState.Closed, "WONTFIX", CanonicalStanding.Declined)]
    [InlineData(WorkItemState.Closed, "not_planned", CanonicalStanding.Declined)]
    [InlineData(WorkItemState.Closed, "Works for me", CanonicalStanding.Declined)]
    [InlineData(WorkItemState.Closed, "Removed", CanonicalStanding.Declined)]
    [InlineData(WorkItemState.Closed, "Cancelled", CanonicalStanding.Declined)]
    [InlineData(WorkItemState.Closed, "As Designed", CanonicalStanding.Declined)]
    public void Standing_follows_state_and_resolution(WorkItemState state, string? resolution, CanonicalStanding standing) =>
        CanonicalItem.StandingOf(Item(1) with { State = state, Resolution = resolution }).ShouldBe(standing);

    private static WorkItem Item(int number, params int[] duplicateOf) => An.Item(number) with
    {
        Links = [.. duplicateOf.Select(d => new WorkItemLink(LinkKind.DuplicateOf, An.Ref(d)))],
    };

    private static WorkItemRef? RootOf(int number, params WorkItem[] items)
    {
        var backlog = BacklogSnapshot.Build(items);
        return CanonicalItem.Of(backlog.Find(An.Ref(number))!, backlog)?.Item.Ref;
    }
}
