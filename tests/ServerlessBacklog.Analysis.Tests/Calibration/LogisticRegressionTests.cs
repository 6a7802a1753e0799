using CsCheck;
using ServerlessBacklog.Analysis.Calibration;

namespace ServerlessBacklog.Analysis.Tests.Calibration;

public class LogisticRegressionTests
{
    [Fact]
    public void A_known_model_is_found_again()
    {
        var truth = new LogisticRegression(-1.5, [2.0, -3.0]);
        var random = new Random(7);
        var samples = new List<(double[] Features, bool Yes)>();
        for (var i = 0; i < 20_000; i++)
        {
            double[] features = [random.NextDouble() * 2, random.NextDouble() * 2];
            samples.Add((features, random.NextDouble() < truth.Probability(features)));
        }

        var found = LogisticRegression.Fit(samples);

        found.Bias.ShouldBe(truth.Bias, 0.15);
        found.Weights[0].ShouldBe(truth.Weights[0], 0.15);
        found.Weights[1].ShouldBe(truth.Weights[1], 0.15);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.7311)]
    [InlineData(-1, 0.2689)]
    [InlineData(1000, 1)]
    [InlineData(-1000, 0)]
    public void The_probability_is_the_logistic_of_the_sum(double z, double expected) =>
        new LogisticRegression(0, [1]).Probability(z).ShouldBe(expected, 0.0001);

    [Fact]
    public void Without_features_it_learns_the_share_of_yes() =>
        LogisticRegression.Fit([([], true), ([], false), ([], false), ([], false)]).Probability().ShouldBe(0.25, 1e-6);

    [Fact]
    public void Data_that_a_line_separates_stays_finite()
    {
        var model = LogisticRegression.Fit([.. Enumerable.Range(0, 40).Select(i => (new double[] { i }, i >= 20))]);

        model.Probability(39).ShouldBeInRange(0.9, 1);
        model.Probability(0).ShouldBeInRange(0, 0.1);
    }

    [Fact]
    public void No_data_is_refused() => Should.Throw<ArgumentException>(() => LogisticRegression.Fit([]));

    [Fact]
    public void Degenerate_data_gives_finite_weights_that_lean_the_right_way() =>
        Gen.Select(Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double[-1000, 1000]).Array[3], Gen.Bool).Array[1, 30].Sample(rows =>
        {
            (double[] Features, bool Yes)[] samples = [.. rows.Select(r => (r.Item1, r.Item2))];

            var model = LogisticRegression.Fit(samples);

            double.IsFinite(model.Bias).ShouldBeTrue();
            model.Weights.ShouldAllBe(w => double.IsFinite(w));
            // Maximum likelihood with a free bias: the mean probability is the share of yes.
            samples.Average(s => model.Probability(s.Features)).ShouldBe(samples.Count(s => s.Yes) / (double)samples.Length, 0.02);
        }, iter: 300);

    [Fact]
    public void Two_copies_of_one_feature_share_its_weight()
    {
        var model = LogisticRegression.Fit([.. Enumerable.Range(0, 100).Select(i => (new double[] { i % 10, i % 10 }, i % 10 + (i % 3) > 5))]);

        model.Weights[0].ShouldBe(model.Weights[1], 1e-6);
        model.Weights[0].ShouldBeGreaterThan(0);
    }
}
