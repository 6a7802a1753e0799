using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

/// <summary>Changes on issue 7 of octo/lab, as it was looked at just before.</summary>
internal static class AWrite
{
    public const string Issue = "/repos/octo/lab/issues/7";

    public static WorkItemRef Item { get; } = WorkItemRef.Parse("github:octo/lab#7");

    public static async Task<ScriptedGitHub> StartAsync(Action<JsonObject>? change = null) =>
        (await ScriptedGitHub.StartAsync()).On($"GET {Issue}", AnIssue.Rest(7, change)).On("GET /user", AnIssue.User("backlog-user"));

    public static Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(ScriptedGitHub server, params Change[] changes) => ApplyAsync(server, false, changes);

    public static Task<IReadOnlyList<ChangeOutcome>> ApplyAgainAsync(ScriptedGitHub server, params Change[] changes) => ApplyAsync(server, true, changes);

    public static Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(GitHubTracker tracker, WorkItem item, params Change[] changes) =>
        tracker.ApplyAsync(item, [.. changes.Select(c => new Effect($"d1:{c.Slot}", c, false))], CancellationToken.None);

    public static WorkItem Looked(string? revision = AnIssue.UpdatedAt) => new() { Ref = Item, Title = "Title 7", Revision = revision };

    public static void ShouldBeApplied(this IReadOnlyList<ChangeOutcome> outcomes) =>
        outcomes.ShouldAllBe(o => o.State == ChangeState.Applied && o.Why == null);

    public static string WhyNot(this IReadOnlyList<ChangeOutcome> outcomes)
    {
        var outcome = outcomes.ShouldHaveSingleItem();
        outcome.State.ShouldBe(ChangeState.NotApplied);
        return outcome.Why.ShouldNotBeNull();
    }

    private static Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(ScriptedGitHub server, bool mayBeDone, Change[] changes) =>
        server.Tracker().ApplyAsync(Looked(), [.. changes.Select(c => new Effect($"d1:{c.Slot}", c, mayBeDone))], CancellationToken.None);
}
