using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

/// <summary>What a domain pack tells where the backlog itself teaches nothing.</summary>
public sealed class ComponentMapTests
{
    private static readonly DomainPack Pack = new()
    {
        Components = [new Component("Sync", ["sync", "blue thing", "net"]), new Component("Reports", ["report", "src/Reporting"])],
    };

    [Theory]
    [InlineData("The blue thing spins", "", "Sync", 0.85)]
    [InlineData("It spins for ever", "It began with the Sync of this morning.", "Sync", 0.7)]
    [InlineData("Wrong total", "See src/Reporting, line 12.", "Reports", 0.7)]
    public void The_component_whose_word_stands_in_an_item_is_its_area(string title, string body, string area, double sure)
    {
        var finding = Examine(An.Item(1, title, body), Pack);

        var proposal = finding.Proposals.ShouldHaveSingleItem();
        proposal.Change.ShouldBe(new SetField(WorkItemField.Area, area));
        proposal.Confidence.Value.ShouldBe(sure);
    }

    [Theory]
    [InlineData("The internet is slow", "")]
    [InlineData("The sync report is empty", "")]
    [InlineData("Something else", "")]
    public void Parts_of_words_and_words_of_two_components_say_nothing(string title, string body) =>
        Examine(An.Item(1, title, body), Pack).Status.ShouldBe(FindingStatus.NotYet);

    [Fact]
    public void Without_the_pack_nothing_is_classified() => Examine(An.Item(1, "The blue thing spins"), DomainPack.Empty).Status.ShouldBe(FindingStatus.NotYet);

    [Fact]
    public void An_area_that_people_chose_stays() =>
        Examine(An.Item(1, "The blue thing spins") with { Areas = ["Reports"] }, Pack).Proposals.ShouldBeEmpty();

    private static Finding Examine(WorkItem item, DomainPack pack) =>
        new AreaStep().Examine(item, An.Context(item) with { Settings = new TriageSettings { Pack = pack } });
}
