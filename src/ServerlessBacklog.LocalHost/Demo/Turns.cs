using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;
using static ServerlessBacklog.LocalHost.Demo.LiveStage;

namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>The second half of the play: people answer, change their minds, and things go wrong.</summary>
internal static class Turns
{
    private const string Stopped = "stopped";

    public static IReadOnlyList<Happening> All { get; } =
    [
        new("the reporter of \"It crashes\" answers the questions", AnsweredAsync),
        new("a maintainer takes off a label that the program put on", TakenOffAsync),
        new("GitHub sends its last webhook once more", RepeatedAsync),
        new("a webhook is lost", LostAsync),
        new("the kill switch is thrown, and somebody reports a bug", StoppedAsync),
        new("the kill switch is released, and the reporter adds to it", ReleasedAsync),
        new("a maintainer approves by a comment that the duplicate is closed", ApprovedAsync),
        new("its reporter objects", KeptAsync),
    ];

    private static async Task<string> AnsweredAsync(LiveStage stage, CancellationToken cancellation)
    {
        var number = stage.Numbers[Reports.Vague];
        var before = stage.OurComment(number);
        await stage.GitHub.CommentAsync(PlayedGitHub.Repository, number, "bruno", """
            Sorry! Steps to reproduce:
            1. Open the album "Holidays" with about 300 photos
            2. Tap Select all, then Share

            Expected: the list of apps to share with. Actual: Lighthouse closes at once, each time since the update. Version 4.4.1 on Android 15, Pixel 8.
            The log says: java.lang.TransactionTooLargeException: data parcel size 1052320 bytes
            """);
        await UntilAsync(() => stage.OurComment(number) != before, $"the comment on #{number} is edited", cancellation);
        await stage.SettleAsync(number, cancellation);
        Expect(stage.OurComments(number).Count == 1, "there is a second comment");
        Expect(!stage.OurComment(number)!.Contains("**Questions**", StringComparison.Ordinal), "what was answered is asked still");
        return $"#{number}: the same comment, edited in place; it asks nothing any more";
    }

    private static async Task<string> TakenOffAsync(LiveStage stage, CancellationToken cancellation)
    {
        var number = stage.Numbers[Reports.Well];
        await stage.GitHub.UnlabelAsync(PlayedGitHub.Repository, number, PlayedGitHub.Maintainer, "bug");
        await UntilAsync(async () => (await stage.DecisionAsync(number, cancellation))?.Changes.Any(c => c.Change is AddLabel && c.Why.Contains("took this away", StringComparison.Ordinal)) == true,
            "the label is held back", cancellation);
        await stage.SettleAsync(number, cancellation);
        Expect(!stage.Issue(number).Labels.Contains("bug"), "the label was put on again");
        return $"#{number}: examined anew, and the label stays off: a person took it away";
    }

    private static async Task<string> RepeatedAsync(LiveStage stage, CancellationToken cancellation)
    {
        var writes = stage.GitHub.Writes.Count;
        stage.GitHub.Redeliver(stage.GitHub.Deliveries[^1].Id);
        await stage.SettleAsync(stage.Numbers[Reports.Injected], cancellation);
        Expect(stage.GitHub.Deliveries[^1] is { IsGood: true, IsRedelivery: true }, "it was not taken in");
        Expect(stage.GitHub.Writes.Count == writes, "something was written again");
        return "known by its id: nothing is done twice";
    }

    private static async Task<string> LostAsync(LiveStage stage, CancellationToken cancellation)
    {
        stage.GitHub.PointHooksAt(null);
        var number = await stage.OpenAsync("lost", "oskar", "Map is empty", "The map does not work.");
        stage.Played.PointHooksAt(stage.Address.Port);
        Expect(await stage.DecisionAsync(number, cancellation) is null, "it is known before anybody told");
        await stage.Services.GetRequiredService<Upkeep>().ReconcileAsync(stage.Services.GetRequiredService<IOrchestrationClient>(), cancellation);
        await UntilAsync(() => stage.OurComment(number) is not null, $"#{number} is found by the reconcile", cancellation);
        await stage.SettleAsync(number, cancellation);
        return $"#{number}: found by the reconcile that runs every hour (now, for once), triaged like all others";
    }

    private static async Task<string> StoppedAsync(LiveStage stage, CancellationToken cancellation)
    {
        await stage.Services.GetRequiredService<IWriteStop>().StopAsync(new WriteStop("the play shows the kill switch", TimeProvider.System.GetUtcNow()), cancellation);
        var writes = stage.GitHub.Writes.Count;
        var number = await stage.OpenAsync(Stopped, "lars", "Sharing broken", "Sharing does not work any more.");
        await UntilAsync(async () => (await stage.OutcomesAsync(number, cancellation)).Any(o => o.Changes.Any(c => c.State == ChangeState.NotApplied)),
            $"the decision on #{number} is recorded", cancellation);
        await stage.SettleAsync(number, cancellation);
        Expect(stage.GitHub.Writes.Count == writes, "something was written");
        return $"#{number}: decided and recorded, nothing written";
    }

    private static async Task<string> ReleasedAsync(LiveStage stage, CancellationToken cancellation)
    {
        await stage.Services.GetRequiredService<IWriteStop>().AllowAsync(cancellation);
        var number = stage.Numbers[Stopped];
        await stage.GitHub.EditAsync(PlayedGitHub.Repository, number, "lars", title: "Sharing is broken again");
        await UntilAsync(() => stage.OurComment(number) is not null, $"#{number} gets a comment", cancellation);
        await stage.SettleAsync(number, cancellation);
        Expect(stage.OurComments(number).Count == 1, "there is more than one comment");
        return $"#{number}: decided anew, and written now";
    }

    private static async Task<string> ApprovedAsync(LiveStage stage, CancellationToken cancellation)
    {
        var number = stage.Numbers[Reports.Repeated];
        Expect(await stage.AskedAsync(number, cancellation) is not null, "nobody is asked any more");
        await stage.GitHub.CommentAsync(PlayedGitHub.Repository, number, PlayedGitHub.Maintainer, "Yes, the same.\n\n/backlog approve");
        await UntilAsync(() => stage.AllOurs(number).Any(c => c.Body.Contains("will be closed as a duplicate", StringComparison.Ordinal)), $"the close of #{number} is announced", cancellation);
        await UntilAsync(() => stage.AllOurs(number).Any(c => c.Body.Contains("Approved by", StringComparison.Ordinal)), $"the command on #{number} is answered", cancellation);
        await stage.SettleAsync(number, cancellation);
        Expect(stage.Issue(number).IsOpen, "it was closed at once");
        return $"#{number}: to be closed as a duplicate of #1 in seven days, announced in a comment that says how to stop it";
    }

    private static async Task<string> KeptAsync(LiveStage stage, CancellationToken cancellation)
    {
        var number = stage.Numbers[Reports.Repeated];
        await stage.GitHub.CommentAsync(PlayedGitHub.Repository, number, stage.Issue(number).Author, "/backlog keep because it crashes on another screen");
        await UntilAsync(() => stage.AllOurs(number).Any(c => c.Body.Contains("stays open", StringComparison.Ordinal)), $"the close of #{number} is called off", cancellation);
        await stage.SettleAsync(number, cancellation);
        Expect(stage.Issue(number).IsOpen, "it was closed all the same");
        return $"#{number}: called off on the word of its author, who has no rights here; it is never proposed again";
    }
}
