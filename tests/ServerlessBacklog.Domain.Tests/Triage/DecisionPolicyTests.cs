using CsCheck;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Triage;

public class DecisionPolicyTests
{
    private static readonly Change Label = new AddLabel(new Label("bug"));
    private static readonly Change Close = new Close(CloseReason.NotPlanned);

    [Theory]
    [InlineData(Autonomy.Off, 1.00, Verdict.Drop)]
    [InlineData(Autonomy.Shadow, 1.00, Verdict.Drop)]
    [InlineData(Autonomy.Suggest, 0.59, Verdict.Drop)]
    [InlineData(Autonomy.Suggest, 0.60, Verdict.Ask)]
    [InlineData(Autonomy.Suggest, 1.00, Verdict.Ask)]
    [InlineData(Autonomy.Auto, 0.59, Verdict.Drop)]
    [InlineData(Autonomy.Auto, 0.60, Verdict.Ask)]
    [InlineData(Autonomy.Auto, 0.89, Verdict.Ask)]
    [InlineData(Autonomy.Auto, 0.90, Verdict.Apply)]
    public void A_reversible_change_is_applied_asked_or_dropped(Autonomy autonomy, double confidence, Verdict verdict) =>
        Decide(Policy(autonomy), Finding("type", (Label, confidence))).Changes.ShouldHaveSingleItem().Verdict.ShouldBe(verdict);

    [Theory]
    [InlineData(Autonomy.Off, 1.00, Verdict.Drop)]
    [InlineData(Autonomy.Shadow, 1.00, Verdict.Drop)]
    [InlineData(Autonomy.Suggest, 0.59, Verdict.Drop)]
    [InlineData(Autonomy.Suggest, 1.00, Verdict.Ask)]
    [InlineData(Autonomy.Auto, 0.59, Verdict.Drop)]
    [InlineData(Autonomy.Auto, 0.60, Verdict.Ask)]
    [InlineData(Autonomy.Auto, 1.00, Verdict.Ask)]
    public void Closing_is_asked_at_most(Autonomy autonomy, double confidence, Verdict verdict) =>
        Decide(Policy(autonomy), Finding("staleness", (Close, confidence))).Changes.ShouldHaveSingleItem().Verdict.ShouldBe(verdict);

    [Theory]
    [InlineData(0.59, Verdict.Drop)]
    [InlineData(0.60, Verdict.Ask)]
    [InlineData(0.90, Verdict.Apply)]
    public void Shadow_mode_records_what_would_have_happened(double confidence, Verdict wouldBe)
    {
        var decision = Decide(DecisionPolicy.Default, Finding("type", (Label, confidence)));

        var change = decision.Changes.ShouldHaveSingleItem();
        change.Verdict.ShouldBe(Verdict.Drop);
        change.WouldBe.ShouldBe(wouldBe);
        decision.Verdict.ShouldBe(Verdict.Drop);
    }

    [Fact]
    public void By_default_nothing_is_applied_or_asked_whatever_the_step() =>
        Gen.Select(Steps, Proposals).Sample((step, proposals) =>
            Decide(DecisionPolicy.Default, Finding(step, proposals)).Changes.All(c => c.Verdict == Verdict.Drop));

    [Fact]
    public void No_policy_and_no_confidence_ever_closes_by_itself() =>
        Gen.Select(Gen.Enum<Autonomy>(), Gen.Double[-1, 2], Gen.Double[-1, 2], Proposals).Sample((autonomy, applyAt, askAt, proposals) =>
        {
            var policy = new DecisionPolicy { Fallback = new StepPolicy(autonomy, applyAt, askAt) };
            return Decide(policy, Finding("grooming", proposals)).Changes
                .Where(c => c.Change.NeedsPerson)
                .All(c => c.Verdict != Verdict.Apply && c.WouldBe != Verdict.Apply);
        });

    [Fact]
    public void The_duplicates_step_must_be_surer_than_others()
    {
        var policy = DecisionPolicy.Default with { Steps = new Dictionary<string, StepPolicy> { ["duplicates"] = DecisionPolicy.Default.For("duplicates") with { Autonomy = Autonomy.Auto } } };

        Decide(policy, Finding("duplicates", (new AddLink(LinkKind.DuplicateOf, An.Ref(1)), 0.94))).Verdict.ShouldBe(Verdict.Ask);
        Decide(policy, Finding("duplicates", (new AddLink(LinkKind.DuplicateOf, An.Ref(1)), 0.95))).Verdict.ShouldBe(Verdict.Apply);
    }

    [Fact]
    public void Of_two_values_for_one_field_the_surer_wins()
    {
        var decision = Decide(
            Policy(Autonomy.Auto),
            Finding("type", (new SetField(WorkItemField.Type, "task"), 0.91)),
            Finding("clarity", (new SetField(WorkItemField.Type, "bug"), 0.95)));

        decision.Changes.Single(c => c.Verdict == Verdict.Apply).Change.ShouldBe(new SetField(WorkItemField.Type, "bug"));
        decision.Changes.Single(c => c.Verdict == Verdict.Drop).Why.ShouldBe("clarity is surer of the same field");
    }

    [Fact]
    public void A_dropped_proposal_takes_no_field_from_a_less_sure_one_of_another_step()
    {
        var policy = Policy(Autonomy.Auto) with { Steps = new Dictionary<string, StepPolicy> { ["type"] = new(Autonomy.Off) } };

        var decision = Decide(
            policy,
            Finding("type", (new SetField(WorkItemField.Type, "task"), 0.99)),
            Finding("clarity", (new SetField(WorkItemField.Type, "bug"), 0.95)));

        decision.Changes.Single(c => c.Verdict == Verdict.Apply).Step.ShouldBe("clarity");
    }

    [Fact]
    public void At_most_three_labels_are_added_and_they_are_the_surest()
    {
        var decision = Decide(Policy(Autonomy.Auto), Finding("type", [.. Enumerable.Range(1, 5).Select(i => ((Change)new AddLabel(new Label($"l{i}")), 0.90 + i / 100.0))]));

        decision.Changes.Where(c => c.Verdict == Verdict.Apply).Select(c => c.Change.Describe())
            .ShouldBe(["add label 'l5'", "add label 'l4'", "add label 'l3'"]);
    }

    [Fact]
    public void Only_decided_findings_count()
    {
        var finding = Finding("type", (Label, 1)) with { Status = FindingStatus.NotYet };

        var decision = Decide(Policy(Autonomy.Auto), finding);

        decision.Changes.ShouldBeEmpty();
        decision.Reason.ShouldBe("No step proposes a change.");
    }

    [Fact]
    public void The_verdict_is_ask_as_soon_as_one_change_asks() =>
        Decide(Policy(Autonomy.Auto), Finding("type", (Label, 1), (Close, 1))).Verdict.ShouldBe(Verdict.Ask);

    [Fact]
    public void The_same_input_gives_the_same_id_at_any_time_and_in_any_order()
    {
        var one = Finding("type", (Label, 0.9));
        var two = Finding("clarity", (new AddComment("Which version?"), 0.7));

        Decide(Policy(Autonomy.Auto), one, two).Id
            .ShouldBe(Policy(Autonomy.Auto).Decide(An.Ref(1), "hash", [two, one], An.Instant.AddYears(1)).Id);
    }

    [Fact]
    public void Another_content_policy_confidence_or_comment_gives_another_id()
    {
        var comment = Finding("clarity", (new AddComment("Which version?"), 0.7));
        string[] ids =
        [
            Decide(Policy(Autonomy.Auto), comment).Id,
            Policy(Autonomy.Auto).Decide(An.Ref(1), "other hash", [comment], An.Instant).Id,
            Policy(Autonomy.Auto).Decide(An.Ref(2), "hash", [comment], An.Instant).Id,
            Decide(Policy(Autonomy.Suggest), comment).Id,
            Decide(Policy(Autonomy.Auto), Finding("clarity", (new AddComment("Which version?"), 0.8))).Id,
            Decide(Policy(Autonomy.Auto), Finding("clarity", (new AddComment("Which platform?"), 0.7))).Id,
        ];

        ids.ShouldBeUnique();
    }

    [Fact]
    public void The_version_names_the_content_and_not_the_order_of_the_steps()
    {
        StepPolicy a = new(ApplyAt: 0.5), b = new(ApplyAt: 0.6);
        var policy = new DecisionPolicy { Steps = new Dictionary<string, StepPolicy> { ["a"] = a, ["b"] = b } };

        policy.Version().ShouldBe(new DecisionPolicy { Steps = new Dictionary<string, StepPolicy> { ["b"] = b, ["a"] = a } }.Version());
        policy.Version().ShouldNotBe(new DecisionPolicy { Steps = new Dictionary<string, StepPolicy> { ["a"] = b, ["b"] = a } }.Version());
        policy.Version().ShouldNotBe((policy with { MaxLabels = 4 }).Version());
        policy.Version().ShouldNotBe((policy with { Fallback = new StepPolicy(Autonomy.Auto) }).Version());
    }

    private static Gen<string> Steps => Gen.OneOf("duplicates", "area", "assignment", "staleness", "something new");

    private static Gen<(Change, double)[]> Proposals => Gen.Select(
        Gen.OneOf<Change>(
            Label, Close, new Close(CloseReason.Duplicate, An.Ref(9)), new SetField(WorkItemField.Status, "Closed"),
            new SetField(WorkItemField.Type, "bug"), new Assign(new Person("ada")), new AddComment("Hello")),
        Gen.Double[0, 1]).Array[0, 6];

    private static DecisionPolicy Policy(Autonomy autonomy) => new() { Fallback = new StepPolicy(autonomy) };

    private static Decision Decide(DecisionPolicy policy, params Finding[] findings) => policy.Decide(An.Ref(1), "hash", findings, An.Instant);

    private static Finding Finding(string step, params (Change Change, double Confidence)[] proposals) => new()
    {
        Step = step,
        Item = An.Ref(1),
        Status = FindingStatus.Decided,
        Reason = "Because.",
        Proposals = [.. proposals.Select(p => new Proposal(p.Change, new Confidence(p.Confidence)))],
    };
}
