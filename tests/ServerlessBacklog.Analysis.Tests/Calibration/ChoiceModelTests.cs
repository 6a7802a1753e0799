using ServerlessBacklog.Analysis.Calibration;

namespace ServerlessBacklog.Analysis.Tests.Calibration;

public class ChoiceModelTests
{
    [Fact]
    public void It_recovers_the_weights_that_made_the_choices()
    {
        var random = new Random(5);
        var truth = new ChoiceModel([2, -1]);
        var choices = Enumerable.Range(0, 4000).Select(_ =>
        {
            float[][] options = [.. Enumerable.Range(0, 4).Select(_ => new[] { random.NextSingle() * 2, random.NextSingle() * 2 })];
            var odds = options.Select(o => Math.Exp(truth.Score(o))).ToArray();
            var at = random.NextDouble() * odds.Sum();
            var picked = 0;
            while ((at -= odds[picked]) > 0)
                picked++;
            return new Choice(options, [.. Enumerable.Range(0, 4).Select(o => o == picked)]);
        }).ToList();

        var learned = new ChoiceModel([0, 0]).Fit(choices, ridge: 1);

        learned.Weights[0].ShouldBe(2, 0.15);
        learned.Weights[1].ShouldBe(-1, 0.15);
    }

    [Fact]
    public void A_feature_that_all_options_share_keeps_its_prior_weight()
    {
        var learned = new ChoiceModel([0, 0.7]).Fit([.. Enumerable.Repeat(new Choice([[1, 1], [0, 1]], [true, false]), 50)], ridge: 1);

        learned.Weights[1].ShouldBe(0.7, 1e-6);
        learned.Weights[0].ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Choices_that_are_always_the_same_do_not_make_it_run_away()
    {
        var learned = new ChoiceModel([0]).Fit([.. Enumerable.Repeat(new Choice([[100], [0]], [true, false]), 1000)], ridge: 1);

        double.IsFinite(learned.Weights[0]).ShouldBeTrue();
    }
}
