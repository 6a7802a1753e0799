using System.Diagnostics;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Tests.Reports;

namespace ServerlessBacklog.Triage.Tests.Insights;

public sealed class InsightsBuilderTests
{
    [Fact]
    public void The_published_formula_gives_the_score_that_a_hand_computes()
    {
        var (old, owned) = (An.Item(1) with { CreatedAt = An.Instant.AddDays(-400) }, An.Item(2) with { Assignees = [new Person("ada")] });
        var (vague, blocked) = (An.Item(3), An.Item(4) with { StoryPoints = 3 });
        WorkItem[] items = [old, owned, vague, blocked];

        var health = Build(
            items,
            [
                .. items.Select(i => i == vague
                    ? A.Finding(StepName.Clarity, i, 0.1, 0.99, new Evidence(EvidenceKind.Missing, "steps"))
                    : Finding.Nothing(StepName.Clarity, i.Ref, "Clear.")),
                .. items.Select(i => i == blocked ? A.Finding(StepName.Dependencies, i, evidence: A.Fact(EvidenceKind.BlockedBy, old)) : Finding.Nothing(StepName.Dependencies, i.Ref, "Free.")),
            ]).Health;

        // Age 20 × 3/4, clarity 25 × 3/4, owned 15 × 1/4, estimated 10 × 1/4, not blocked 15 × 3/4; nobody looked for duplicates: of 85.
        health.Value.ShouldBe(Math.Round(100 * (15 + 18.75 + 3.75 + 2.5 + 11.25) / 85, 1));
        health.Causes.Select(c => (c.Part, c.Items, c.Points)).ShouldBe([("unowned", 3, 13.2), ("unestimated", 3, 8.8), ("clarity", 1, 7.4)]);
        health.Parts.Single(p => p.Key == "duplicates").WhyNot.ShouldBe("The duplicates step did not look.");
    }

    [Fact]
    public void A_month_that_was_seen_is_kept_and_months_before_are_rebuilt_and_say_so()
    {
        WorkItem[] items = [.. Enumerable.Range(1, 20).Select(i => An.Item(i) with { CreatedAt = An.Instant.AddDays(-30 * i) })];
        var before = Build(items) with { AsOf = An.Instant.AddMonths(-1) };

        var health = Build(items, [], before with { Health = before.Health with { Value = 12.3 } }).Health;

        health.Months[^1].ShouldBe(new HealthMonth(new DateOnly(2026, 5, 1), 12.3, IsRebuilt: false, 20));
        health.Months.SkipLast(1).ShouldAllBe(m => m.IsRebuilt);
        health.Next.ShouldNotBeNull().Basis.ShouldContain("rebuilt");
        health.Next!.Low.ShouldBeLessThan(health.Next.High);
    }

    [Fact]
    public void A_rise_in_reopens_is_found_and_named_with_its_figures_and_becomes_a_risk_that_closes()
    {
        var risen = Build(Steady(26, reopens: week => week >= 18 ? 2 : 0));

        var change = risen.Trends.Adjustments.ShouldHaveSingleItem();
        change.Kind.ShouldBe("reopens");
        change.Sentence.ShouldContain("Re-opens rose: 16 on ");
        change.MindAt.ShouldBeLessThan(16);
        change.WouldChangeMyMind.ShouldStartWith($"{change.MindAt:N0} or fewer");
        risen.Trends.Weeks.TakeLast(8).Sum(w => w.Reopened).ShouldBe(16);
        risen.Risks.Open.ShouldContain(r => r.Cause == RiskCause.RisingReopens);
        var calm = Build(Steady(26, reopens: _ => 1), [], risen);
        calm.Risks.Open.ShouldNotContain(r => r.Cause == RiskCause.RisingReopens);
        calm.Risks.Closed.ShouldHaveSingleItem().ClosedAt.ShouldBe(An.Instant);
    }

    [Fact]
    public void A_flat_past_says_that_nothing_changed()
    {
        var trends = Build(Steady(26, reopens: _ => 1)).Trends;

        trends.Adjustments.ShouldBeEmpty();
        trends.NoChange.ShouldNotBeNull().ShouldStartWith("No change");
    }

    [Fact]
    public void A_blocked_chain_is_a_risk_since_it_was_first_seen_and_closes_itself_when_its_cause_is_gone()
    {
        var (one, two, three) = (An.Item(1), An.Item(2), An.Item(3));
        Finding[] chain = [A.Finding(StepName.Dependencies, two, evidence: A.Fact(EvidenceKind.BlockedBy, one)), A.Finding(StepName.Dependencies, three, evidence: A.Fact(EvidenceKind.BlockedBy, two))];
        var first = Build([one, two, three], chain) with { AsOf = An.Instant.AddDays(-3) };
        first = first with { Risks = first.Risks with { Open = [.. first.Risks.Open.Select(r => r with { OpenedAt = An.Instant.AddDays(-3) })] } };

        var second = Build([one, two, three], chain, first);
        var blind = Build([one, two, three], [], second);
        var done = one with { State = WorkItemState.Closed, ClosedAt = An.Instant };
        var third = Build([done, two, three], chain, blind);

        var row = second.Risks.Open.Single(r => r.Cause == RiskCause.BlockedChain);
        (row.ItemCount, row.OpenedAt, row.ClosedAt).ShouldBe((3, An.Instant.AddDays(-3), null));
        row.Sentence.ShouldContain("2 items wait for 1");
        blind.Risks.Open.ShouldContain(r => r.Id == row.Id, "a step that did not look closes nothing");
        third.Risks.Open.ShouldNotContain(r => r.Id == row.Id);
        third.Risks.Closed.Single(r => r.Id == row.Id).ClosedAt.ShouldBe(An.Instant);
    }

    [Fact]
    public void A_ring_is_a_risk_of_its_own()
    {
        var (one, two) = (An.Item(1), An.Item(2));

        var rows = Build([one, two], A.Finding(StepName.Dependencies, one, evidence: A.Fact(EvidenceKind.BlockedBy, two)), A.Finding(StepName.Dependencies, two, evidence: A.Fact(EvidenceKind.BlockedBy, one))).Risks.Open;

        rows.ShouldHaveSingleItem().Cause.ShouldBe(RiskCause.Ring);
    }

    [Fact]
    public void Whoever_has_too_much_is_told_which_unstarted_items_could_move_and_to_whom()
    {
        WorkItem[] items =
        [
            .. Enumerable.Range(1, 12).Select(i => An.Item(i) with { Assignees = [new Person("ada")], Areas = ["parser"], State = i <= 9 ? WorkItemState.Started : WorkItemState.Open }),
            .. Enumerable.Range(50, 3).Select(i => Closed(i, 5) with { Assignees = [new Person("bob")], Areas = ["parser"] }),
        ];

        var insights = Build(items);

        var ada = insights.People.People.Single(p => p.Login == "ada");
        (ada.Load, ada.Capacity).ShouldBe((12, 10));
        ada.WhyNoWeeks.ShouldNotBeNull();
        ada.Rebalance!.CouldMove.Count.ShouldBe(2, "the load is two over capacity");
        ada.Rebalance.CouldMove.ShouldAllBe(m => m.To == "bob");
        insights.Risks.Open.ShouldContain(r => r.Id == "overload-ada" && r.Probability == RiskBand.High);
    }

    [Fact]
    public void A_milestone_that_cannot_be_done_by_its_due_date_is_late_and_one_with_time_is_not()
    {
        var items = Steady(26, reopens: _ => 0);
        WorkItem[] open = [.. Enumerable.Range(9000, 30).Select(i => An.Item(i) with { Milestone = i < 9025 ? "soon" : "later", DueAt = An.Instant.AddDays(i < 9025 ? 7 : 300) })];

        var insights = Build([.. items, .. open]);

        insights.Delivery.WhyNot.ShouldBeNull();
        insights.Delivery.Milestones.Select(m => (m.Name, m.IsLate)).ShouldBe([("soon", true), ("later", false)]);
        insights.Risks.Open.ShouldContain(r => r.Id == "late-soon");
        var (p50, p85) = (insights.Delivery.When(20)!.Dates.P50!.Value, insights.Delivery.When(20)!.Dates.P85!.Value);
        p85.ShouldBeGreaterThanOrEqualTo(p50);
        insights.Delivery.ByDate.ShouldAllBe(b => b.P50 >= b.P85 && b.P85 >= b.P95);
        insights.Delivery.By(new DateOnly(2026, 5, 1)).ShouldBeNull();
    }

    [Fact]
    public void Started_work_beyond_what_its_kind_needed_is_aging()
    {
        WorkItem[] items =
        [
            .. Enumerable.Range(100, 40).Select(i => Closed(i, i - 95) with { Type = "bug", StartedAt = An.Instant.AddDays(95 - i - 4) }),
            An.Item(1) with { Type = "bug", State = WorkItemState.Started, StartedAt = An.Instant.AddDays(-9) },
            An.Item(2) with { Type = "bug", State = WorkItemState.Started, StartedAt = An.Instant.AddDays(-1) },
        ];

        var aging = Build(items).Aging;

        (aging.InProgress, aging.Over).ShouldBe((2, 1));
        var item = aging.Items.ShouldHaveSingleItem();
        (item.AgeDays, item.SleDays, item.IsOver).ShouldBe((9, 4, true));
    }

    [Fact]
    public void A_wave_is_announced_only_when_its_whole_interval_lies_above_what_a_week_closes()
    {
        var steady = Build(Steady(26, reopens: _ => 0)).Arrivals;
        WorkItem[] flood = [.. Steady(26, reopens: _ => 0), .. Enumerable.Range(0, 8 * 30).Select(i => An.Item(5000 + i) with { CreatedAt = An.Instant.AddDays(-56 + (i / 30 * 7)) })];

        steady.Weeks.Count.ShouldBe(4);
        steady.Spike.ShouldBeNull();
        Build(flood).Arrivals.Spike.ShouldNotBeNull().ShouldContain("a usual week closes");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void Two_days_one_item_or_none_are_too_little_to_know_anything(int count)
    {
        WorkItem[] items = [.. Enumerable.Range(1, count).Select(i => An.Item(i) with { CreatedAt = An.Instant.AddDays(-2), State = i > 20 ? WorkItemState.Closed : WorkItemState.Open, ClosedAt = i > 20 ? An.Instant.AddDays(-1) : null })];

        var insights = Build(items);

        insights.Delivery.WhyNot.ShouldNotBeNull();
        (insights.Delivery.AllOpen, insights.Delivery.Curves).ShouldBe((null, null));
        insights.Arrivals.WhyNot.ShouldNotBeNull();
        insights.Trends.WhyNot.ShouldNotBeNull();
        insights.Health.Next.ShouldBeNull();
        insights.Health.WhyNoNext.ShouldNotBeNull();
        insights.Risks.Open.ShouldBeEmpty();
    }

    [Fact]
    public void Insights_are_the_same_after_they_were_stored()
    {
        var insights = Build([.. Steady(26, reopens: w => w % 3), An.Item(7000) with { Assignees = [new Person("ada")], Milestone = "1.0" }]);

        var stored = JsonSerializer.Serialize(insights);
        var read = JsonSerializer.Deserialize<BacklogInsights>(stored)!;

        JsonSerializer.Serialize(read).ShouldBe(stored);
        read.Delivery.When(5).ShouldBe(insights.Delivery.When(5));
        stored.Length.ShouldBeLessThan(200_000);
    }

    [Fact]
    public void An_item_that_rose_in_the_order_is_named_with_where_it_came_from()
    {
        var (one, two) = (An.Item(1), An.Item(2));
        var before = Build([one, two], A.Finding(StepName.Priority, one, 5), A.Finding(StepName.Priority, two, 1));

        var moves = Build([one, two], [A.Finding(StepName.Priority, one, 5), A.Finding(StepName.Priority, two, 9)], before).Moves;

        var move = moves.Risen.ShouldHaveSingleItem();
        (move.Item.Ref, move.From, move.To, move.ScoreBefore, move.Score).ShouldBe((two.Ref, 2, 1, 1, 9));
        before.Moves.WhyNot.ShouldNotBeNull();
    }

    [Fact]
    public void Ten_thousand_items_take_no_time_worth_speaking_of()
    {
        var random = new Random(1);
        var input = A.Input(Enumerable.Range(1, 10_000).Select(i =>
        {
            var created = An.Instant.AddDays(-random.Next(1, 1000));
            var item = An.Item(i) with { CreatedAt = created, Assignees = i % 3 == 0 ? [new Person($"p{i % 40}")] : [], Milestone = i % 5 == 0 ? $"m{i % 30}" : null };
            return random.NextDouble() < 0.6 ? item with { State = WorkItemState.Closed, ClosedAt = created + (random.NextDouble() * (An.Instant - created)) } : item;
        }));
        var report = ReportBuilder.Build(input);

        var watch = Stopwatch.StartNew();
        InsightsBuilder.Build(input, report);

        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed.TotalMilliseconds:0} ms");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "a guard against squares, not a measurement: machines are busy");
    }

    /// <summary>Five items a week, each closed within ten days; of the closed ones so many are reopened and closed again within their week.</summary>
    private static WorkItem[] Steady(int weeks, Func<int, int> reopens) =>
    [
        .. Enumerable.Range(0, weeks * 5).Select(i =>
        {
            var (week, place) = (i / 5, i % 5);
            var monday = new DateTimeOffset(2026, 6, 1, 6, 0, 0, TimeSpan.Zero).AddDays(-7 * (weeks - week));
            var (created, closed) = (monday.AddDays(place - 10), monday.AddDays(place));
            var again = place < reopens(week);
            return An.Item(i + 100) with
            {
                State = WorkItemState.Closed,
                CreatedAt = created,
                ClosedAt = again ? closed.AddHours(4) : closed,
                History = new WorkItemHistory
                {
                    IsKnown = true,
                    Events = again ? [new("closed", closed), new("reopened", closed.AddHours(2)), new("closed", closed.AddHours(4))] : [new("closed", closed)],
                },
            };
        }),
    ];

    private static WorkItem Closed(int number, int daysAgo) => An.Item(number) with
    {
        State = WorkItemState.Closed,
        CreatedAt = An.Instant.AddDays(-daysAgo - 10),
        ClosedAt = An.Instant.AddDays(-daysAgo),
    };

    private static BacklogInsights Build(IEnumerable<WorkItem> items, params Finding[] findings) => Build(items, findings, null);

    private static BacklogInsights Build(IEnumerable<WorkItem> items, Finding[] findings, BacklogInsights? previous)
    {
        var input = A.Input(items, findings);
        return InsightsBuilder.Build(input, ReportBuilder.Build(input), previous);
    }
}
