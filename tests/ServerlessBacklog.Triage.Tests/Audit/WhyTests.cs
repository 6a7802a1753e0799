using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Tests.Audit;

public class WhyTests
{
    private const string Backlog = "owner/repo";
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly TriageSettings Settings = new() { Policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto, 0.9, 0.6) } };

    private readonly IBacklogStore store = new InMemoryBacklogStore();
    private readonly InMemoryExplanations explanations = new();
    private readonly KeptSettings kept;
    private readonly AuditTrail trail;
    private readonly Why why;

    public WhyTests()
    {
        kept = new KeptSettings(store);
        trail = new AuditTrail(store, new InMemoryAuditLog(), explanations, kept);
        why = new Why(store, explanations, kept, new FakeTimeProvider(An.Instant));
    }

    [Fact]
    public async Task Every_act_ever_taken_is_explained_although_its_findings_were_replaced_and_other_settings_hold()
    {
        var version = await kept.KeepAsync(Backlog, Settings, None);
        var old = await DecideAsync("d1", "old-content", new SetField(WorkItemField.Type, "bug"), AFinding("It says that it crashes.", "old-content"), version, "type: crash in the title");
        await ActAsync(old, ChangeState.Applied, new SetField(WorkItemField.Type, "task"));
        await kept.KeepAsync(Backlog, Settings with { Policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Suggest, 0.99, 0.8) } }, None);
        await DecideAsync("d2", "new-content", new SetField(WorkItemField.Type, "feature"), AFinding("It asks for something.", "new-content"), null, "words of wishing");

        var seen = await why.LookAsync(Backlog, An.Ref(1), None);

        var act = seen.Acts.Single(a => a.Decision == "d1");
        act.ShouldSatisfyAllConditions(
            a => a.State.ShouldBe("applied"), a => a.Reason.ShouldBe("It says that it crashes."), a => a.StepVersion.ShouldBe(4), a => a.IsLater.ShouldBeFalse(),
            a => a.Evidence.ShouldHaveSingleItem().Text.ShouldBe("type: crash in the title"), a => a.Thresholds.ShouldBe(new StepPolicy(Autonomy.Auto, 0.9, 0.6)),
            a => a.Models.ShouldHaveSingleItem().Hash.ShouldBe("prompt-hash"), a => (a.Before, a.After).ShouldBe(("task", "bug")),
            a => a.Alternatives.ShouldBe(["set type to docs (type, 0.30): 0.30 is below 0.60"]), a => a.Rule.ShouldBe("0.95 reaches 0.90"),
            a => a.Contest.ShouldContain(c => c.Contains("/backlog undo")));
        seen.Acts[0].Decision.ShouldBe("d2");
    }

    [Fact]
    public async Task The_comment_names_rule_evidence_thresholds_alternatives_and_how_to_contest()
    {
        var version = await kept.KeepAsync(Backlog, Settings, None);
        var decision = await DecideAsync("d1", "h", new SetField(WorkItemField.Type, "bug"), AFinding("It says that it crashes.", "h"), version, "@everyone look at #77");
        await ActAsync(decision, ChangeState.Applied, new ClearField(WorkItemField.Type));

        var text = await why.OfAsync(Backlog, An.Ref(1), cancellation: None);

        foreach (var part in (IEnumerable<string>)["**set type to bug**: applied", "It says that it crashes.", "type version 4", "gpt asked by prompt type 2", "0.95", "asked from 0.60, applied from 0.90", "nothing → bug", "set type to docs", "/backlog undo", "/backlog pin type", version])
            text.Replace("\u200b", "", StringComparison.Ordinal).ShouldContain(part);
        text.ShouldNotContain("@everyone");
        text.ShouldNotContain("#77");
    }

    [Fact]
    public async Task What_a_sweep_decided_and_a_person_approved_later_says_that_its_findings_may_be_newer()
    {
        await kept.KeepAsync(Backlog, Settings, None);
        var decision = await DecideAsync("d1", "h", new SetField(WorkItemField.Type, "bug"), AFinding("Found later.", "other-content"), null, "fact");
        await ActAsync(decision, ChangeState.Applied, null);

        (await why.LookAsync(Backlog, An.Ref(1), None)).Acts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.Reason.ShouldBe("Found later."), a => a.IsLater.ShouldBeTrue());
    }

    [Fact]
    public async Task Without_any_decision_it_says_so_and_names_what_people_pinned()
    {
        await store.SaveOverridesAsync(Backlog, An.Ref(1), [new HumanOverride("field:Priority", "P1", "ann", An.Instant) { IsPin = true, Because = "the law" }], None);

        var text = await why.OfAsync(Backlog, An.Ref(1), cancellation: None);

        text.ShouldContain("Nothing was done, asked or proposed here.");
        text.ShouldContain("ann pinned P1");
    }

    [Fact]
    public async Task What_a_person_commanded_gives_their_own_reason_and_stands_behind_what_the_system_did()
    {
        await kept.KeepAsync(Backlog, Settings, None);
        await ActAsync(await DecideAsync("d1", "h", new SetField(WorkItemField.Type, "bug"), AFinding("It crashes.", "h"), null, "fact"), ChangeState.Applied, null);
        var command = PersonalDecision.Of(An.Item(1), "ann", An.Instant.AddDays(2), "k", [(PersonalDecision.Step, new SetField(WorkItemField.Priority, "P1"))], "pin P1 because the customer waits");
        await store.SaveDecisionsAsync(Backlog, [command], None);
        await ActAsync(command, ChangeState.Applied, null);

        (await why.OfAsync(Backlog, An.Ref(1), cancellation: None)).ShouldSatisfyAllConditions(t => t.ShouldContain("set type to bug"), t => t.ShouldContain($"/backlog why {command.Id}"));
        (await why.OfAsync(Backlog, An.Ref(1), command.Id, None)).ShouldSatisfyAllConditions(t => t.ShouldContain("because the customer waits"), t => t.ShouldContain(", ann"), t => t.ShouldNotContain("set type to bug"));
    }

    [Fact]
    public async Task A_secret_in_the_evidence_is_not_repeated()
    {
        await kept.KeepAsync(Backlog, Settings, None);
        await DecideAsync("d1", "h", new SetField(WorkItemField.Type, "bug"), AFinding("r", "h"), null, "token ghp_" + new string('a', 36));

        (await why.OfAsync(Backlog, An.Ref(1), cancellation: None)).ShouldSatisfyAllConditions(t => t.ShouldNotContain("ghp_"), t => t.ShouldContain("looks like a secret"));
    }

    private static ExaminedFinding AFinding(string reason, string content) => new(
        new Finding
        {
            Step = "type", Item = An.Ref(1), Status = FindingStatus.Decided, Reason = reason, Confidence = new Confidence(0.95),
            Consulted = [new Consultation("type", 2, "prompt-hash", "gpt", Consultation.Answered)],
        },
        new ComputedFrom(4, content));

    private async Task<Decision> DecideAsync(string id, string content, Change change, ExaminedFinding examined, string? settings, string fact)
    {
        var finding = examined with { Finding = examined.Finding with { Evidence = [new Evidence(EvidenceKind.Shared, fact)] } };
        var decision = new Decision
        {
            Id = id, Item = An.Ref(1), ItemHash = content, PolicyVersion = Settings.Policy.Version(), DecidedAt = An.Instant.AddDays(id == "d1" ? 0 : 1), Verdict = Verdict.Apply, Reason = "r",
            Changes =
            [
                new DecidedChange(change, "type", new Confidence(0.95), Verdict.Apply, Verdict.Apply, "0.95 reaches 0.90"),
                new DecidedChange(new SetField(WorkItemField.Type, "docs"), "type", new Confidence(0.3), Verdict.Drop, Verdict.Drop, "0.30 is below 0.60"),
            ],
        };
        await store.SaveDecisionsAsync(Backlog, [decision], None);
        await store.SaveFindingsAsync(Backlog, [finding], None);
        if (settings is not null)
            await trail.DecidedAsync(Backlog, decision, [finding], settings, null, None);
        return decision;
    }

    private async Task ActAsync(Decision decision, ChangeState state, Change? inverse)
    {
        var made = new ChangeOutcome($"{decision.Id}:x", decision.Changes[0].Change, state) { Inverse = inverse };
        await store.SaveOutcomeAsync(Backlog, new DecisionOutcome { Decision = decision.Id, Item = decision.Item, State = OutcomeState.Applied, At = An.Instant, Changes = [made] }, None);
        await trail.ActedAsync(new(Backlog, decision.Item, decision.Id, An.Instant), None);
    }
}
