using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Flow;

public sealed class FlowCountTests
{
    [Fact]
    public void Every_dated_item_arrives_once_and_leaves_at_most_once()
    {
        var items = Enumerable.Range(0, 12).Select(n => An.Item(n + 1) with
        {
            CreatedAt = An.Instant.AddDays(-30 * n),
            State = n % 2 == 0 ? WorkItemState.Closed : WorkItemState.Open,
            ClosedAt = n % 2 == 0 ? An.Instant.AddDays(-20 * n) : null,
        }).ToList();

        var flow = FlowCount.Of(items, An.Instant);

        flow.PeriodName.ShouldBe("month");
        flow.Periods.Sum(p => p.Arrived).ShouldBe(12);
        flow.Periods.Sum(p => p.Closed).ShouldBe(6);
        flow.Periods.Select(p => p.Start).ShouldBe(flow.Periods.Select((_, i) => flow.Periods[0].Start.AddMonths(i)), "no month is left out");
        flow.Ages.Sum(a => a.Count).ShouldBe(6);
        flow.LeadTimes!.P50.ShouldBe(40, "days from created to closed are 0, 20, 40, 60, 80, 100");
    }

    [Fact]
    public void Without_closing_dates_closures_are_unknown_and_not_zero()
    {
        var flow = FlowCount.Of([An.Item(1), An.Item(2) with { State = WorkItemState.Closed }], An.Instant);

        flow.Periods.ShouldAllBe(p => p.Closed == null);
        flow.WhyNoClosures.ShouldBe("No closed item holds a closing date.");
        flow.ClosedWithoutDate.ShouldBe(1);
        flow.WhyNoLeadTimes.ShouldBe("Lead times need at least 5 closed items with both dates; there are 0.");
    }

    [Fact]
    public void Without_creation_dates_there_are_reasons_in_place_of_charts()
    {
        var flow = FlowCount.Of([An.Item(1) with { CreatedAt = null }], An.Instant);

        flow.WhyNoPeriods.ShouldBe("No item holds a creation date, so arrivals cannot be counted.");
        flow.WhyNoAges.ShouldBe("No open item holds a creation date.");
    }
}
