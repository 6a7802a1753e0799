using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class EffortStepTests
{
    [Fact]
    public void An_unsized_item_gets_the_size_of_its_neighbours_with_interval_and_names()
    {
        var finding = Examine(An.Item("new", "Database migration"), Sized(60));

        finding.Score.ShouldBe(8);
        finding.EvidenceOf(EvidenceKind.Neighbour).ShouldAllBe(e => e.Value == 8 && e.Item != null);
        finding.EvidenceOf(EvidenceKind.Low).ShouldHaveSingleItem().Value.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(8);
        finding.EvidenceOf(EvidenceKind.High).ShouldHaveSingleItem().Value.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(8);
        finding.Proposals.ShouldHaveSingleItem().Change.ShouldBe(new SetField(WorkItemField.Estimate, "8"));
    }

    [Fact]
    public void The_median_is_given_with_the_reason_where_neighbours_do_not_beat_it()
    {
        var same = Sized(60).Select(i => i with { StoryPoints = 3 });

        var finding = Examine(An.Item("new", "Database migration"), same);

        finding.Score.ShouldBe(3);
        finding.Reason.ShouldContain("the median of the latest sizes: on 50 past items words and similar items did not beat it");
    }

    [Fact]
    public void A_size_that_people_gave_is_never_overwritten()
    {
        var finding = Examine(An.Item("new", "Database migration") with { StoryPoints = 1 }, Sized(60));

        finding.Proposals.ShouldBeEmpty();
        finding.Reason.ShouldEndWith("The item says 1.");
    }

    [Fact]
    public void Fewer_than_twenty_sized_items_are_not_enough() =>
        Examine(An.Item("new"), Sized(19)).ShouldSatisfyAllConditions(
            f => f.Status.ShouldBe(FindingStatus.NotYet),
            f => f.Reason.ShouldBe("19 items of owner/repo have a size; an estimate needs 20."));

    private static IEnumerable<WorkItem> Sized(int count) => Enumerable.Range(0, count).Select(i =>
        An.Item(i, i % 2 == 0 ? "Login form button" : "Database migration schema") with
        {
            State = WorkItemState.Closed,
            StoryPoints = i % 2 == 0 ? 1 : 8,
        });

    private static Finding Examine(WorkItem item, IEnumerable<WorkItem> backlog) => new EffortStep().Examine(item, An.Context(backlog.Append(item)));
}
