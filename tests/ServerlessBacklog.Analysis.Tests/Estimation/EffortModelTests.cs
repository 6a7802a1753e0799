using ServerlessBacklog.Analysis.Estimation;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Estimation;

public sealed class EffortModelTests
{
    [Fact]
    public void Where_words_tell_the_size_the_estimate_follows_them_and_names_neighbours()
    {
        var model = EffortModel.Learn([.. Enumerable.Range(0, 80).Select(i => Sized(i, topic: i * 7 % 11 % 2, i * 7 % 11 % 2 == 0 ? 1 : 8))]);

        var estimate = model.Estimate(About("new", 1));

        model.BackTest.WordsWin.ShouldBeTrue();
        estimate.Points.ShouldBe(8);
        estimate.Neighbours.Take(5).ShouldAllBe(n => n.Points == 8);
        estimate.Confidence.Value.ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void Where_words_tell_nothing_the_estimate_is_about_the_median()
    {
        var random = new Random(8);
        var sizes = new[] { 3, 3, 3, 5, 3, 8, 1 };

        var model = EffortModel.Learn([.. Enumerable.Range(0, 200).Select(i => Sized(i, random.Next(40), sizes[random.Next(sizes.Length)]))]);

        Enumerable.Range(0, 20).Count(t => model.Estimate(About("new", t)).Points == 3).ShouldBeGreaterThan(14);
    }

    [Fact]
    public void Intervals_hold_their_share_although_the_sizes_change()
    {
        var random = new Random(8);
        var model = new EffortModel();
        var held = 0;
        for (var i = 0; i < 600; i++)
        {
            var item = Sized(i, random.Next(40), new[] { 1, 2, 3, 5, 8, 13 }[random.Next(i < 300 ? 3 : 6)]);
            if (i >= 100)
                held += model.Estimate(item.Item) is var said && item.Points >= said.Low && item.Points <= said.High ? 1 : 0;
            model.Add(item);
        }

        (held / 500.0).ShouldBeInRange(0.77, 0.84);
    }

    [Fact]
    public void One_size_alone_and_items_without_text_do_no_harm()
    {
        var model = EffortModel.Learn([.. Enumerable.Range(0, 30).Select(i => new SizedItem(new EffortCase(An.Ref(i), []), 3))]);

        var estimate = model.Estimate(new EffortCase(An.Ref("new"), []));

        (estimate.Low, estimate.Points, estimate.High).ShouldBe((3, 3, 3));
    }

    [Fact]
    public void The_same_history_gives_the_same_estimate()
    {
        List<SizedItem> history = [.. Enumerable.Range(0, 120).Select(i => Sized(i, i * 7 % 13 % 5, i * 5 % 7))];

        var (first, second) = (EffortModel.Learn(history).Estimate(About("new", 3)), EffortModel.Learn(history).Estimate(About("new", 3)));

        (first.Points, first.Low, first.High, first.Confidence).ShouldBe((second.Points, second.Low, second.High, second.Confidence));
    }

    [Fact]
    public void The_weighted_median_is_the_value_at_which_half_of_the_weight_is_reached() =>
        WeightedMedian.Of([(13, 0.1), (1, 0.3), (5, 0.9)]).ShouldBe(5);

    [Theory]
    [InlineData(3, 5, 1)]
    [InlineData(2, 8, 3)]
    [InlineData(4.4, 5, 0)]
    public void Sizes_compare_by_steps_of_the_scale(double left, double right, int steps) =>
        SizeScale.StepsBetween(left, right).ShouldBe(steps);

    private static SizedItem Sized(int number, int topic, double points) => new(About(number, topic), points);

    /// <summary>Ten words: those of the topic.</summary>
    private static EffortCase About(object number, int topic) =>
        new(An.Ref(number), [.. Enumerable.Range(10 * topic, 10).Select(term => new TermCount(term, 1, 1))]);
}
