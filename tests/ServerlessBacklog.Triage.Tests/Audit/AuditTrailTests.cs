using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Tests.Orchestrations;

namespace ServerlessBacklog.Triage.Tests.Audit;

public class AuditTrailTests
{
    private const string Backlog = TriageItemDriver.Backlog;
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly SetField Type = new(WorkItemField.Type, "bug");

    private readonly IBacklogStore store = new InMemoryBacklogStore();
    private readonly InMemoryAuditLog log = new();
    private readonly InMemoryExplanations explanations = new();
    private readonly AuditTrail trail;

    public AuditTrailTests() => trail = new AuditTrail(store, log, explanations, new KeptSettings(store));

    [Fact]
    public async Task An_ask_that_is_approved_leaves_what_was_decided_asked_answered_and_applied()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.7));
        await driver.AnswerAsync(approved: true, note: "Yes, please.");

        var settings = await new KeptSettings(driver.Store).OfAsync(Backlog, None);

        var entries = await EntriesAsync(driver.Audit);

        entries.Select(e => (e.Act, e.Words.Actor)).ShouldBe([("decided", "policy"), ("asked", "policy"), ("answered", "ada"), ("applied", "ada")]);
        entries[2].Words.ShouldSatisfyAllConditions(w => w.Text.ShouldBe("yes: add label 'bug'"), w => w.Reason.ShouldBe("Yes, please."));
        entries[3].Words.ShouldSatisfyAllConditions(w => w.Change.ShouldBe(TriageItemDriver.Bug), w => w.Before.ShouldBeNull(), w => w.After.ShouldBe("bug"));
        entries[3].ShouldSatisfyAllConditions(
            e => e.Step.ShouldBe("type"), e => e.Confidence.ShouldBe(0.7), e => e.Policy.ShouldBe(TriageItemDriver.Auto.Version()),
            e => e.Configuration.ShouldBe(settings.Version()));
    }

    [Fact]
    public async Task A_refusal_is_there_with_its_reason_and_shadow_mode_leaves_nothing()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.7));
        await driver.AnswerAsync(approved: false, note: "it is a feature");
        await using var shadow = await TriageItemDriver.TriageAsync(DecisionPolicy.Default, new FakeStep("type").Proposing(TriageItemDriver.Bug));

        (await EntriesAsync(driver.Audit))[^1].ShouldSatisfyAllConditions(e => e.Act.ShouldBe("answered"), e => e.Words.Text.ShouldBe("no: add label 'bug'"), e => e.Words.Reason.ShouldBe("it is a feature"));
        (await EntriesAsync(shadow.Audit)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_loses_no_act_and_what_is_missing_comes_later_once()
    {
        await StoreAsync(new ChangeOutcome("d1:field:Type", Type, ChangeState.Applied) { Inverse = new SetField(WorkItemField.Type, "task") });
        log.IsBroken = true;
        await Should.ThrowAsync<IOException>(() => trail.ActedAsync(Request(), None));
        (await store.OutcomeAsync(Backlog, An.Ref(1), "d1", None)).ShouldNotBeNull().State.ShouldBe(OutcomeState.Applied);
        log.IsBroken = false;

        await trail.ActedAsync(Request(), None);
        await trail.ActedAsync(Request(), None);
        await trail.MendAsync(Backlog, None);

        var entry = (await EntriesAsync(log)).ShouldHaveSingleItem();
        entry.Words.ShouldSatisfyAllConditions(w => w.Before.ShouldBe("task"), w => w.After.ShouldBe("bug"), w => w.Actor.ShouldBe("policy"));
        entry.Delivery.ShouldBe("trace");
        entry.Models.ShouldHaveSingleItem().ShouldSatisfyAllConditions(m => m.Hash.ShouldBe("prompt-hash"), m => m.InputTokens.ShouldBe(900));
    }

    [Fact]
    public async Task What_a_lasting_failure_left_out_is_appended_at_night()
    {
        await StoreAsync(new ChangeOutcome("d1:field:Type", Type, ChangeState.Applied) { Inverse = new ClearField(WorkItemField.Type) });

        await trail.MendAsync(Backlog, None);

        (await EntriesAsync(log)).ShouldHaveSingleItem().Words.Before.ShouldBeNull();
    }

    [Fact]
    public async Task A_change_that_is_taken_back_is_a_row_of_its_own_in_the_name_of_who_took_it_back()
    {
        var made = new ChangeOutcome("d1:field:Type", Type, ChangeState.Applied) { Inverse = new SetField(WorkItemField.Type, "task") };
        await StoreAsync(made);
        await trail.ActedAsync(Request(), None);
        var undo = PersonalDecision.Of(An.Item(1), "bob", An.Instant, "k", [("person", made.Inverse)], "undo") with { Undoes = "d1" };
        await store.SaveDecisionsAsync(Backlog, [undo], None);
        await store.SaveOutcomeAsync(Backlog, new DecisionOutcome
        {
            Decision = undo.Id, Item = An.Ref(1), State = OutcomeState.Applied, At = An.Instant, By = "bob",
            Changes = [new ChangeOutcome($"{undo.Id}:field:Type", made.Inverse, ChangeState.Applied) { Inverse = Type }],
        }, None);
        await SaveAsync(made with { State = ChangeState.Undone });

        await trail.MendAsync(Backlog, None);

        var entries = await EntriesAsync(log);
        entries.Select(e => (e.Act, e.Words.Actor)).ShouldBe([("applied", "policy"), ("undone", "bob")]);
        (entries[1].Words.Before, entries[1].Words.After).ShouldBe(("bug", "task"));
    }

    [Fact]
    public async Task What_was_left_says_why_and_once_for_each_reason()
    {
        foreach (var why in (IEnumerable<string>)["writing is switched off", "writing is switched off", "the item is gone"])
        {
            await StoreAsync(new ChangeOutcome("d1:field:Type", Type, ChangeState.NotApplied, why));
            await trail.ActedAsync(Request(), None);
        }

        (await EntriesAsync(log)).Select(e => (e.Act, e.Words.Reason)).ShouldBe([("not-applied", "writing is switched off"), ("not-applied", "the item is gone")]);
    }

    [Fact]
    public async Task Texts_are_there_as_digest_and_length_only()
    {
        await StoreAsync(new ChangeOutcome("d1:comment", new AddComment("A long secret story"), ChangeState.Applied) { Inverse = new RemoveComment() });
        await trail.ActedAsync(Request(), None);

        var row = (await log.ReadAsync(Backlog, null, null, None).ToListAsync(None)).ShouldHaveSingleItem();

        row.Words.ShouldNotContain("secret story");
        AuditSeal.Open(row)!.Words.After.ShouldNotBeNull().ShouldMatch(@"^sha256:[0-9a-f]{32} \(19 characters\)$");
    }

    [Fact]
    public async Task Pins_and_refusals_of_people_are_there_with_their_reason()
    {
        await trail.OverriddenAsync(Backlog, An.Ref(1), [new HumanOverride("field:Priority", "P1", "ann", An.Instant) { IsPin = true, Because = "the law" }, new HumanOverride("label:bug", null, "bob", An.Instant)], null, None);
        await trail.ConfiguredAsync(Backlog, "c1", "c2", "ann", "a new file", An.Instant, None);

        (await EntriesAsync(log)).Select(e => (e.Act, e.Words.Actor, e.Words.After, e.Words.Reason)).ShouldBe(
            [("pinned", "ann", "P1", "the law"), ("overridden", "bob", null, null), ("configured", "ann", "c2", "a new file")]);
    }

    private static ApplyRequest Request() => new(Backlog, An.Ref(1), "d1", An.Instant) { Trace = "trace" };

    private static async Task<List<AuditEntry>> EntriesAsync(InMemoryAuditLog log) =>
        await log.ReadAsync(Backlog, null, null, None).Select(r => AuditSeal.Open(r)!).ToListAsync(None);

    private async Task StoreAsync(ChangeOutcome made)
    {
        var finding = new Finding { Step = "type", Item = An.Ref(1), Status = FindingStatus.Decided, Reason = "Looks like a bug.", Consulted = [new Consultation("type", 1, "prompt-hash", "gpt", Consultation.Answered) { InputTokens = 900 }] };
        await store.SaveFindingsAsync(Backlog, [new ExaminedFinding(finding, new ComputedFrom(1, "h"))], None);
        await store.SaveDecisionsAsync(Backlog, [new Decision
        {
            Id = "d1", Item = An.Ref(1), ItemHash = "h", PolicyVersion = "p", DecidedAt = An.Instant, Verdict = Verdict.Apply, Reason = "r",
            Changes = [new DecidedChange(made.Change, "type", new Confidence(0.95), Verdict.Apply, Verdict.Apply, "0.95 reaches 0.90")],
        }], None);
        await SaveAsync(made);
    }

    private Task SaveAsync(ChangeOutcome made) => store.SaveOutcomeAsync(Backlog, new DecisionOutcome { Decision = "d1", Item = An.Ref(1), State = OutcomeState.Applied, At = An.Instant, Changes = [made] }, None);
}
