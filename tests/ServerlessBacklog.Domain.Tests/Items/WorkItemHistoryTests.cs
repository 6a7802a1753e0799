using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Items;

public class WorkItemHistoryTests
{
    private static readonly Person Ada = new("ada");
    private static readonly Person Bot = new("stale[bot]", IsBot: true);

    [Fact]
    public void Bots_are_no_human_activity()
    {
        var history = new WorkItemHistory
        {
            Comments = [new(Ada, An.Instant.AddDays(-9)), new(Bot, An.Instant)],
            Events = [new("labeled", An.Instant.AddDays(-5), Ada), new("labeled", An.Instant, Bot), new("closed", An.Instant)],
        };

        history.LastHumanActivity().ShouldBe(An.Instant.AddDays(-5));
    }

    [Fact]
    public void Where_nobody_did_anything_there_is_no_activity_whatever_updated_at_says()
    {
        var item = An.Item(1) with { UpdatedAt = An.Instant, History = new WorkItemHistory { IsKnown = true, Comments = [new(Bot, An.Instant)] } };

        item.History.LastHumanActivity().ShouldBeNull();
    }

    [Fact]
    public void Commenters_are_distinct_people_in_order_of_appearance()
    {
        var history = new WorkItemHistory
        {
            Comments = [new(new("grace"), An.Instant), new(Bot, An.Instant), new(Ada, An.Instant), new(new("Grace"), An.Instant)],
        };

        history.Commenters().ShouldBe([new Person("grace"), Ada]);
    }
}
