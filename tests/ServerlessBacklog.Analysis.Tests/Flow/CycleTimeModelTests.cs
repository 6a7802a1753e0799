using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Flow;

public sealed class CycleTimeModelTests
{
    [Fact]
    public void Quantiles_are_times_that_occurred()
    {
        var model = new CycleTimeModel(Enumerable.Range(1, 20).Select(d => Item(created: -100, days: d)), An.Instant);

        model.Quantile(0.5).ShouldBeInRange(9, 11);
        model.Quantile(0.85).ShouldBeInRange(16, 18);
        model.Quantile(1).ShouldBe(20);
    }

    [Fact]
    public void What_is_closed_later_is_not_seen()
    {
        var model = new CycleTimeModel([Item(-100, 5), Item(-100, 200), new TimedItem(An.Instant.AddDays(-9), null, null)], An.Instant);

        model.Count.ShouldBe(1);
        model.Quantile(0.85).ShouldBe(5);
    }

    [Fact]
    public void The_latest_closings_count_most()
    {
        var before = Enumerable.Range(0, 500).Select(i => Item(-2000 + i, 1));
        var lately = Enumerable.Range(0, 300).Select(i => Item(-400 + i, 30));

        new CycleTimeModel([.. before, .. lately], An.Instant).Quantile(0.5).ShouldBe(30);
    }

    [Fact]
    public void Items_of_the_same_type_count_more()
    {
        var items = Enumerable.Range(0, 60).Select(i => Item(-200 + i, i % 2 == 0 ? 2 : 20, i % 2 == 0 ? "Bug" : "Story")).ToList();

        var model = new CycleTimeModel(items, An.Instant);

        model.Quantile(0.5, "bug").ShouldBe(2);
        model.Quantile(0.5, "story").ShouldBe(20);
    }

    [Fact]
    public void Without_any_item_there_is_no_time() => new CycleTimeModel([], An.Instant).Quantile(0.5).ShouldBe(double.NaN);

    private static TimedItem Item(int created, int days, string? type = null) =>
        new(An.Instant.AddDays(created), An.Instant.AddDays(created + days), type);
}
