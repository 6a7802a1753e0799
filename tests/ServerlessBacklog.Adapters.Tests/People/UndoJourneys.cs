using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using static ServerlessBacklog.Adapters.Tests.People.IPlayedTracker;

namespace ServerlessBacklog.Adapters.Tests.People;

public sealed class GitHubUndoTests : UndoJourneys
{
    private protected override Task<PeopleHost> StartAsync() =>
        PeopleHost.StartAsync(PlayedGitHub.StartAsync, item => Everything(item, new SetField(WorkItemField.Priority, "P3"), Ada));
}

public sealed class AzureDevOpsUndoTests : UndoJourneys
{
    private protected override Task<PeopleHost> StartAsync() =>
        PeopleHost.StartAsync(PlayedAzureDevOps.StartAsync, item => Everything(item, new SetField(WorkItemField.Priority, "3"), $"{Ada}@contoso.com"));
}

/// <summary>Where nobody has said which account is ours.</summary>
public sealed class UnnamedAzureDevOpsUndoTests : UndoJourneys
{
    private protected override Task<PeopleHost> StartAsync() =>
        PeopleHost.StartAsync(PlayedAzureDevOps.StartUnnamedAsync, item => Everything(item, new SetField(WorkItemField.Priority, "3"), $"{Ada}@contoso.com"));
}

/// <summary>What was approved and made is taken back.</summary>
public abstract class UndoJourneys
{
    private const string Changed = "Show the total in the basket";

    private protected abstract Task<PeopleHost> StartAsync();

    private protected static IReadOnlyList<Change> Everything(WorkItem item, SetField priority, string person) => item.Title != Changed ? [] :
    [
        new AddLabel(new Label("enhancement")),
        priority,
        new Assign(new Person(person)),
        new AddLink(LinkKind.BlockedBy, new WorkItemRef(item.Ref.Tracker, item.Ref.Project, "1")),
        new SetBlock("draft", "As a buyer I see the total."),
    ];

    [Fact]
    public async Task Undo_brings_back_exactly_what_was_there_and_it_is_not_done_again()
    {
        await using var host = await StartAsync();
        var (number, before) = await ChangedAsync(host);
        host.Tracker.State(number).ShouldNotBe(before);
        host.Tracker.Labels(number).ShouldContain("enhancement");

        await host.SayAsync(number, Grace, "/backlog undo");

        host.Tracker.State(number).ShouldBe(before);
        host.Replies(number)[^1].ShouldContain("Taking back");
        (await host.AuditedAsync(number)).ShouldContain(AuditAct.Undone);
        await host.TriageAsync(number);
        await host.SayAsync(number, Ada, "/backlog approve");
        host.Tracker.State(number).ShouldBe(before);
    }

    [Fact]
    public async Task What_somebody_has_changed_since_is_explained_and_left()
    {
        await using var host = await StartAsync();
        var (number, _) = await ChangedAsync(host);
        await host.DoAsync(() => host.Tracker.UnlabelAsync(number, Grace, "enhancement"));

        await host.SayAsync(number, Grace, "/backlog undo");

        host.Replies(number)[^1].ShouldContain("somebody has taken the label 'enhancement' off");
        host.Tracker.Labels(number).ShouldNotContain("enhancement");
        host.Tracker.Priority(number).ShouldNotBe(host.Tracker.Priorities.Low);
    }

    private static async Task<(int Number, string Before)> ChangedAsync(PeopleHost host)
    {
        (await host.OpenAsync()).ShouldBe(1);
        var number = await host.OpenAsync(Changed, body: "The buyer sees what the basket costs.");
        var before = host.Tracker.State(number);
        await host.SayAsync(number, Ada, "/backlog approve");
        return (number, before);
    }
}
