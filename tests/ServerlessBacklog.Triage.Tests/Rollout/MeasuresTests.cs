using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.Triage.Tests.Rollout;

public class MeasuresTests
{
    private static readonly Person Ada = new("ada");

    [Fact]
    public void The_first_answer_is_that_of_a_person_who_did_not_report()
    {
        WorkItem Answered(int number, double days) => An.Item(number) with
        {
            Reporter = Ada,
            History = new WorkItemHistory
            {
                IsKnown = true,
                Comments =
                [
                    new(Ada, An.Instant.AddDays(-9.99), "And one more thing."),
                    new(new Person("robot", IsBot: true), An.Instant.AddDays(-9.98), "Thank you."),
                    new(new Person("us"), An.Instant.AddDays(-9.97), "Triage.") { IsOurs = true },
                    new(new Person("grace"), An.Instant.AddDays(-10 + days), "I look at it."),
                ],
            },
        };

        Values([.. Enumerable.Range(1, 5).Select(i => Answered(i, i))])[MetricNames.FirstResponseDays].ShouldBe(3);
    }

    [Fact]
    public void What_there_is_too_little_of_is_not_measured() =>
        Values([.. Enumerable.Range(1, 4).Select(i => An.Item(i))]).ShouldBeEmpty();

    [Fact]
    public void Acceptance_and_taking_back_are_shares_of_what_people_saw()
    {
        var outcomes = Enumerable.Range(1, 8).Select(i => Outcome(i, i <= 6 ? OutcomeState.Applied : OutcomeState.Rejected)).ToList();
        var overrides = new Dictionary<WorkItemRef, IReadOnlyList<HumanOverride>> { [An.Ref(1)] = [new HumanOverride("label:bug", null, "grace", An.Instant)] };

        var week = Of([], outcomes, overrides);

        week.Values[MetricNames.AcceptanceRate].ShouldBe(0.75);
        week.Values[MetricNames.OverrideRate].ShouldBe(Math.Round(1 / 6.0, 4));
        week.HumanMinutes.ShouldBe((6 * HumanMinutesTable.Accepted) + (2 * HumanMinutesTable.Rejected) + HumanMinutesTable.TakenBack);
    }

    [Fact]
    public void What_happened_before_the_week_costs_no_minutes_in_it() =>
        Of([], [Outcome(1, OutcomeState.Rejected) with { At = An.Instant.AddDays(-8) }], new Dictionary<WorkItemRef, IReadOnlyList<HumanOverride>>()).HumanMinutes.ShouldBe(0);

    [Fact]
    public void Minutes_are_told_for_a_hundred_items()
    {
        new MetricWeek(new DateOnly(2026, 6, 1), new Dictionary<string, double>(), HumanMinutes: 6, Decided: 40).MinutesPer100.ShouldBe(15);
        new MetricWeek(new DateOnly(2026, 6, 1), new Dictionary<string, double>(), HumanMinutes: 6).MinutesPer100.ShouldBeNull();
    }

    [Theory]
    [InlineData(MetricNames.StaleShare, 0.1, 0.2, true)]
    [InlineData(MetricNames.StaleShare, 0.3, 0.2, false)]
    [InlineData(MetricNames.AcceptanceRate, 0.9, 0.8, true)]
    [InlineData(MetricNames.AcceptanceRate, 0.7, 0.8, false)]
    public void Less_is_better_but_for_acceptance(string name, double value, double target, bool met) => MetricNames.IsMet(name, value, target).ShouldBe(met);

    private static IReadOnlyDictionary<string, double> Values(params WorkItem[] items) => Of(items, [], new Dictionary<WorkItemRef, IReadOnlyList<HumanOverride>>()).Values;

    private static MetricWeek Of(WorkItem[] items, IReadOnlyList<DecisionOutcome> outcomes, IReadOnlyDictionary<WorkItemRef, IReadOnlyList<HumanOverride>> overrides) =>
        Measures.Of(new MeasuredBacklog(
            new ReportInput { Name = "b", Source = "s", AsOf = An.Instant, Backlog = BacklogSnapshot.Build(items) }, outcomes, overrides, An.Instant) { Young = items });

    private static DecisionOutcome Outcome(int number, OutcomeState state) => new()
    {
        Decision = $"d{number}", Item = An.Ref(number), State = state, At = An.Instant.AddHours(-1), By = "grace",
        Changes = state == OutcomeState.Applied ? [new ChangeOutcome($"k{number}", new AddLabel(new Label("bug")), ChangeState.Applied)] : [],
    };
}
