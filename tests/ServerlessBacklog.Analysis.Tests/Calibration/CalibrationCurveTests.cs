using CsCheck;
using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Analysis.Tests.Calibration;

public sealed class CalibrationCurveTests
{
    [Fact]
    public void Confidence_never_falls_while_the_score_rises() =>
        Gen.Select(Gen.Double[0, 1], Gen.Bool).List[0, 300].Sample(cases =>
        {
            var curve = CalibrationCurve.Fit(cases);

            var confidences = Enumerable.Range(0, 101).Select(i => curve.Of(i / 100.0)).ToList();

            confidences.ShouldBe(confidences.Order());
        });

    [Fact]
    public void Confidence_is_the_share_that_was_right_near_the_score()
    {
        var weak = Enumerable.Range(0, 98).Select(i => (0.2, i < 24));
        var strong = Enumerable.Range(0, 98).Select(i => (0.8, i < 89));

        var curve = CalibrationCurve.Fit(weak.Concat(strong));

        curve.Of(0.2).Value.ShouldBe(0.25, 0.03);
        curve.Of(0.8).Value.ShouldBe(0.90, 0.03);
    }

    [Fact]
    public void Without_cases_there_is_no_confidence() => CalibrationCurve.Fit([]).Of(1).ShouldBe(Confidence.None);
}
