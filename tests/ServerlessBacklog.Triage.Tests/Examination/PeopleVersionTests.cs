using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;

namespace ServerlessBacklog.Triage.Tests.Examination;

public class PeopleVersionTests
{
    [Fact]
    public void It_changes_with_who_is_there_and_how_much_they_carry()
    {
        string[] versions =
        [
            Of(An.Item(1)),
            Of(Item(1, "ada")),
            Of(Item(1, "grace")),
            Of(Item(1, "ada"), Item(2, "ada")),
            Of(Item(1, "ada"), Item(2, "ada") with { State = WorkItemState.Closed }),
        ];

        versions.ShouldBeUnique();
    }

    [Fact]
    public void Titles_the_order_of_items_and_the_case_of_logins_do_not_matter() =>
        Of(Item(1, "Ada"), Item(2, "ada")).ShouldBe(Of(Item(2, "ada") with { Title = "Other" }, Item(1, "ADA")));

    private static WorkItem Item(int number, string login) => An.Item(number) with { Assignees = [new Person(login)] };

    private static string Of(params WorkItem[] items) => PeopleVersion.Of(BacklogSnapshot.Build(items));
}
