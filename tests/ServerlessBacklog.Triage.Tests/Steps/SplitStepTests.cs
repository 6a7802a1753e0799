using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class SplitStepTests
{
    private const string Tasks = """
        - [x] Read the old format
        - [ ] Write the new format
        - [ ] Convert what is there.
        - [ ] Tell the users
        - [ ] Take out the old code
        - [ ] Write the documentation
        """;

    [Fact]
    public void Open_tasks_that_an_item_lists_are_its_children()
    {
        var finding = Examine(An.Item(1, body: Tasks));

        finding.Status.ShouldBe(FindingStatus.Decided);
        finding.EvidenceOf(EvidenceKind.Child).Select(e => e.Text).ShouldBe(["Write the new format", "Convert what is there", "Tell the users", "Take out the old code", "Write the documentation"]);
        finding.Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void At_most_ten_children_are_proposed_at_once() =>
        Examine(An.Item(1, body: string.Join('\n', Enumerable.Range(1, 30).Select(i => $"- [ ] Convert part {i}")))).EvidenceOf(EvidenceKind.Child).Count().ShouldBe(10);

    [Fact]
    public void Steps_to_reproduce_are_no_pieces_of_work() =>
        Examine(An.Item(1, body: "Steps to reproduce\n1. Open the window\n2. Press the button\n3. Close the window") with { StoryPoints = 20 })
            .EvidenceOf(EvidenceKind.Child).ShouldBeEmpty();

    [Fact]
    public void A_large_estimate_is_a_sign() =>
        Examine(An.Item(1, body: "One thing.") with { StoryPoints = 13 }).Reason.ShouldBe("It seems to hold several pieces of work: 13 points.");

    [Fact]
    public void What_has_children_is_cut_already() =>
        Examine(An.Item(1, body: Tasks) with { Links = [new WorkItemLink(LinkKind.ParentOf, An.Ref(2))] }).Status.ShouldBe(FindingStatus.NothingToSay);

    private static Finding Examine(WorkItem item) => new SplitStep().Examine(item, An.Context(item));
}
