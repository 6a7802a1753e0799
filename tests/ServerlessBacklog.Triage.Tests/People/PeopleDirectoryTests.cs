using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.People;

public class PeopleDirectoryTests
{
    private static readonly PersonRecord Ada = new("Ada Lovelace") { GitHub = "ada", AzureDevOps = "ada@contoso.com", Slack = "U1", Mail = "ada@contoso.com" };

    [Theory]
    [InlineData("github", "ADA", true)]
    [InlineData("azuredevops", "Ada@Contoso.com", true)]
    [InlineData("slack", "u1", true)]
    [InlineData("azuredevops", "ada", false)]
    [InlineData("entra", "ada", false)]
    [InlineData("file", "ada", false)]
    public void A_person_is_found_by_system_and_login_whatever_its_case(string system, string login, bool isFound) =>
        new PeopleDirectory([Ada, new("Bob") { GitHub = "bob" }]).Find(system, login).ShouldBe(isFound ? Ada : null);

    [Fact]
    public void Two_records_that_claim_one_identity_are_refused() =>
        Should.Throw<UserErrorException>(() => new PeopleDirectory([Ada, new("A. King") { GitHub = "Ada" }])).Message
            .ShouldBe("'A. King' and 'Ada Lovelace' both claim github 'Ada'. It belongs to one of them: take it from the other.");

    [Fact]
    public void A_name_that_stands_there_twice_is_refused() =>
        Should.Throw<UserErrorException>(() => new PeopleDirectory([Ada, new("ada lovelace") { GitHub = "other" }])).Message
            .ShouldBe("'ada lovelace' stands there twice. Merge the two, or tell them apart by name.");

    [Fact]
    public void The_version_names_the_content() =>
        new[] { new PeopleDirectory([]), new PeopleDirectory([Ada]), new PeopleDirectory([Ada with { Slack = null }]) }
            .Select(d => d.Version).ShouldBeUnique();

    [Fact]
    public void Unmapped_people_are_counted_by_tracker_with_bots_left_out_and_nobody_guessed()
    {
        var (bob, bot) = (new Person("bob"), new Person("ci[bot]", IsBot: true));
        WorkItem[] items =
        [
            An.Item(1) with { Assignees = [new("ADA"), bob], Reporter = new("Bob"), History = Comments(bob, new("cleo"), bot) },
            An.Item(2) with { Ref = new("azuredevops", "org/project", "2"), Assignees = [new("ada")], Reporter = new("ada@contoso.com") },
            An.Item(3) with { Ref = new("file", "export", "3"), Assignees = [new("dora")] },
        ];

        UnmappedPeople.Of(items, new PeopleDirectory([Ada])).ShouldBe(
            [new UnmappedPerson("github", "bob", 3), new("azuredevops", "ada", 1), new("github", "cleo", 1)]);
    }

    private static WorkItemHistory Comments(params Person[] authors) =>
        new() { IsKnown = true, Comments = [.. authors.Select(a => new WorkItemComment(a, An.Instant))] };
}
