using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class ClarityStepTests
{
    private static Finding Examine(WorkItem item) => new ClarityStep().Examine(item, An.Context(item));

    [Fact]
    public void Vague_item_gets_a_label_and_at_most_three_questions()
    {
        var finding = Examine(An.Item(1, "right click does not work") with { Type = "Bug" });

        finding.Status.ShouldBe(FindingStatus.Decided);
        finding.EvidenceOf(EvidenceKind.Missing).ShouldContain(e => e.Text == "steps to reproduce");
        finding.EvidenceOf(EvidenceKind.Note).ShouldContain(e => e.Text == "looked in title and description");
        finding.EvidenceOf(EvidenceKind.Question).Count().ShouldBeInRange(1, 3);
        finding.Proposals.Select(p => p.Change).OfType<AddLabel>().ShouldHaveSingleItem().Label.ShouldBe(new Label("needs-info"));
        finding.Proposals.Select(p => p.Change).OfType<AddComment>().ShouldHaveSingleItem();
    }

    [Fact]
    public void What_our_own_comment_asks_stays_a_question_until_somebody_answers()
    {
        var item = An.Item(1, "right click does not work") with { Type = "Bug" };
        var questions = Questions(item);
        var ours = new ItemComment { Item = item.Ref, Summary = "questions", Because = "this item is new", Questions = questions }.Render().Text!;

        var asked = item with { History = new WorkItemHistory { IsKnown = true, Comments = [new(new Person("backlog[bot]", IsBot: true), An.Instant, ours) { IsOurs = true }] } };

        questions.ShouldNotBeEmpty();
        Questions(asked).ShouldBe(questions);

        static List<string> Questions(WorkItem item) => [.. Examine(item).EvidenceOf(EvidenceKind.Question).Select(q => q.Text)];
    }

    [Fact]
    public void Question_that_somebody_asked_already_is_not_asked_again()
    {
        var item = An.Item(1, "right click does not work") with { Type = "Bug" };
        var asked = item with
        {
            History = new WorkItemHistory
            {
                IsKnown = true,
                Comments =
                [
                    new(new Person("maintainer"), An.Instant, "Which version is this? What are the steps to reproduce it?"),
                    new(new Person("helper[bot]", IsBot: true), An.Instant, "Where do you see it?"),
                ],
            },
        };

        Examine(item).EvidenceOf(EvidenceKind.Question).ShouldContain(e => e.Text.StartsWith("Where does", StringComparison.Ordinal));
        Examine(asked).EvidenceOf(EvidenceKind.Question).ShouldNotContain(e => e.Text.Contains("step by step", StringComparison.Ordinal)
            || e.Text.StartsWith("Which version", StringComparison.Ordinal) || e.Text.StartsWith("Where does", StringComparison.Ordinal));
    }

    [Fact]
    public void Comment_mentions_nobody_and_runs_nothing()
    {
        var finding = Examine(An.Item(1, "@admin <img src=x> does not work") with { Type = "Bug" });

        var comment = finding.Proposals.Select(p => p.Change).OfType<AddComment>().ShouldHaveSingleItem().Markdown;

        comment.ShouldNotContain("@admin");
        comment.ShouldNotContain(" <img");
    }

    [Fact]
    public void Closed_item_is_left_alone() =>
        Examine(An.Item(1, "Help") with { State = WorkItemState.Closed }).Status.ShouldBe(FindingStatus.NothingToSay);

    [Fact]
    public void Contradiction_is_shown_with_both_statements_also_on_a_clear_item()
    {
        var finding = Examine(An.Item(
            1,
            "Export the order list of a customer as CSV",
            "As a clerk I want to export the order list so that I can check it in a spreadsheet.\n\n## Acceptance criteria\n"
            + "- The export must finish within 5 seconds.\n- The export must finish within 30 seconds.\n- File `orders.csv` holds number, date and amount."));

        finding.Status.ShouldBe(FindingStatus.Decided);
        finding.EvidenceOf(EvidenceKind.Conflict).ShouldHaveSingleItem().Text.ShouldContain("within 30 seconds");
        finding.Proposals.ShouldBeEmpty();
    }
}
