using CsCheck;
using ServerlessBacklog.Analysis.Scoring;

namespace ServerlessBacklog.Analysis.Tests.Scoring;

public sealed class DecompositionTests
{
    private static readonly Formula Ratio = new(new FormulaTerm(1, ["value"], ["effort"]));

    [Fact]
    public void A_ratio_splits_as_worked_out_by_hand()
    {
        ScoreInput[] inputs = [new("value", 3, [new("severity", "s", 3)]), new("effort", 3, [new("estimate", "e", -1)])];

        var parts = Decomposition.Explain(Ratio, inputs);

        // s₀ = 1, s = 3, L = 2 ÷ ln 3 = 1.820478; value: L · ln 2 = 1.261860, effort: L · ln 1.5 = 0.738140
        parts.Select(p => Math.Round(p.Value, 6)).ShouldBe([1, 1.26186, 0.73814]);
    }

    [Fact]
    public void A_typical_item_is_explained_by_nothing_else() =>
        Decomposition.Explain(Ratio, [new("value", 3, []), new("effort", 3, [])]).ShouldBe([new Contribution("typical item", null, "all inputs neutral", 1)]);

    [Fact]
    public void Facts_of_one_input_share_its_effect_by_their_amounts()
    {
        ScoreInput[] inputs = [new("value", 3, [new("severity", "s", 2), new("cosmetic", "c", -1)]), new("effort", 3, [])];

        var parts = Decomposition.Explain(Ratio, inputs);

        (parts[1].Value / parts[2].Value).ShouldBe(-2, 1e-9);
    }

    [Fact]
    public void Parts_sum_to_the_score_for_any_inputs_and_terms()
    {
        var formula = new Formula(new FormulaTerm(2, ["a", "b"], ["c"]), new FormulaTerm(0.5, ["b"], []), new FormulaTerm(1, [], ["c"]));
        var part = Gen.Double[-0.9, 20];
        Gen.Select(Gen.Double[1, 10].Array[3], part.Array[3], Gen.Double[0, 5].Array[3]).Sample((neutral, amounts, more) =>
        {
            ScoreInput[] inputs = [.. "abc".Select((n, i) => new ScoreInput($"{n}", neutral[i], [new("x", "", amounts[i]), new("y", "", more[i])]))];
            var parts = Decomposition.Explain(formula, inputs);
            parts.Sum(p => p.Value).ShouldBe(formula.Score(inputs), 1e-6);
            parts.ShouldAllBe(p => double.IsFinite(p.Value));
        });
    }

    [Fact]
    public void Logarithmic_mean_lies_between_geometric_and_arithmetic_mean() =>
        Gen.Select(Gen.Double[1e-3, 1e3], Gen.Double[1e-3, 1e3]).Sample((a, b) =>
        {
            var mean = Decomposition.LogMean(a, b);
            mean.ShouldBeInRange(Math.Sqrt(a * b) * (1 - 1e-9), (a + b) / 2 * (1 + 1e-9));
            mean.ShouldBe(Decomposition.LogMean(b, a), mean * 1e-9);
        });

    [Fact]
    public void An_input_that_is_not_positive_is_refused() =>
        Should.Throw<ArgumentException>(() => Decomposition.Explain(Ratio, [new("value", 3, [new("x", "", -3)]), new("effort", 3, [])]));

    [Fact]
    public void An_input_beyond_its_scale_takes_the_excess_back_as_a_part()
    {
        var input = ScoreInput.Within("value", 3, 1, 10, [new("severity", "s", 9)]);

        input.Value.ShouldBe(10);
        input.Parts[^1].ShouldBe(new InputPart("limit", "the scale ends at 10", -2));
    }
}
