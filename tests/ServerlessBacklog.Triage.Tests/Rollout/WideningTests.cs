using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Tests.Rollout;

/// <summary>A pilot begins by the readiness of the data, and is widened by what it achieved.</summary>
public class WideningTests
{
    private const string Backlog = "owner/repo";

    private static readonly DeclaredMetric Stale = new(MetricNames.StaleShare, 0.2, 0.5, new DateOnly(2026, 5, 1));

    private readonly InMemoryBacklogStore store = new();
    private readonly FakeTimeProvider time = new(An.Instant);

    [Fact]
    public async Task The_first_pilot_needs_no_metrics()
    {
        await AssessAsync();

        (await HoldAsync(Pilot(10))).HeldScopes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_larger_share_is_held_until_the_metrics_were_met_for_the_weeks_declared()
    {
        await AssessAsync();
        await HoldAsync(Pilot(10, Stale));
        await WeekAsync(weeksAgo: 0, stale: 0.1);

        var held = await HoldAsync(Pilot(30, Stale));

        held.HeldScopes.ShouldHaveSingleItem().ToString().ShouldBe("The scope 'pilot' is held at 10 % instead of 30 %: stale_share met its target of 0.2 in 1 of 2 weeks in a row (last measured: 0.1).");
        held.Settings.Policy.Scopes.Single().Percent.ShouldBe(10);

        await WeekAsync(weeksAgo: 1, stale: 0.2);
        (await HoldAsync(Pilot(30, Stale))).Settings.Policy.Scopes.Single().Percent.ShouldBe(30);
    }

    [Fact]
    public async Task A_new_scope_is_held_like_a_larger_share_and_holds_nothing_until_then()
    {
        await AssessAsync();
        await HoldAsync(Pilot(10));
        var two = Pilot(10) with { Policy = Pilot(10).Policy with { Scopes = [.. Pilot(10).Policy.Scopes, Scope("second", 100)] } };

        var held = await HoldAsync(two);

        held.HeldScopes.ShouldHaveSingleItem().Scope.ShouldBe("second");
        held.Settings.Policy.On(An.Item(1) with { Labels = [new("second")] }).For("duplicates").Autonomy.ShouldBe(Autonomy.Shadow);
    }

    [Fact]
    public async Task The_whole_backlog_is_a_scope_of_all_items()
    {
        await AssessAsync();
        await HoldAsync(Pilot(10));
        var whole = Pilot(10) with { Policy = Pilot(10).Policy with { Steps = new Dictionary<string, StepPolicy> { ["type"] = new(Autonomy.Suggest) } } };

        var held = await HoldAsync(whole);

        held.Settings.Policy.For("type").Autonomy.ShouldBe(Autonomy.Shadow);
        held.HeldScopes.ShouldHaveSingleItem().ToString().ShouldContain("stays in shadow beside the pilot");
    }

    [Fact]
    public async Task An_open_objection_holds_a_pilot_whose_metrics_are_met()
    {
        await AssessAsync();
        await HoldAsync(Pilot(10, Stale));
        await WeekAsync(0, 0.1);
        await WeekAsync(1, 0.1);
        var objection = await new Objections(store).AddAsync(Backlog, "ada", "it asks the same of everybody", null, An.Instant, default);

        (await HoldAsync(Pilot(30, Stale))).HeldScopes.ShouldHaveSingleItem().Why.ShouldBe(["objection 1 is open"]);

        await new Objections(store).ResolveAsync(Backlog, objection.Number, "grace", "it asks once now", An.Instant, default);
        (await HoldAsync(Pilot(30, Stale))).HeldScopes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_metric_without_a_baseline_holds_and_one_that_is_taken_counts()
    {
        await AssessAsync();
        var metric = Stale with { Baseline = null, BaselineAt = null };
        await HoldAsync(Pilot(10, metric));
        await WeekAsync(0, 0.1);
        await WeekAsync(1, 0.1);

        (await HoldAsync(Pilot(30, metric))).HeldScopes.ShouldHaveSingleItem().Why.ShouldHaveSingleItem().ShouldContain("has no baseline");

        await new MetricWeeks(store).SaveBaselineAsync(Backlog, new MetricBaseline(new DateOnly(2026, 5, 1), new Dictionary<string, double> { [MetricNames.StaleShare] = 0.5 }), default);
        (await HoldAsync(Pilot(30, metric))).HeldScopes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reason_lets_a_pilot_be_widened_and_is_shown()
    {
        await AssessAsync();
        await HoldAsync(Pilot(10));

        var held = await HoldAsync(Pilot(30) with { Pilot = new PilotSettings { Override = "a drill" } });

        held.HeldScopes.ShouldBeEmpty();
        held.PilotOverride.ShouldBe("a drill");
    }

    [Fact]
    public async Task A_narrower_pilot_holds_at_once_and_has_to_earn_its_width_again()
    {
        await AssessAsync();
        await HoldAsync(Pilot(30));
        await HoldAsync(Pilot(10));

        (await HoldAsync(Pilot(30))).Settings.Policy.Scopes.Single().Percent.ShouldBe(10);
    }

    [Fact]
    public async Task Looking_at_what_would_be_remembers_nothing()
    {
        await AssessAsync();
        await HoldAsync(Pilot(10));

        (await Gates().HoldAsync(Backlog, Pilot(10) with { Pilot = new PilotSettings { Override = "try" }, Policy = Pilot(100).Policy }, default, isTrial: true)).HeldScopes.ShouldBeEmpty();

        (await HoldAsync(Pilot(30))).Settings.Policy.Scopes.Single().Percent.ShouldBe(10);
    }

    [Fact]
    public void Weeks_are_counted_back_from_this_one_or_the_last_and_a_gap_ends_them()
    {
        int Met(params int[] weeksAgo) => Widening.WeeksMet(Stale, [.. weeksAgo.Select(ago => Week(ago, 0.1)).OrderBy(w => w.Week)], An.Instant);

        Met(0, 1, 2).ShouldBe(3);
        Met(1, 2).ShouldBe(2);
        Met(2, 3).ShouldBe(0);
        Met(0, 2).ShouldBe(1);
        Widening.WeeksMet(Stale, [Week(1, 0.1), Week(0, 0.9)], An.Instant).ShouldBe(0);
    }

    [Theory]
    [InlineData(2026, 6, 1, 2026, 6, 1)]
    [InlineData(2026, 6, 7, 2026, 6, 1)]
    [InlineData(2026, 6, 8, 2026, 6, 8)]
    public void A_week_begins_on_Monday(int year, int month, int day, int mondayYear, int mondayMonth, int mondayDay) =>
        MetricWeeks.WeekOf(new DateTimeOffset(year, month, day, 23, 59, 0, TimeSpan.Zero)).ShouldBe(new DateOnly(mondayYear, mondayMonth, mondayDay));

    private static PolicyScope Scope(string name, int percent) => new()
    {
        Name = name, Labels = [name], Percent = percent, Steps = new Dictionary<string, Autonomy> { ["duplicates"] = Autonomy.Suggest },
    };

    private static TriageSettings Pilot(int percent, params DeclaredMetric[] metrics) => new()
    {
        Policy = DecisionPolicy.Default with { Scopes = [Scope("pilot", percent)] }, Metrics = metrics,
    };

    private static MetricWeek Week(int weeksAgo, double stale) =>
        new(MetricWeeks.WeekOf(An.Instant).AddDays(-7 * weeksAgo), new Dictionary<string, double> { [MetricNames.StaleShare] = stale });

    private Task WeekAsync(int weeksAgo, double stale) => new MetricWeeks(store).SaveAsync(Backlog, Week(weeksAgo, stale), default);

    private Task AssessAsync() => new Readings(store).SaveAsync(Backlog, new Readiness(90, ReadinessGrade.A, [], []), An.Instant, default);

    private Task<GatedSettings> HoldAsync(TriageSettings wanted) => Gates().HoldAsync(Backlog, wanted, default);

    private Gates Gates() => new(
        new CapabilityStore(store), new Readings(store), new Rollbacks(store), time, null, new Widths(store, new MetricWeeks(store), new Objections(store), time));
}
