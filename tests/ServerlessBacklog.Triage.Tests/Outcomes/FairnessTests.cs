using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Outcomes;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Outcomes;

public class FairnessTests
{
    private const string Backlog = "owner/repo";
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly IBacklogStore store = new InMemoryBacklogStore();

    [Fact]
    public async Task A_history_in_which_feature_requests_are_treated_worse_than_bugs_is_caught()
    {
        await FillAsync(isSkewed: true);

        var alerts = (await new FairnessLook(store).LookAsync(Backlog, None)).Where(r => r.IsAlert).ToList();

        alerts.Where(r => r is { Dimension: "type", Group: "feature" }).Select(r => (r.Measure, r.Ratio < 1)).ShouldBe(
            [(FairnessMeasure.ActRate, true), (FairnessMeasure.Priority, true), (FairnessMeasure.HoursToFirstAct, false)]);
        alerts.ShouldAllBe(r => r.Dimension == "type");
        alerts[0].Describe().ShouldContain("n = 120");
    }

    [Fact]
    public async Task An_even_history_raises_nothing()
    {
        await FillAsync(isSkewed: false);

        var rows = await new FairnessLook(store).LookAsync(Backlog, None);

        rows.Select(r => r.Dimension).Distinct().ShouldBe(["type", "area", "reporter", "language"]);
        rows.ShouldAllBe(r => !r.IsAlert);
    }

    [Fact]
    public void Few_items_are_shown_and_never_marked()
    {
        var items = Items("bug", 200, acted: 100).Concat(Items("feature", 29, acted: 0)).ToList();

        var row = Fairness.Of(items).Single(r => r is { Group: "feature", Measure: FairnessMeasure.ActRate });

        row.ShouldSatisfyAllConditions(r => r.N.ShouldBe(29), r => r.Ratio.ShouldBe(0), r => r.Interval.Low.ShouldBe(double.NaN), r => r.IsAlert.ShouldBeFalse());
    }

    [Theory]
    [InlineData(200, 50, false)]
    [InlineData(200, 41, false)]
    [InlineData(200, 24, true)]
    [InlineData(200, 0, true)]
    [InlineData(40, 7, false)]
    public void A_ratio_is_marked_when_it_is_beyond_the_bounds_by_more_than_chance(int count, int acted, bool isAlert)
    {
        var items = Items("bug", 400, acted: 100).Concat(Items("feature", count, acted)).ToList();

        Fairness.Of(items).Single(r => r is { Group: "feature", Measure: FairnessMeasure.ActRate }).IsAlert.ShouldBe(isAlert);
    }

    [Fact]
    public void The_interval_of_a_ratio_of_shares_is_that_of_Katz()
    {
        var items = Items("bug", 100, acted: 40).Concat(Items("feature", 50, acted: 10)).ToList();

        var row = Fairness.Of(items).Single(r => r is { Group: "feature", Measure: FairnessMeasure.ActRate });

        // sqrt(1/10 - 1/50 + 1/40 - 1/100), but for the divisor n - 1.
        var half = 1.96 * Math.Sqrt(0.1 - 0.02 + 0.025 - 0.01);
        row.Ratio.ShouldBe(0.5, 1e-9);
        row.Interval.Low.ShouldBe(0.5 * Math.Exp(-half), 0.01);
        row.Interval.High.ShouldBe(0.5 * Math.Exp(half), 0.01);
    }

    private static IEnumerable<TreatedItem> Items(string type, int count, int acted) =>
        Enumerable.Range(0, count).Select(i => new TreatedItem(type, "a", "team", "en", i < acted, null, null));

    /// <summary>120 bugs and 120 feature requests, alike but for how they were treated.</summary>
    private async Task FillAsync(bool isSkewed)
    {
        for (var number = 1; number <= 240; number++)
        {
            var isFeature = number % 2 == 0;
            // In each dozen of either type as many are acted on; the others go by dozens, so that only the type can matter.
            var (round, dozen) = (number / 2, number / 24);
            var item = An.Item(number, "The window does not open when it is asked to", "It would be good if you could look at this, for it is what we have to do with it.") with
            {
                Type = isFeature ? "enhancement" : "bug",
                Areas = [dozen % 2 == 0 ? "ui" : "core"],
                ReporterRole = dozen % 3 == 0 ? "MEMBER" : "NONE",
                CreatedAt = An.Instant.AddDays(1),
            };
            var worse = isSkewed && isFeature;
            var isActed = round % 12 < (worse ? 4 : 9);
            await store.SaveItemsAsync(Backlog, [item], None);
            await store.SaveFindingsAsync(Backlog, [new ExaminedFinding(new Finding { Step = "priority", Item = item.Ref, Status = FindingStatus.Decided, Reason = "r", Score = (worse ? 3 : 6) + round % 5 }, new ComputedFrom(1, "h"))], None);
            await store.SaveDecisionsAsync(Backlog, [new Decision { Id = $"d{number}", Item = item.Ref, ItemHash = "h", PolicyVersion = "p", DecidedAt = An.Instant, Verdict = Verdict.Ask, Reason = "r" }], None);
            if (isActed)
                await store.SaveOutcomeAsync(Backlog, new DecisionOutcome { Decision = $"d{number}", Item = item.Ref, State = OutcomeState.Asked, At = An.Instant.AddDays(1).AddHours((worse ? 40 : 10) + round % 7) }, None);
        }
    }
}
