using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Flow;

public sealed class FlowStatisticsTests
{
    [Fact]
    public void Weeks_are_iso_weeks_without_gaps()
    {
        var items = new[]
        {
            An.Item(1) with { CreatedAt = Day(2024, 12, 30) },
            An.Item(2) with { CreatedAt = Day(2025, 1, 13), State = WorkItemState.Closed, ClosedAt = Day(2025, 1, 14) },
        };

        var weeks = FlowStatistics.Of(items, Day(2025, 1, 15)).Weeks.Value.ShouldNotBeNull();

        weeks.Select(w => (w.Name, w.Arrivals, w.Closures, w.IsComplete)).ShouldBe(
            [("2025-W01", 1, 0, true), ("2025-W02", 0, 0, true), ("2025-W03", 1, 1, false)]);
    }

    [Fact]
    public void A_source_without_closing_dates_has_no_throughput_rather_than_none()
    {
        var items = Enumerable.Range(0, 20).Select(i => An.Item(i) with { State = WorkItemState.Closed });

        var flow = FlowStatistics.Of(items, An.Instant);

        flow.Weeks.Value.ShouldNotBeNull().ShouldAllBe(w => w.Closures == null);
        flow.LeadTime.Value.ShouldBeNull();
        flow.LeadTime.Missing.ShouldBe("0 of 20 closed items have a creation and a closing date; 10 are needed.");
        flow.Wip.ShouldBeNull();
    }

    [Fact]
    public void Lead_time_percentiles_are_values_that_were_seen()
    {
        var items = Enumerable.Range(1, 100).Select(i => An.Item(i) with
        {
            CreatedAt = Day(2026, 1, 1),
            State = WorkItemState.Closed,
            ClosedAt = Day(2026, 1, 1).AddDays(i),
        });

        var flow = FlowStatistics.Of(items, Day(2026, 12, 1));

        flow.LeadTime.Value.ShouldBe(new Percentiles(50, 85, 95, 100));
        flow.CycleTime.Value.ShouldBeNull();
    }

    [Fact]
    public void Ages_count_open_items_only()
    {
        var items = new[]
        {
            An.Item(1) with { CreatedAt = An.Instant.AddDays(-30) },
            An.Item(2) with { CreatedAt = An.Instant.AddDays(-31) },
            An.Item(3) with { CreatedAt = An.Instant.AddDays(-1000) },
            An.Item(4) with { CreatedAt = An.Instant.AddDays(-1000), State = WorkItemState.Closed },
            An.Item(5) with { CreatedAt = null },
        };

        var ages = FlowStatistics.Of(items, An.Instant).Ages.Value.ShouldNotBeNull();

        ages.Select(a => a.Count).ShouldBe([1, 1, 0, 0, 0, 1]);
    }

    [Fact]
    public void Started_items_are_work_in_progress_and_pull_requests_are_not_counted()
    {
        var items = new[]
        {
            An.Item(1) with { State = WorkItemState.Started },
            An.Item(2),
            An.Item(3) with { State = WorkItemState.Started, Kind = WorkItemKind.PullRequest },
        };

        var flow = FlowStatistics.Of(items, An.Instant);

        flow.Wip.ShouldBe(1);
        flow.Open.ShouldBe(2);
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.Zero);
}
