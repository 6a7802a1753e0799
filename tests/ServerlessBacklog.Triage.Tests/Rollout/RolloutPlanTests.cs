using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Tests.Rollout;

public class RolloutPlanTests
{
    private static readonly ReadinessReading Ready = new(ReadinessGrade.B, 75, An.Instant);

    [Fact]
    public void It_begins_with_an_assessment()
    {
        var plan = Plan(new TriageSettings(), reading: null);

        plan.Stage.ShouldBe(RolloutStage.Assess);
        plan.Next.ShouldContain("backlog assess");
        plan.Diff.ShouldBeNull();
    }

    [Fact]
    public void Data_under_the_grade_are_mended_first()
    {
        var plan = Plan(new TriageSettings(), new ReadinessReading(ReadinessGrade.E, 20, An.Instant));

        plan.Stage.ShouldBe(RolloutStage.Assess);
        plan.Blockers.ShouldHaveSingleItem().ShouldContain("graded E");
    }

    [Fact]
    public void From_shadow_a_pilot_is_proposed_as_a_change_of_the_configuration()
    {
        var plan = Plan(new TriageSettings());

        plan.Stage.ShouldBe(RolloutStage.Shadow);
        plan.Diff.ShouldNotBeNull().ShouldContain("percent: 10");
        plan.Blockers.ShouldBe(["no metric is declared by which the pilot could be judged"]);
    }

    [Theory]
    [InlineData(10, 30)]
    [InlineData(30, 100)]
    [InlineData(50, 100)]
    public void A_pilot_of_which_nothing_is_in_the_way_is_widened(int from, int to)
    {
        var plan = Plan(Pilot(from));

        plan.Stage.ShouldBe(RolloutStage.Pilot);
        plan.Diff.ShouldNotBeNull().ShouldContain($"+    percent: {to}");
    }

    [Fact]
    public void A_pilot_that_is_held_gets_no_change_proposed()
    {
        var plan = Plan(Pilot(10), blockers: ["objection 1 is open"]);

        plan.Blockers.ShouldBe(["objection 1 is open"]);
        plan.Diff.ShouldBeNull();
    }

    [Fact]
    public void From_a_whole_pilot_its_steps_go_to_the_whole_backlog() =>
        Plan(Pilot(100)).Diff.ShouldNotBeNull().ShouldContain("+    duplicates: suggest");

    [Fact]
    public void Of_steps_that_suggest_those_that_proved_themselves_may_act()
    {
        var settings = new TriageSettings { Policy = DecisionPolicy.Default with { Steps = new Dictionary<string, StepPolicy> { ["type"] = new(Autonomy.Suggest), ["area"] = new(Autonomy.Suggest) } } };

        var plan = Plan(settings, capabilities: [CapabilityRecord.Of("type", 50, 50, An.Instant, CapabilitySource.Outcomes)]);

        plan.Stage.ShouldBe(RolloutStage.Wide);
        plan.Diff.ShouldNotBeNull().ShouldContain("+    type: auto");
        plan.Diff.ShouldNotContain("area: auto");
    }

    [Fact]
    public void Steps_that_proved_nothing_are_named_with_what_they_lack()
    {
        var settings = new TriageSettings { Policy = DecisionPolicy.Default with { Steps = new Dictionary<string, StepPolicy> { ["type"] = new(Autonomy.Suggest) } } };

        Plan(settings).Blockers.ShouldBe(["type: its precision on this backlog was never measured"]);
    }

    [Fact]
    public void What_was_rolled_back_is_undone_first()
    {
        var gated = new GatedSettings(Pilot(10), [], new Rollback(Autonomy.Shadow, "a drill", An.Instant), false);

        RolloutPlan.Of(Pilot(10), gated, Ready, [], [], An.Instant).Stage.ShouldBe(RolloutStage.RolledBack);
    }

    [Theory]
    [InlineData(null, 0.1, "no baseline: no success can be claimed")]
    [InlineData(0.5, 0.6, "worse than the baseline")]
    [InlineData(0.5, 0.5, "as it was")]
    [InlineData(0.5, 0.3, "better than the baseline, target not met")]
    [InlineData(0.5, 0.2, "target met for 1 of 2 weeks")]
    public void Of_a_metric_no_more_is_said_than_its_baseline_allows(double? baseline, double now, string verdict)
    {
        var metric = new DeclaredMetric(MetricNames.StaleShare, 0.2, baseline);

        MetricLine.Of(metric, null, [new MetricWeek(MetricWeeks.WeekOf(An.Instant), new Dictionary<string, double> { [MetricNames.StaleShare] = now })], 2, An.Instant).Verdict.ShouldBe(verdict);
    }

    private static RolloutPlan Plan(TriageSettings settings, IReadOnlyList<string>? blockers = null, IReadOnlyList<CapabilityRecord>? capabilities = null) =>
        Plan(settings, Ready, blockers, capabilities);

    private static RolloutPlan Plan(TriageSettings settings, ReadinessReading? reading, IReadOnlyList<string>? blockers = null, IReadOnlyList<CapabilityRecord>? capabilities = null) =>
        RolloutPlan.Of(settings, new GatedSettings(settings, [], null, false), reading, blockers ?? [], capabilities ?? [], An.Instant);

    private static TriageSettings Pilot(int percent) => new()
    {
        Policy = DecisionPolicy.Default with
        {
            Scopes = [new PolicyScope { Name = "pilot", Labels = ["bug"], Percent = percent, Steps = new Dictionary<string, Autonomy> { ["duplicates"] = Autonomy.Suggest } }],
        },
    };
}
