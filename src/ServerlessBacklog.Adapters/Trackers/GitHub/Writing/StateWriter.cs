using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>Closes with a reason, and opens again.</summary>
internal static class StateWriter
{
    public static async Task<string?> CloseAsync(Target target, Close close, bool mayBeDone, CancellationToken cancellation)
    {
        if (!target.Now.IsOpen)
            return mayBeDone ? null : "it is closed already";
        object body = new { state = "closed", state_reason = close.Reason == CloseReason.Completed ? "completed" : "not_planned" };
        if (close.Reason == CloseReason.Duplicate)
        {
            if (close.Canonical is not { Tracker: GitHubTracker.TrackerName } canonical)
                return "it can only be closed as a duplicate of an issue on GitHub";
            var (id, why) = await LinkWriter.FindAsync(target, canonical, cancellation);
            if (why is not null)
                return why;
            body = new { state = "closed", state_reason = "duplicate", duplicate_issue_id = id };
        }

        return await PatchAsync(target, body, WorkItemState.Closed, cancellation);
    }

    public static async Task<string?> ReopenAsync(Target target, bool mayBeDone, CancellationToken cancellation)
    {
        if (target.Now.IsOpen)
            return mayBeDone ? null : "it is open already";
        return await PatchAsync(target, new { state = "open" }, WorkItemState.Open, cancellation);
    }

    private static async Task<string?> PatchAsync(Target target, object body, WorkItemState wanted, CancellationToken cancellation)
    {
        var reply = await target.PatchAsync(body, cancellation);
        if (!reply.IsSuccess)
            return GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere ? throw everywhere : Refusal.Of(reply);
        return target.Now.State == wanted ? null : $"GitHub left the state as it was: {GitHubErrors.NoWriteRight}";
    }
}
