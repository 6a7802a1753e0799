using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class GroomingStepTests
{
    [Fact]
    public void Acts_come_in_the_order_in_which_they_make_sense_and_name_their_word()
    {
        var finding = Examine(
            An.Item(1),
            Found(StepName.Assignment, new Assign(new Person("ada")), 0.8),
            Found(StepName.Effort, new SetField(WorkItemField.Estimate, "3"), 0.7),
            Found(StepName.Type, new SetField(WorkItemField.Type, "bug"), 0.95),
            Found(StepName.Clarity, null, 0.9) with { Evidence = [new Evidence(EvidenceKind.Missing, "steps to reproduce")] });

        finding.EvidenceOf(EvidenceKind.Act).Select(e => (e.Value, e.Text.Split(':')[0])).ShouldBe([(1, "clarify"), (2, "type"), (3, "estimate"), (4, "assign")]);
        finding.Evidence[0].Text.ShouldBe("clarify: ask for steps to reproduce. Because. (high confidence; accept with 'clarify')");
        finding.Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void A_sure_duplicate_needs_no_other_grooming()
    {
        var finding = Examine(
            An.Item(1),
            Found(StepName.Type, new SetField(WorkItemField.Type, "bug"), 0.95),
            Found(StepName.Duplicates, new Close(CloseReason.Duplicate, An.Ref(2)), 0.97));

        finding.EvidenceOf(EvidenceKind.Act).ShouldHaveSingleItem().Text.ShouldStartWith("merge: close as duplicate of");
    }

    [Fact]
    public void What_the_policy_would_drop_is_no_act() =>
        Examine(An.Item(1), Found(StepName.Assignment, new Assign(new Person("ada")), 0.74)).Status.ShouldBe(FindingStatus.NothingToSay);

    [Fact]
    public void A_list_of_many_tasks_is_to_be_split()
    {
        var item = An.Item(1, body: string.Join('\n', Enumerable.Repeat("- [ ] do it", 6)));

        Examine(item, new SplitStep().Examine(item, An.Context(item))).EvidenceOf(EvidenceKind.Act).ShouldHaveSingleItem().Text.ShouldContain("6 tasks");
    }

    [Fact]
    public void An_item_that_the_team_never_looked_at_goes_to_triage()
    {
        var item = An.Item(1) with { CreatedAt = An.Instant.AddDays(-70), History = new WorkItemHistory { IsKnown = true } };
        var stale = new StalenessStep().Examine(item, An.Context(item));

        Examine(item, stale).EvidenceOf(EvidenceKind.Act).ShouldHaveSingleItem().Text.ShouldStartWith("triage:");
    }

    [Fact]
    public void Without_findings_there_is_nothing_to_go_by_yet() => Examine(An.Item(1)).Status.ShouldBe(FindingStatus.NotYet);

    private static Finding Found(string step, Change? change, double confidence) => new()
    {
        Step = step,
        Item = An.Ref(1),
        Status = FindingStatus.Decided,
        Confidence = new Confidence(confidence),
        Reason = "Because.",
        Proposals = change is null ? [] : [new Proposal(change, new Confidence(confidence))],
    };

    private static Finding Examine(WorkItem item, params Finding[] earlier) => new GroomingStep().Examine(
        item,
        An.Context(item) with { Earlier = new Dictionary<WorkItemRef, IReadOnlyList<Finding>> { [item.Ref] = earlier } });
}
