using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Outcomes;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Tests.Outcomes;

public class CapabilityReportTests
{
    private const string Backlog = "owner/repo";
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Now = An.Instant;
    private static readonly DecisionPolicy Auto = new() { Fallback = new StepPolicy(Autonomy.Auto, 0.9, 0.6) };

    [Fact]
    public void Precision_counts_what_people_decided_and_ignored_asks_abstain()
    {
        var report = Report([.. Cases(0.95, right: 18, wrong: 2), .. Cases(0.7, ignored: 20)], Auto);

        report.Record.ShouldBe(CapabilityRecord.Of("type", 18, 20, Now, CapabilitySource.Outcomes));
        report.Table.Single(r => r.Threshold == 0.9).ShouldSatisfyAllConditions(
            r => r.Match.ShouldBe(18 / 40.0), r => r.Mismatch.ShouldBe(2 / 40.0), r => r.Abstain.ShouldBe(20 / 40.0));
        report.Counts[OutcomeLabel.Ignored].ShouldBe(20);
    }

    [Fact]
    public void A_threshold_is_proposed_where_precision_is_proven_with_the_table_and_nothing_is_changed()
    {
        // Sure from 0.96 on, and hardly better than a coin below.
        var report = Report([.. Cases(0.97, right: 60, wrong: 1), .. Cases(0.92, right: 30, wrong: 25), .. Cases(0.65, right: 5, wrong: 30)], Auto);

        report.Proposal.ShouldNotBeNull().ShouldSatisfyAllConditions(p => p.ApplyAt.ShouldBe(0.93), p => p.AskAt!.Value.ShouldBeGreaterThan(0.65), p => p.Level.ShouldBeNull());
        var diff = ProposedDiff.Of([report]);
        foreach (var line in (IEnumerable<string>)["+++ .github/serverless-backlog.yml (proposed)", " steps:", "   type:", "-    apply_at: 0.90", "+    apply_at: 0.93", "-    ask_at: 0.60", "# threshold  match  mismatch  abstain  precision"])
            diff.Split('\n').ShouldContain(line);
    }

    [Fact]
    public void A_threshold_that_is_needlessly_high_is_proposed_lower()
    {
        var report = Report([.. Cases(0.85, right: 80, wrong: 2), .. Cases(0.95, right: 40)], new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto, 0.97, 0.6) });

        report.Proposal.ShouldNotBeNull().ApplyAt.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(0.85);
    }

    [Fact]
    public void A_step_that_nothing_is_proven_of_is_proposed_to_suggest_only()
    {
        var report = Report(Cases(0.95, right: 20, wrong: 20), Auto);

        report.Proposal.ShouldNotBeNull().Level.ShouldBe(Autonomy.Suggest);
        ProposedDiff.Of([report]).ShouldContain("-    type: auto\n+    type: suggest");
    }

    [Fact]
    public void With_few_cases_nothing_is_proposed()
    {
        Report(Cases(0.95, right: 5, wrong: 24), Auto).Proposal.ShouldBeNull();
        ProposedDiff.Of([]).ShouldBeEmpty();
    }

    [Fact]
    public void Old_cases_no_longer_count()
    {
        var report = Report([.. Cases(0.95, right: 0, wrong: 40, daysAgo: 200), .. Cases(0.95, right: 40, daysAgo: 40)], Auto);

        report.Record.ShouldSatisfyAllConditions(r => r.N.ShouldBe(40), r => r.Precision.ShouldBe(1));
    }

    [Theory]
    [InlineData(55, 5, 15, 10, true)]
    [InlineData(55, 5, 27, 3, false)]
    [InlineData(55, 5, 9, 0, false)]
    [InlineData(0, 0, 12, 13, true)]
    [InlineData(0, 0, 13, 12, false)]
    [InlineData(8, 2, 14, 8, false)]
    public void Drift_is_told_when_it_is_more_than_chance_or_less_than_half(int rightBefore, int wrongBefore, int right, int wrong, bool isDrift) =>
        (Report([.. Cases(0.95, rightBefore, wrongBefore, daysAgo: 60), .. Cases(0.95, right, wrong, daysAgo: 5)], Auto).Drift is not null).ShouldBe(isDrift);

    [Fact]
    public async Task The_nightly_look_measures_for_the_gates_raises_alarms_and_clears_them()
    {
        IBacklogStore store = new InMemoryBacklogStore();
        var (alarms, time, kept) = (new InMemoryAlarms(), new FakeTimeProvider(Now), new KeptSettings(store));
        await kept.KeepAsync(Backlog, new TriageSettings { Policy = Auto }, None);
        var learning = new OutcomeLearning(
            new OutcomeHistory(store), new FairnessLook(store), new CapabilityStore(store), kept, alarms, new AuditTrail(store, new InMemoryAuditLog(), new InMemoryExplanations(), kept), time);
        for (var number = 1; number <= 40; number++)
            await AnswerAsync(store, number, isYes: number <= 10, Now.AddDays(-3));

        await learning.RunAsync(Backlog, None);

        var record = (await new CapabilityStore(store).ListAsync(Backlog, None)).ShouldHaveSingleItem();
        record.ShouldSatisfyAllConditions(r => r.Step.ShouldBe("type"), r => r.N.ShouldBe(40), r => r.Precision.ShouldBe(0.25), r => r.At.ShouldBe(Now));
        CapabilityGate.WhyNot("type", [record], Now).ShouldNotBeNull();
        (await alarms.ListAsync(None)).ShouldHaveSingleItem().Text.ShouldContain("less than half");
        (await kept.OfAsync(Backlog, None)).Policy.For("type").ApplyAt.ShouldBe(0.9);

        time.Advance(TimeSpan.FromDays(40));
        for (var number = 101; number <= 140; number++)
            await AnswerAsync(store, number, isYes: true, time.GetUtcNow());
        await learning.RunAsync(Backlog, None);

        (await alarms.ListAsync(None)).ShouldBeEmpty();
        (await new CapabilityStore(store).ListAsync(Backlog, None)).ShouldHaveSingleItem().N.ShouldBe(80);
    }

    private static CapabilityReport Report(IReadOnlyCollection<LabelledOutcome> cases, DecisionPolicy policy) => CapabilityReport.Of(cases, policy, Now).ShouldHaveSingleItem();

    private static List<LabelledOutcome> Cases(double confidence, int right = 0, int wrong = 0, int ignored = 0, int daysAgo = 3) =>
    [
        .. Enumerable.Repeat(OutcomeLabel.Accepted, right).Concat(Enumerable.Repeat(OutcomeLabel.Rejected, wrong)).Concat(Enumerable.Repeat(OutcomeLabel.Ignored, ignored))
            .Select((label, i) => new LabelledOutcome(An.Ref(i + 1), "d", "type", new SetField(WorkItemField.Type, "bug"), new Confidence(confidence), Verdict.Ask, label, Now.AddDays(-daysAgo))),
    ];

    private static async Task AnswerAsync(IBacklogStore store, int number, bool isYes, DateTimeOffset at)
    {
        var change = new SetField(WorkItemField.Type, "bug");
        await store.SaveDecisionsAsync(Backlog, [new Decision
        {
            Id = $"d{number}", Item = An.Ref(number), ItemHash = "h", PolicyVersion = "p", DecidedAt = at, Verdict = Verdict.Ask, Reason = "r",
            Changes = [new DecidedChange(change, "type", new Confidence(0.8), Verdict.Ask, Verdict.Ask, "why")],
        }], None);
        await store.SaveOutcomeAsync(Backlog, new DecisionOutcome
        {
            Decision = $"d{number}", Item = An.Ref(number), State = isYes ? OutcomeState.Applied : OutcomeState.Rejected, At = at, By = "ann",
            Changes = isYes ? [new ChangeOutcome($"d{number}:x", change, ChangeState.Applied)] : [],
        }, None);
    }
}
