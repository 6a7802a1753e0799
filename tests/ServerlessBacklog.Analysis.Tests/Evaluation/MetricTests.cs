using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Analysis.Tests.Evaluation;

public class MetricTests
{
    [Fact]
    public void A_ranking_is_measured_by_its_first_hit_and_by_all_hits()
    {
        var ranking = new Ranking([2, 4], 3);

        ranking.HitWithin(1).ShouldBeFalse();
        ranking.HitWithin(5).ShouldBeTrue();
        ranking.ReciprocalRank.ShouldBe(0.5);
        ranking.AveragePrecision.ShouldBe(((1 / 2.0) + (2 / 4.0)) / 3, 1e-12);
    }

    [Fact]
    public void A_class_that_is_never_hit_counts_as_nothing_and_one_that_only_we_name_is_no_class()
    {
        List<(string, string?)> cases = [("bug", "bug"), ("bug", "task"), ("task", null), ("bug", "wish")];

        ClassScores.Accuracy(cases).ShouldBe(0.25);
        ClassScores.ByClass(cases)["bug"].ShouldBe(2.0 / (1 + 3));
        ClassScores.ByClass(cases)["task"].ShouldBe(0);
        ClassScores.MacroF1(cases).ShouldBe(0.25);
    }

    [Fact]
    public void Confidences_that_hold_have_no_calibration_error_and_boasts_have()
    {
        var honest = Enumerable.Range(0, 1500).Select(i => new CaseOutcome(0.8, i % 5 != 0)).ToList();
        var boastful = honest.Select(c => c with { Confidence = 1 }).ToList();

        Reliability.Error(honest).ShouldBe(0, 1e-9);
        Reliability.Error(boastful).ShouldBe(0.2, 1e-9);
        Reliability.Table(honest).Count.ShouldBe(Reliability.Bins);
    }

    [Fact]
    public void Bins_hold_equally_many_cases_also_where_there_are_few()
    {
        Reliability.Table([.. Enumerable.Range(0, 7).Select(i => new CaseOutcome(i / 10.0, true))]).Sum(b => b.Count).ShouldBe(7);
        Reliability.Table([]).ShouldBeEmpty();
    }

    [Fact]
    public void Match_mismatch_and_abstain_add_up_to_all_questions()
    {
        var rows = ThresholdTable.Of([new(0.95, true), new(0.85, false), new(0.4, true)], silent: 1);

        rows.ShouldAllBe(r => Math.Abs(r.Match + r.Mismatch + r.Abstain - 1) < 1e-9);
        var strict = rows.Single(r => r.Threshold == 0.9);
        (strict.Match, strict.Mismatch, strict.Abstain).ShouldBe((0.25, 0, 0.75));
        rows.Single(r => r.Threshold == 0.8).Precision.ShouldBe(0.5);
    }

    [Fact]
    public void The_bootstrap_interval_of_a_mean_is_about_two_standard_errors_wide_on_each_side()
    {
        List<double> values = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1.0 : 0)];

        var interval = Bootstrap.OfMean(values);

        interval.Low.ShouldBe(0.45, 0.01);
        interval.High.ShouldBe(0.55, 0.01);
        interval.Excludes(0.6).ShouldBeTrue();
        Bootstrap.OfMean(values).ShouldBe(interval);
    }
}
