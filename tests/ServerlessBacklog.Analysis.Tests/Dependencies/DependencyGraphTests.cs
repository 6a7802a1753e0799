using System.Diagnostics;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Dependencies;

public sealed class DependencyGraphTests
{
    [Fact]
    public void Both_directions_of_a_link_are_one_dependency()
    {
        var graph = new DependencyGraph(
        [
            An.Item(1) with { Links = [Needs(2), Needs(2)] },
            An.Item(2) with { Links = [new(LinkKind.Blocks, An.Ref(1))] },
        ]);

        graph.Dependencies.ShouldBe([new Dependency(An.Ref(1), An.Ref(2))]);
    }

    [Fact]
    public void Hierarchy_and_related_items_block_nothing()
    {
        var graph = new DependencyGraph(
        [
            An.Item(1) with { Links = [new(LinkKind.ParentOf, An.Ref(2)), new(LinkKind.RelatedTo, An.Ref(2))] },
            An.Item(2) with { Links = [new(LinkKind.ChildOf, An.Ref(1)), new(LinkKind.DiscoveredFrom, An.Ref(1))] },
        ]);

        graph.Dependencies.ShouldBeEmpty();
        graph.Children(An.Ref(1)).ShouldBe([An.Ref(2)]);
        graph.HasLinks.ShouldBeTrue();
    }

    [Fact]
    public void An_item_is_ready_when_everything_it_needs_is_closed()
    {
        var graph = new DependencyGraph(
        [
            An.Item(1) with { Links = [Needs(2)] },
            An.Item(2) with { State = WorkItemState.Closed },
            An.Item(3) with { Links = [Needs(1)] },
        ]);

        graph.IsReady(An.Ref(1)).ShouldBeTrue();
        graph.IsReady(An.Ref(2)).ShouldBeFalse();
        graph.IsReady(An.Ref(3)).ShouldBeFalse();
    }

    [Fact]
    public void A_link_to_an_item_outside_the_backlog_dangles()
    {
        var graph = new DependencyGraph([An.Item(1) with { Links = [Needs(99)] }]);

        graph.Dangling.ShouldBe([new Dependency(An.Ref(1), An.Ref(99))]);
        graph.IsReady(An.Ref(1)).ShouldBeTrue();
    }

    [Fact]
    public void A_ring_is_found_and_starts_at_its_smallest_ref()
    {
        var graph = new DependencyGraph([Waits(10, 9), Waits(9, 2), Waits(2, 10), Waits(1, 2)]);

        graph.Cycles.Count.ShouldBe(1);
        graph.Cycles[0].ShouldBe([An.Ref(2), An.Ref(10), An.Ref(9)]);
    }

    [Fact]
    public void A_ring_with_a_closed_item_is_none()
    {
        var graph = new DependencyGraph([Waits(1, 2), Waits(2, 1) with { State = WorkItemState.Closed }]);

        graph.Cycles.ShouldBeEmpty();
    }

    [Fact]
    public void Every_ring_of_several_is_reported()
    {
        var graph = new DependencyGraph([Waits(1, 2), Waits(2, 1), Waits(3, 4), Waits(4, 3), Waits(5, 1)]);

        graph.Cycles.Select(c => string.Join(' ', c.Select(r => r.Number))).ShouldBe(["1 2", "3 4"]);
    }

    [Fact]
    public void The_longest_chain_runs_through_what_comes_before_and_after()
    {
        var graph = new DependencyGraph([Waits(1, 2), Waits(2, 3), An.Item(3), Waits(4, 2), Waits(5, 4), An.Item(6)]);
        var chains = new DependencyChains(graph, _ => 1);

        chains.Through(An.Ref(2)).Select(r => r.Number).ShouldBe(["3", "2", "4", "5"]);
        chains.LengthThrough(An.Ref(1)).ShouldBe(3);
        chains.LengthThrough(An.Ref(6)).ShouldBe(1);
        chains.Critical().Select(r => r.Number).ShouldBe(["3", "2", "4", "5"]);
    }

    [Fact]
    public void The_critical_path_goes_by_size_where_sizes_are_known()
    {
        var graph = new DependencyGraph(
        [
            Waits(1, 2), An.Item(2) with { StoryPoints = 13 },
            Waits(3, 4), Waits(4, 5), An.Item(5),
        ]);

        new DependencyChains(graph, DependencyMap.Size).Critical().Select(r => r.Number).ShouldBe(["2", "1"]);
    }

    [Fact]
    public void A_chain_through_a_ring_ends_and_counts_the_ring_once()
    {
        var graph = new DependencyGraph([Waits(1, 2), Waits(2, 3), An.Item(3) with { Links = [Needs(2), Needs(4)] }, An.Item(4)]);
        var chains = new DependencyChains(graph, _ => 1);

        chains.Through(An.Ref(1)).Select(r => r.Number).ShouldBe(["4", "2", "3", "1"]);
        chains.LengthThrough(An.Ref(1)).ShouldBe(4);
    }

    [Fact]
    public void A_chain_of_twenty_thousand_does_not_overflow_the_stack()
    {
        const int length = 20_000;
        var graph = new DependencyGraph([.. Enumerable.Range(1, length).Select(i => i == length ? An.Item(i) : Waits(i, i + 1))]);
        var chains = new DependencyChains(graph, _ => 1);

        graph.Cycles.ShouldBeEmpty();
        chains.LengthThrough(An.Ref(1)).ShouldBe(length);
        chains.Critical().Count.ShouldBe(length);
    }

    [Fact]
    public void Ten_thousand_items_are_mapped_in_seconds()
    {
        var items = Enumerable.Range(1, 10_000).Select(i => Waits(i, (i * 7919 % 10_000) + 1)).ToList();
        var clock = Stopwatch.StartNew();

        var map = DependencyMap.From(new DependencyGraph(items));

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        map.Nodes.Count.ShouldBe(10_000);
    }

    [Fact]
    public void A_blocker_inherits_over_a_chain_of_three()
    {
        var scores = Inherit([Waits(1, 2), Waits(2, 3), An.Item(3)], 9, 1, 2);

        scores[An.Ref(2)].ShouldBe(new InheritedScore(9, An.Ref(1), 1));
        scores[An.Ref(3)].ShouldBe(new InheritedScore(9, An.Ref(1), 2));
    }

    [Fact]
    public void Items_in_a_ring_share_the_greatest_score()
    {
        var scores = Inherit([Waits(1, 2), Waits(2, 3), Waits(3, 1)], 1, 5, 2);

        scores.Values.Select(s => s.Score).ShouldAllBe(s => s == 5);
        scores[An.Ref(2)].From.ShouldBeNull();
    }

    [Fact]
    public void A_closed_item_lends_nothing()
    {
        var items = new[] { Waits(1, 2) with { State = WorkItemState.Closed }, An.Item(2) };

        InheritedScores.Of(new DependencyGraph(items), new Dictionary<WorkItemRef, double> { [An.Ref(2)] = 1 })[An.Ref(2)].Score.ShouldBe(1);
    }

    private static IReadOnlyDictionary<WorkItemRef, InheritedScore> Inherit(WorkItem[] items, params double[] scores) =>
        InheritedScores.Of(new DependencyGraph(items), items.Zip(scores).ToDictionary(p => p.First.Ref, p => p.Second));

    private static WorkItemLink Needs(int number) => new(LinkKind.BlockedBy, An.Ref(number));

    private static WorkItem Waits(int number, int on) => An.Item(number) with { Links = [Needs(on)] };
}
