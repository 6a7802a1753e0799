using CsCheck;
using ServerlessBacklog.Analysis.Scoring;

namespace ServerlessBacklog.Analysis.Tests.Scoring;

/// <summary>Expected values are worked out by hand in the comments.</summary>
public sealed class FormulaTests
{
    [Fact]
    public void Rice_multiplies_reach_impact_and_confidence_and_divides_by_effort()
    {
        // 500 · 2 · 0.8 ÷ 3 = 800 ÷ 3
        Rice.Score(new RiceInputs(500, 2, 0.8, 3)).ShouldBe(266.667, 0.0005);
        // 7 · 0.25 · 0.5 ÷ 0.5
        Rice.Score(new RiceInputs(7, 0.25, 0.5, 0.5)).ShouldBe(1.75, 0.0005);
    }

    [Fact]
    public void Wsjf_divides_cost_of_delay_by_job_size()
    {
        // (8 + 13 + 2) ÷ 5 and (1 + 1 + 1) ÷ 13
        Wsjf.Score(new WsjfInputs(8, 13, 2, 5)).ShouldBe(4.6, 0.0005);
        Wsjf.Score(new WsjfInputs(1, 1, 1, 13)).ShouldBe(0.231, 0.0005);
    }

    [Fact]
    public void Ice_multiplies_impact_confidence_and_ease() =>
        // 7.5 · 6 · 8.2 = 45 · 8.2
        Ice.Score(new IceInputs(7.5, 6, 8.2)).ShouldBe(369, 0.0005);

    [Fact]
    public void Value_over_effort_is_a_ratio() =>
        ValueEffort.Score(new ValueEffortInputs(8, 3)).ShouldBe(2.667, 0.0005);

    [Fact]
    public void Moscow_scores_hundreds_by_class_and_the_rest_by_value_over_effort()
    {
        // 400 + 99 ÷ 20 · 6 ÷ 4 = 400 + 4.95 · 1.5; 200 + 4.95 · 10 ÷ 0.5
        Moscow.Score(new MoscowInputs(MoscowClass.Must, 6, 4)).ShouldBe(407.425, 0.0005);
        Moscow.Score(new MoscowInputs(MoscowClass.Could, 10, 0.5)).ShouldBe(299, 0.0005);
    }

    [Fact]
    public void No_value_lifts_an_item_out_of_its_moscow_class() =>
        Gen.Select(Gen.Double[0, 10], Gen.Double[0.01, 100], Gen.Double[0, 10], Gen.Double[0.01, 100]).Sample((v1, e1, v2, e2) =>
            Moscow.Score(new MoscowInputs(MoscowClass.Should, v1, e1)) > Moscow.Score(new MoscowInputs(MoscowClass.Could, v2, e2)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_effort_that_is_no_positive_number_is_refused(double effort)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Rice.Score(new RiceInputs(1, 1, 1, effort)));
        Should.Throw<ArgumentOutOfRangeException>(() => Wsjf.Score(new WsjfInputs(1, 1, 1, effort)));
        Should.Throw<ArgumentOutOfRangeException>(() => ValueEffort.Score(new ValueEffortInputs(1, effort)));
    }

    [Fact]
    public void Inputs_outside_their_scale_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Ice.Score(new IceInputs(11, 1, 1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Rice.Score(new RiceInputs(1, 1, 1.1, 1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Rice.Score(new RiceInputs(-1, 1, 1, 1)));
    }

    [Fact]
    public void Scores_rise_with_value_and_fall_with_size() =>
        Gen.Select(Gen.Double[0.1, 9], Gen.Double[0.1, 9], Gen.Double[0.1, 9], Gen.Double[0.5, 20], Gen.Double[0.01, 1]).Sample((a, b, c, size, more) =>
        {
            var wsjf = new WsjfInputs(a, b, c, size);
            Wsjf.Score(wsjf with { BusinessValue = a + more }).ShouldBeGreaterThan(Wsjf.Score(wsjf));
            Wsjf.Score(wsjf with { TimeCriticality = b + more }).ShouldBeGreaterThan(Wsjf.Score(wsjf));
            Wsjf.Score(wsjf with { RiskReduction = c + more }).ShouldBeGreaterThan(Wsjf.Score(wsjf));
            Wsjf.Score(wsjf with { JobSize = size + more }).ShouldBeLessThan(Wsjf.Score(wsjf));
            var rice = new RiceInputs(a, b, c / 10, size);
            Rice.Score(rice with { Reach = a + more }).ShouldBeGreaterThan(Rice.Score(rice));
            Rice.Score(rice with { Impact = b + more }).ShouldBeGreaterThan(Rice.Score(rice));
            Rice.Score(rice with { Confidence = (c + more) / 10 }).ShouldBeGreaterThan(Rice.Score(rice));
            Rice.Score(rice with { Effort = size + more }).ShouldBeLessThan(Rice.Score(rice));
        });
}
