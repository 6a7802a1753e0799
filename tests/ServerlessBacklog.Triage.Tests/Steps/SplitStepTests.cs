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
        finding.Proposals.Select(p => p.Change).Cast<AddChild>().Select(c => c.Title).ShouldBe(finding.EvidenceOf(EvidenceKind.Child).Select(e => e.Text));
        finding.Proposals.ShouldAllBe(p => p.Confidence == finding.Confidence);
    }

    [Fact]
    public void A_child_says_what_it_comes_from_and_that_it_was_made_automatically()
    {
        var child = (AddChild)Examine(An.Item(1, body: Tasks)).Proposals[1].Change;

        child.Markdown.ShouldBe("""
            Part of #1, which says:

            > Convert what is there.

            ---

            *This item was created automatically by ServerlessBacklog, after a person approved it. Whatever is written here may be changed.*
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Text_of_others_calls_nobody_and_gives_no_secret_away()
    {
        var body = Tasks.Replace("Tell the users", "Tell @ada and #77", StringComparison.Ordinal)
            .Replace("Take out the old code", "Take out ghp_0123456789abcdefghijABCDEFGHIJ012345", StringComparison.Ordinal);

        var children = Examine(An.Item(1, body: body)).Proposals.Select(p => (AddChild)p.Change).ToList();

        children.ShouldAllBe(c => !c.Markdown.Contains("@ada") && !c.Title.Contains("@ada") && !c.Markdown.Contains("#77") && !c.Markdown.Contains("ghp_"));
        children.Count.ShouldBe(4);
    }

    [Fact]
    public void A_child_that_is_there_already_is_not_proposed()
    {
        var item = An.Item(1, body: Tasks);
        var child = An.Item(2, "tell the USERS") with { Links = [new WorkItemLink(LinkKind.ChildOf, item.Ref)] };

        var finding = new SplitStep().Examine(item, An.Context(item, child));

        finding.Proposals.Select(p => ((AddChild)p.Change).Title).ShouldBe(["Write the new format", "Convert what is there", "Take out the old code", "Write the documentation"]);
    }

    [Fact]
    public void At_most_ten_children_are_proposed_at_once() =>
        Examine(An.Item(1, body: string.Join('\n', Enumerable.Range(1, 30).Select(i => $"- [ ] Convert part {i}")))).Proposals.Count.ShouldBe(10);

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
