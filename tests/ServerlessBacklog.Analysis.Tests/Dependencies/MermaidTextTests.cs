using System.Text.Json;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Dependencies;

public sealed class MermaidTextTests
{
    [Fact]
    public void Known_dependencies_are_drawn_and_suspected_ones_dotted()
    {
        var map = DependencyMap.From(
            new DependencyGraph([An.Item(1, "Save") with { Links = [new(LinkKind.BlockedBy, An.Ref(2))] }, An.Item(2, "Parse"), An.Item(3, "Print")]),
            [new SuspectedDependency(An.Ref(3), An.Ref(2), 0.8)]);

        MermaidText.Write(map).ShouldBe("""
            flowchart LR
              n0["#35;1 Save"]
              n1["#35;2 Parse"]
              n2["#35;3 Print"]
              n1 --> n0
              n1 -.-> n2
              classDef critical stroke:#06c,stroke-width:3px
              class n1,n0 critical

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_title_is_never_syntax()
    {
        var map = DependencyMap.From(new DependencyGraph(
        [
            An.Item(1, "\"]; click n0 href \"javascript:alert(1)\" <b>&\n%% end") with { Links = [new(LinkKind.BlockedBy, An.Ref(2))] },
            An.Item(2),
        ]));

        var label = MermaidText.Write(map).Split('\n')[1];

        label.ShouldStartWith("  n0[\"");
        label[6..^2].ShouldNotContain('"');
        label.ShouldNotContain('<');
        label.ShouldNotContain("javascript:");
    }

    [Fact]
    public void Edges_beyond_the_limit_are_counted_not_drawn()
    {
        var map = DependencyMap.From(new DependencyGraph([.. Enumerable.Range(1, 5).Select(i => An.Item(i) with { Links = [new(LinkKind.BlockedBy, An.Ref(i + 1))] }), An.Item(6)]));

        MermaidText.Write(map, edges: 2).ShouldContain("%% 3 more dependencies are not drawn");
    }

    [Fact]
    public void A_map_tells_cycles_orphans_and_where_work_frees_most_and_survives_json()
    {
        var map = DependencyMap.From(new DependencyGraph(
        [
            An.Item(1) with { Links = [new(LinkKind.BlockedBy, An.Ref(2))] }, An.Item(2) with { Links = [new(LinkKind.BlockedBy, An.Ref(1))] },
            An.Item(3) with { Links = [new(LinkKind.BlockedBy, An.Ref(4)), new(LinkKind.BlockedBy, An.Ref(99))] }, An.Item(4), An.Item(5),
        ]));

        var read = JsonSerializer.Deserialize<DependencyMap>(JsonSerializer.Serialize(map))!;

        read.Cycles.ShouldHaveSingleItem().ShouldBe(["github:owner/repo#1", "github:owner/repo#2"]);
        read.Orphans.ShouldBe(1);
        read.ReadyBlockers.ShouldBe(["github:owner/repo#4"]);
        read.Dangling.Count.ShouldBe(1);
        read.Edges.Count.ShouldBe(3);
    }
}
