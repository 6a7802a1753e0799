using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Tests.Rollout;

public class GatesTests
{
    private const string Backlog = "owner/repo";

    private readonly InMemoryBacklogStore store = new();
    private readonly FakeTimeProvider time = new(An.Instant);

    [Fact]
    public async Task What_was_never_assessed_stays_in_shadow()
    {
        var settings = await OfAsync(Auto());

        settings.Policy.For("duplicates").Autonomy.ShouldBe(Autonomy.Shadow);
        (await HeldAsync(Auto())).ShouldAllBe(h => h.Why.Contains("never assessed"));
    }

    [Theory]
    [InlineData(ReadinessGrade.C, Autonomy.Suggest)]
    [InlineData(ReadinessGrade.D, Autonomy.Shadow)]
    public async Task A_pilot_begins_at_its_grade(ReadinessGrade grade, Autonomy holds)
    {
        await GradeAsync(grade);

        (await OfAsync(Suggest())).Policy.For("duplicates").Autonomy.ShouldBe(holds);
    }

    [Fact]
    public async Task A_reason_lets_a_pilot_begin_under_its_grade()
    {
        await GradeAsync(ReadinessGrade.E);

        (await OfAsync(Suggest() with { Pilot = new PilotSettings { Override = "a drill" } })).Policy.For("duplicates").Autonomy.ShouldBe(Autonomy.Suggest);
    }

    [Fact]
    public async Task A_step_that_never_proved_itself_suggests_in_place_of_acting()
    {
        await GradeAsync(ReadinessGrade.A);

        var held = (await HeldAsync(Auto())).Single(h => h.Step == "duplicates");

        held.Holds.ShouldBe(Autonomy.Suggest);
        held.ToString().ShouldBe("duplicates is held at suggest instead of auto: its precision on this backlog was never measured.");
    }

    [Theory]
    [InlineData(30, 30, 0, Autonomy.Auto)]
    [InlineData(29, 29, 0, Autonomy.Suggest)]
    [InlineData(90, 100, 0, Autonomy.Auto)]
    [InlineData(85, 100, 0, Autonomy.Suggest)]
    [InlineData(100, 100, 14, Autonomy.Auto)]
    [InlineData(100, 100, 15, Autonomy.Suggest)]
    public async Task A_step_acts_once_enough_fresh_cases_prove_its_precision(int right, int n, int daysAgo, Autonomy holds)
    {
        await GradeAsync(ReadinessGrade.A);
        await MeasureAsync(right, n, daysAgo, CapabilitySource.Outcomes);

        (await OfAsync(Auto())).Policy.For("duplicates").Autonomy.ShouldBe(holds);
    }

    [Fact]
    public async Task What_people_said_goes_before_an_evaluation()
    {
        await GradeAsync(ReadinessGrade.A);
        await MeasureAsync(100, 100, 0, CapabilitySource.Evaluation);
        (await OfAsync(Auto())).Policy.For("duplicates").Autonomy.ShouldBe(Autonomy.Auto);

        await MeasureAsync(20, 40, 0, CapabilitySource.Outcomes);

        (await OfAsync(Auto())).Policy.For("duplicates").Autonomy.ShouldBe(Autonomy.Suggest);
    }

    [Fact]
    public async Task Other_steps_are_not_let_through_by_one_that_proved_itself()
    {
        await GradeAsync(ReadinessGrade.A);
        await MeasureAsync(100, 100, 0, CapabilitySource.Outcomes);

        var policy = (await OfAsync(Auto())).Policy;

        policy.For("type").Autonomy.ShouldBe(Autonomy.Suggest);
        policy.For("never heard of").Autonomy.ShouldBe(Autonomy.Suggest);
    }

    [Fact]
    public async Task A_scope_is_held_like_the_whole()
    {
        await GradeAsync(ReadinessGrade.A);
        var scope = new PolicyScope { Name = "pilot", Labels = ["bug"], Steps = new Dictionary<string, Autonomy> { ["type"] = Autonomy.Auto } };

        var held = (await HeldAsync(new TriageSettings { Policy = DecisionPolicy.Default with { Scopes = [scope] } })).ShouldHaveSingleItem();

        held.Scope.ShouldBe("pilot");
        held.Holds.ShouldBe(Autonomy.Suggest);
    }

    [Fact]
    public async Task The_operator_may_let_everything_through_and_it_shows()
    {
        var gated = await Gates(new TriageDefaults(WithoutGate: true)).HoldAsync(Backlog, Auto(), default);

        gated.Settings.Policy.For("duplicates").Autonomy.ShouldBe(Autonomy.Auto);
        gated.WithoutGate.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Autonomy.Shadow)]
    [InlineData(Autonomy.Off)]
    public async Task A_rollback_lowers_every_step_and_scope_at_once_until_it_is_undone(Autonomy to)
    {
        var scope = new PolicyScope { Name = "pilot", Steps = new Dictionary<string, Autonomy> { ["type"] = Autonomy.Suggest } };
        var wanted = Auto() with { Policy = Auto().Policy with { Scopes = [scope] } };
        var gates = Gates(new TriageDefaults(WithoutGate: true));
        await new Rollbacks(store).SetAsync(Backlog, new Rollback(to, "a drill", An.Instant), default);

        var back = await gates.HoldAsync(Backlog, wanted, default);

        back.Settings.Policy.On(An.Item(1)).Steps.Values.Append(back.Settings.Policy.Fallback).ShouldAllBe(s => s.Autonomy == to);
        back.Settings.Policy.On(An.Item(1)).MayComment.ShouldBeFalse();
        await new Rollbacks(store).UndoAsync(Backlog, default);
        (await gates.HoldAsync(Backlog, wanted, default)).Settings.Version().ShouldBe(wanted.Version());
    }

    [Fact]
    public async Task Settings_of_which_nothing_is_held_keep_their_version()
    {
        await GradeAsync(ReadinessGrade.B);

        (await OfAsync(Suggest())).Version().ShouldBe(Suggest().Version());
    }

    private static TriageSettings Auto() => new() { Policy = DecisionPolicy.Default with { Fallback = new StepPolicy(Autonomy.Auto), Steps = new Dictionary<string, StepPolicy> { ["duplicates"] = new(Autonomy.Auto) } } };

    private static TriageSettings Suggest() => new() { Policy = DecisionPolicy.Default with { Fallback = new StepPolicy(Autonomy.Suggest), Steps = new Dictionary<string, StepPolicy>() } };

    private Gates Gates(TriageDefaults? defaults = null) => new(new CapabilityStore(store), new Readings(store), new Rollbacks(store), time, defaults);

    private async Task<TriageSettings> OfAsync(TriageSettings wanted) => (await Gates().HoldAsync(Backlog, wanted, default)).Settings;

    private async Task<IReadOnlyList<HeldLevel>> HeldAsync(TriageSettings wanted) => (await Gates().HoldAsync(Backlog, wanted, default)).Held;

    private Task GradeAsync(ReadinessGrade grade) => new Readings(store).SaveAsync(Backlog, new Readiness(60, grade, [], []), An.Instant, default);

    private Task MeasureAsync(int right, int n, int daysAgo, CapabilitySource source) =>
        new CapabilityStore(store).SaveAsync(Backlog, source, [CapabilityRecord.Of("duplicates", right, n, An.Instant.AddDays(-daysAgo), source)], default);
}
