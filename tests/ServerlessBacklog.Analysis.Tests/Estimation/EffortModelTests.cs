using CsCheck;
using ServerlessBacklog.Analysis.Estimation;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Estimation;

public sealed class EffortModelTests
{
    [Fact]
    public void Where_words_tell_the_size_the_estimate_follows_the_neighbours()
    {
        var (model, index) = Learn(i => i % 2 == 0 ? ("login form button", 1) : ("database migration schema", 8));

        var hits = index.Search("migration of the database", "", EffortModel.MostNeighbours, model.Knows);
        var estimate = model.Estimate(null, hits);

        model.BackTest.NeighboursWin.ShouldBeTrue();
        estimate.Points.ShouldBe(8);
        estimate.Neighbours.ShouldAllBe(n => n.Item.Points == 8);
    }

    [Fact]
    public void Where_words_tell_nothing_the_model_falls_back_to_the_median()
    {
        var sizes = new[] { 3, 5, 3, 1, 3, 8, 3 };
        var (model, index) = Learn(i => ($"thing number {i * 7919 % 101}", sizes[i % sizes.Length]));

        var estimate = model.Estimate(null, index.Search("thing number 5", "", EffortModel.MostNeighbours, model.Knows));

        model.BackTest.NeighboursWin.ShouldBeFalse();
        estimate.Points.ShouldBe(3);
        estimate.Neighbours.ShouldBeEmpty();
    }

    [Fact]
    public void The_interval_holds_its_share_of_the_values_that_it_was_made_from() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40]).List[10, 200].Sample(pairs =>
        {
            var tried = pairs.Select(p => ((double)p.Item1, (double)p.Item2)).ToList();

            var interval = ResidualInterval.From(tried, 0.8);

            var held = tried.Count(t => interval.Around(t.Item1) is var (low, high) && low <= t.Item2 && t.Item2 <= high);
            ((double)held / tried.Count).ShouldBeGreaterThanOrEqualTo(0.8);
        });

    [Fact]
    public void The_weighted_median_is_the_value_at_which_half_of_the_weight_is_reached() =>
        WeightedMedian.Of([(13, 0.1), (1, 0.3), (5, 0.9)]).ShouldBe(5);

    [Theory]
    [InlineData(3, 5, 1)]
    [InlineData(2, 8, 3)]
    [InlineData(4.4, 5, 0)]
    public void Sizes_compare_by_steps_of_the_scale(double left, double right, int steps) =>
        SizeScale.StepsBetween(left, right).ShouldBe(steps);

    private static (EffortModel Model, SearchIndex Index) Learn(Func<int, (string Title, double Points)> item)
    {
        var items = Enumerable.Range(0, 60).Select(i => (Ref: An.Ref(i), Item: item(i))).ToList();
        var index = SearchIndex.Build(items.Select(i => new IndexedText(i.Ref, i.Item.Title, "")));
        return (EffortModel.Learn([.. items.Select(i => new SizedItem(i.Ref, null, i.Item.Points))], index), index);
    }
}
