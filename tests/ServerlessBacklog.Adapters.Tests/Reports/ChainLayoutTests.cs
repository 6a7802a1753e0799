using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Tests.Reports;

public sealed class ChainLayoutTests
{
    [Fact]
    public void Blockers_stand_left_of_what_waits_and_no_two_items_overlap()
    {
        var layout = Layout((1, 2), (1, 3), (2, 4), (3, 4), (1, 4));

        var x = layout.Nodes.ToDictionary(n => n.Item.Ref.Number, n => n.X);
        (x["1"] < x["2"] && x["2"] == x["3"] && x["3"] < x["4"]).ShouldBeTrue();
        layout.Nodes.Select(n => (n.X, n.Y)).ShouldBeUnique();
        layout.Lines.ShouldAllBe(l => !l.ClosesRing);
    }

    [Fact]
    public void A_ring_is_drawn_with_one_line_that_leads_back()
    {
        var layout = Layout((1, 2), (2, 3), (3, 1));

        layout.Lines.Count(l => l.ClosesRing).ShouldBe(1);
        layout.Nodes.ShouldAllBe(n => n.X + ChainLayout.NodeWidth <= layout.Width && n.Y + ChainLayout.NodeHeight <= layout.Height);
    }

    [Fact]
    public void A_huge_group_is_drawn_in_part_and_says_how_much_is_left_out()
    {
        var layout = Layout([.. Enumerable.Range(1, 59).Select(n => (n, n + 1))]);

        (layout.Nodes.Count, layout.LeftOut).ShouldBe((40, 20));
    }

    private static ChainLayout Layout(params (int Blocker, int Waiting)[] edges)
    {
        var items = edges.SelectMany(e => new[] { e.Blocker, e.Waiting }).Distinct().Select(n => ItemLine.From(An.Item(n))).ToList();
        return ChainLayout.Of(new BlockedGroup(items, [.. edges.Select(e => new WaitEdge(An.Ref(e.Blocker), An.Ref(e.Waiting)))], [], null));
    }
}
