using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Value;

namespace ServerlessBacklog.Triage.Tests.Value;

public sealed class ValueReportTests
{
    private static readonly Change Label = new AddLabel(new Label("bug"));
    private static readonly Change Archive = new Close(CloseReason.NotPlanned);
    private static readonly Change Draft = new SetBlock("draft", "As a user …");

    [Fact]
    public void Hours_are_what_stood_less_what_was_taken_back_less_review()
    {
        // 12 (description) + 4 (archive) + 0.5 (label) = 16.5 saved; 4 (archive) lost; 3 answers × 1 = 3; net 9.5 min.
        var report = Report(
            Outcome(1, "ada", OutcomeState.Applied, (Draft, ChangeState.Applied)),
            Outcome(2, "ada", OutcomeState.Applied, (Archive, ChangeState.Applied), (Label, ChangeState.NotApplied)),
            Outcome(3, "bob", OutcomeState.Applied, (Archive, ChangeState.Undone)),
            Outcome(4, null, OutcomeState.Applied, 15, (Label, ChangeState.Applied)));

        report.Refusal.ShouldBeNull();
        (report.SavedMinutes, report.LostMinutes, report.ReviewMinutes, report.Reviews).ShouldBe((16.5, 4, 3, 3));
        report.NetHours.ShouldBe(9.5 / 60, 1e-9);
        report.Acts.Select(a => (a.Act, a.Kept, a.Undone, a.Minutes)).ShouldBe([("description", 1, 0, 12), ("label", 1, 0, 0.5), ("archive", 1, 1, 0)]);
    }

    [Fact]
    public void An_act_that_nobody_approved_counts_once_it_has_stood_for_fourteen_days()
    {
        var young = Report(Outcome(1, null, OutcomeState.Applied, 13, (Label, ChangeState.Applied)));
        var stood = Report(Outcome(1, null, OutcomeState.Applied, 14, (Label, ChangeState.Applied)));

        (young.Pending, young.SavedMinutes).ShouldBe((1, 0));
        young.Refusal.ShouldNotBeNull().ShouldStartWith("Nothing is claimed");
        (stood.Pending, stood.SavedMinutes, stood.Refusal).ShouldBe((0, 0.5, null));
    }

    [Fact]
    public void Where_nothing_happened_nothing_is_claimed_and_the_inputs_are_shown_all_the_same()
    {
        var lines = ValueText.Lines(Report()).ToList();

        lines.ShouldContain(l => l.StartsWith("Nothing is claimed"));
        lines.ShouldNotContain(l => l.StartsWith("Net"));
        lines.ShouldContain("Azure: not given (Value:AzureMonthlyCost)");
    }

    [Fact]
    public void Answers_that_say_no_cost_review_and_save_nothing()
    {
        var report = Report(
            Outcome(1, "ada", OutcomeState.Rejected),
            Outcome(2, "ada", OutcomeState.Applied, (Archive, ChangeState.Applied)),
            Outcome(3, null, OutcomeState.Expired),
            Outcome(4, null, OutcomeState.Asked));

        (report.SavedMinutes, report.ReviewMinutes).ShouldBe((4, 2));
        report.Missed.Agreement.ShouldBe(0.5);
        report.Missed.Answered!.Value.ShouldBe(2.0 / 3, 1e-9);
        report.Missed.People.ShouldBe(1);
    }

    [Fact]
    public void Money_is_hours_at_the_rate_less_models_and_Azure()
    {
        // 30 days of 30.4375 at 10 a month = 9.86; (12 − 1) / 60 h × 120 = 22; 22 − 1.50 − 9.86 = 10.64.
        var input = Input(Outcome(1, "ada", OutcomeState.Applied, (Draft, ChangeState.Applied))) with
        {
            Models = new ModelUse(3, 0, 900, 0, 100, 1.50m),
            Settings = new ValueSettings { AzureMonthlyCost = 10, HourlyRate = 120 },
        };

        var report = ValueReport.Of(input);

        (report.AzureCost, report.NetMoney).ShouldBe((9.86m, 10.64m));
        ValueReport.Of(input with { Settings = input.Settings with { HourlyRate = null } }).NetMoney.ShouldBeNull();
        ValueReport.Of(input with { Settings = input.Settings with { AzureMonthlyCost = null } }).NetMoney.ShouldBeNull();
    }

    [Fact]
    public void The_interval_of_equal_decisions_is_the_doubt_about_the_table_alone()
    {
        // Each saves 12 and costs 1: low 10 × (6 − 1) = 50, high 10 × (18 − 1) = 170 minutes.
        var report = Report([.. Enumerable.Range(1, 10).Select(i => Outcome(i, "ada", OutcomeState.Applied, (Draft, ChangeState.Applied)))]);

        report.NetHours.ShouldBe(110 / 60.0, 1e-9);
        report.NetHoursInterval.Low.ShouldBe(50 / 60.0, 1e-9);
        report.NetHoursInterval.High.ShouldBe(170 / 60.0, 1e-9);
    }

    [Fact]
    public void Outcomes_outside_the_time_are_left_out() =>
        Report(Outcome(1, "ada", OutcomeState.Applied, 31, (Draft, ChangeState.Applied))).Refusal.ShouldNotBeNull();

    [Theory]
    [InlineData(new[] { 4.0, 1, 10 }, 4.0)]
    [InlineData(new[] { 4.0, 1, 10, 2 }, 3.0)]
    public void Response_time_is_a_median(double[] hours, double median) =>
        ValueReport.Of(Input() with { FirstActHours = hours }).Missed.FirstActHours.ShouldBe(median);

    [Fact]
    public async Task What_people_took_back_by_hand_counts_against_and_what_they_ordered_counts_not()
    {
        var store = new InMemoryBacklogStore();
        var none = TestContext.Current.CancellationToken;
        await store.SaveItemsAsync("b", [An.Item(1), An.Item(2)], none);
        await store.SaveOutcomeAsync("b", Outcome(1, "ada", OutcomeState.Applied, 5, (Archive, ChangeState.Applied)), none);
        await store.SaveOverridesAsync("b", An.Ref(1), [HumanOverride.Refusing(Archive, "bob", An.Instant.AddDays(-2))], none);
        await store.SaveOutcomeAsync("b", Outcome(2, "ada", OutcomeState.Applied, 5, (Label, ChangeState.Applied)), none);
        await store.SaveDecisionsAsync("b", [Ordered(2, Label)], none);

        var report = ValueReport.Of(await new ValueReading(store, new InMemoryModelLedger(), new ValueSettings()).LoadAsync("b", An.Instant.AddDays(-30), An.Instant, none));

        (report.SavedMinutes, report.LostMinutes).ShouldBe((0, 4));
        report.Missed.FirstActHours.ShouldBe(5 * 24);
    }

    private static Decision Ordered(int item, Change change) => new()
    {
        Id = "d", Item = An.Ref(item), ItemHash = "", PolicyVersion = "person", DecidedAt = An.Instant, Verdict = Verdict.Ask, Reason = "",
        Changes = [new DecidedChange(change, "person", Confidence.Certain, Verdict.Ask, Verdict.Ask, "a person says so")],
    };

    private static ValueReport Report(params DecisionOutcome[] outcomes) => ValueReport.Of(Input(outcomes));

    private static ValueInput Input(params DecisionOutcome[] outcomes) =>
        new() { Backlog = "b", From = An.Instant.AddDays(-30), To = An.Instant, Outcomes = outcomes };

    private static DecisionOutcome Outcome(int item, string? by, OutcomeState state, params (Change, ChangeState)[] changes) => Outcome(item, by, state, 1, changes);

    private static DecisionOutcome Outcome(int item, string? by, OutcomeState state, int daysAgo, params (Change Change, ChangeState State)[] changes) => new()
    {
        Decision = "d", Item = An.Ref(item), State = state, At = An.Instant.AddDays(-daysAgo), By = by,
        Changes = [.. changes.Select(c => new ChangeOutcome($"d:{c.Change.Slot}", c.Change, c.State))],
    };
}
