using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Evaluation.Flow;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Evaluation;

public sealed class FlowEvaluationTests
{
    [Fact]
    public void The_bound_of_a_steady_project_holds_as_often_as_it_says()
    {
        var measured = Run(new CycleTimeEvaluation(), Steady(600)).Projects.ShouldHaveSingleItem().Value;

        measured.N.ShouldBe(120);
        measured.Figures[Figure.Coverage].ShouldBeInRange(0.78, 0.92);
        measured.Figures[Figure.IntervalCoverage].ShouldBeInRange(0.72, 0.88);
    }

    [Fact]
    public void What_is_closed_after_the_asking_changes_no_earlier_bound()
    {
        var items = Steady(300);
        var changed = items.Select((i, at) => at == 299 ? i with { ClosedAt = i.CreatedAt!.Value.AddDays(900) } : i).ToList();

        var (before, after) = (Run(new CycleTimeEvaluation(), items).Pooled.Figures, Run(new CycleTimeEvaluation(), changed).Pooled.Figures);

        after[Figure.WidthRatio].ShouldBe(before[Figure.WidthRatio]);
        (before[Figure.Coverage] - after[Figure.Coverage]).ShouldBeInRange(0, (1 / 60.0) + 1e-9);
    }

    [Fact]
    public void A_history_that_was_imported_in_one_day_is_left_out_with_the_reason()
    {
        var imported = Steady(300).Select(i => i with { CreatedAt = An.Instant, ClosedAt = An.Instant.AddDays(1) }).ToList();

        Run(new CycleTimeEvaluation(), imported).LeftOut.ShouldHaveSingleItem().Value.ShouldContain("imported");
        Run(new ForecastEvaluation(), imported).LeftOut.ShouldHaveSingleItem().Value.ShouldContain("moments");
    }

    [Fact]
    public void Forecasts_are_asked_every_week_and_hold()
    {
        var measured = Run(new ForecastEvaluation(), Steady(600)).Projects.ShouldHaveSingleItem().Value;

        measured.N.ShouldBeGreaterThan(50);
        measured.Figures[Figure.Coverage].ShouldBeInRange(0.75, 0.97);
        measured.Figures[Figure.CountCoverage].ShouldBeInRange(0.75, 0.97);
    }

    [Fact]
    public void Arrivals_of_every_week_are_asked_and_compared_with_the_simple_rule()
    {
        var measured = Run(new ArrivalsEvaluation(), Steady(600)).Projects.ShouldHaveSingleItem().Value;

        measured.N.ShouldBeGreaterThan(200);
        measured.Figures[Figure.IntervalCoverage].ShouldBe(1, "seven items come each week");
        measured.Baselines["seasonal_naive"][Figure.Mae].ShouldBe(0);
    }

    [Fact]
    public void Milestones_are_asked_at_their_own_pace()
    {
        var measured = Run(new MilestonesEvaluation(), [.. Steady(600).Select((i, at) => i with { Milestone = $"m{at / 200}" })]).Projects.ShouldHaveSingleItem().Value;

        measured.N.ShouldBeGreaterThan(30);
        measured.Figures[Figure.Coverage].ShouldBeInRange(0.7, 1);
        Should.Throw<UserErrorException>(() => Run(new MilestonesEvaluation(), Steady(300))).Message.ShouldContain("milestone");
    }

    [Fact]
    public void Sets_without_dates_are_refused()
    {
        var undated = Steady(300).Select(i => i with { CreatedAt = null, ClosedAt = null }).ToList();

        Should.Throw<UserErrorException>(() => Run(new CycleTimeEvaluation(), undated)).Message.ShouldContain("date");
        Should.Throw<UserErrorException>(() => Run(new ForecastEvaluation(), undated)).Message.ShouldContain("date");
    }

    private static List<WorkItem> Steady(int count)
    {
        var random = new Random(6);
        return [.. Enumerable.Range(0, count).Select(i => An.Item(i) with
        {
            State = WorkItemState.Closed,
            CreatedAt = An.Instant.AddDays(i),
            ClosedAt = An.Instant.AddDays(i + (random.NextDouble() * 20)),
        })];
    }

    private static EvaluationResult Run(IEvaluation evaluation, IReadOnlyList<WorkItem> items) =>
        evaluation.Run(new LabelledData([.. items.Select((item, place) => new LabelledItem(item, place, null))]), new Progress<string>(), CancellationToken.None);
}
