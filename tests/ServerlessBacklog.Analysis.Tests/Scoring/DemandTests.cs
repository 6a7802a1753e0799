using ServerlessBacklog.Analysis.Scoring;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Scoring;

public sealed class DemandTests
{
    [Fact]
    public void One_loud_person_counts_once()
    {
        var item = Said(1, "ann", "ann", "ann", "Ann");

        Of(item).People.ShouldBe(1);
    }

    [Fact]
    public void People_behind_duplicates_of_duplicates_count_for_the_canonical_item()
    {
        var canonical = Said(1, "ann");
        var repeat = Said(2, "bob", "cid") with { Links = [new(LinkKind.DuplicateOf, An.Ref(1))] };
        var second = Said(3, "dora", "ann") with { Links = [new(LinkKind.DuplicateOf, An.Ref(2))] };

        var demand = Of(canonical, repeat, second);

        demand.People.ShouldBe(4);
        demand.Words.ShouldBe("4 different people ask, on this and 2 other items");
    }

    [Fact]
    public void Duplicates_that_point_at_each_other_end()
    {
        var one = Said(1, "ann") with { Links = [new(LinkKind.DuplicateOf, An.Ref(2))] };
        var two = Said(2, "bob") with { Links = [new(LinkKind.DuplicateOf, An.Ref(1))] };

        Of(one, two).People.ShouldBe(2);
    }

    [Fact]
    public void Bots_ask_for_nothing()
    {
        var item = Said(1, "ann", "stale[bot]");

        Of(item).People.ShouldBe(1);
    }

    [Fact]
    public void Nameless_thumbs_are_not_added_to_people_who_may_be_the_same()
    {
        var item = Said(1, "ann", "bob", "cid");
        item = item with { History = item.History with { Reactions = new Reactions(ThumbsUp: 5) } };

        Of(item).People.ShouldBe(6);
    }

    [Fact]
    public void Comments_by_unknown_people_are_not_counted()
    {
        var demand = Of(An.Item(1) with { History = new WorkItemHistory { CommentCount = 40 } });

        demand.IsKnown.ShouldBeFalse();
        demand.Words.ShouldBe("default: 40 comments by unknown people");
    }

    [Fact]
    public void Demand_grows_with_the_logarithm_and_stops_at_the_cap()
    {
        // 3 · ln(1 + 9) ÷ ln 51 = 3 · 2.302585 ÷ 3.931826
        new Demand(10, true, "").Amount(3).ShouldBe(1.757, 0.0005);
        new Demand(51, true, "").Amount(3).ShouldBe(3, 1e-9);
        new Demand(1_000_000, true, "").Amount(3).ShouldBe(3);
        Demand.Unknown.Amount(3).ShouldBe(0);
    }

    private static Demand Of(WorkItem item, params WorkItem[] others) => new DemandCounter([item, .. others]).Of(item);

    private static WorkItem Said(int number, string reporter, params string[] commenters) => An.Item(number) with
    {
        Reporter = Person.FromLogin(reporter),
        History = new WorkItemHistory { IsKnown = true, Comments = [.. commenters.Select(c => new WorkItemComment(Person.FromLogin(c), An.Instant))] },
    };
}
