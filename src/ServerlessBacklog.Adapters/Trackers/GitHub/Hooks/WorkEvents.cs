using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>What events <c>pull_request</c> and <c>create</c> tell of the work on items: those that a pull request closes, and those that branches are named for.</summary>
internal static class WorkEvents
{
    /// <summary>A pull request of a stranger moves nothing, whatever items it names: signs come from people of the project, and from its own branches.</summary>
    public static IReadOnlyList<ToldSign> Of(Payload payload, JsonElement pull, WorkItem item)
    {
        if (!IsOfTheProject(payload, pull))
            return [];
        var branch = Json.ObjectOrNull(pull, "head") is { } head && Json.TextOrNull(head, "ref") is { } name ? NamedWork.OfBranch(name) : null;
        // One that was opened again, or is ready now, is so since just now; else it is as it is since it was made.
        var since = payload.Action is "reopened" or "ready_for_review" or "converted_to_draft" ? item.UpdatedAt!.Value : item.CreatedAt!.Value;
        var sign = SignOf(pull, item, since);
        return [.. NamedWork.ByKeyword(item.Title).Concat(NamedWork.ByKeyword(item.Body)).Concat(branch is null ? [] : [branch]).Distinct()
            .Select(named => named.Told(GitHubTracker.TrackerName, payload.Repository.ToString(), sign))];
    }

    /// <summary>A branch or a tag was made. The event tells no time: its head's is that of a commit, so that the moment of the push counts.</summary>
    public static TrackerEvent ReadCreate(Payload payload)
    {
        if (Json.Text(payload.Body, "ref_type") != "branch")
            return payload.Ignore("it is no branch");
        var name = Json.Text(payload.Body, "ref");
        if (NamedWork.OfBranch(name) is not { } named)
            return payload.Ignore("the branch is not named for an item");
        var at = Json.TimeOrNull(Json.Object(payload.Body, "repository"), "pushed_at") ?? Json.TimeOrNull(Json.Object(payload.Body, "repository"), "updated_at");
        if (at is null)
            return payload.Ignore("it does not tell when the branch was made");
        var sign = new WorkSign(WorkSignKind.BranchCreated, at.Value, $"branch {GitHubTracker.TrackerName}:{payload.Repository} {name}");
        return payload.Event(EventKind.Changed) with { At = at, Signs = [named.Told(GitHubTracker.TrackerName, payload.Repository.ToString(), sign)] };
    }

    private static bool IsOfTheProject(Payload payload, JsonElement pull) =>
        Json.TextOrNull(pull, "author_association") is "OWNER" or "MEMBER" or "COLLABORATOR"
        || (Json.ObjectOrNull(pull, "head") is { } head && Json.ObjectOrNull(head, "repo") is { } repository
            && payload.Repository.ToString().Equals(Json.TextOrNull(repository, "full_name"), StringComparison.OrdinalIgnoreCase));

    private static WorkSign SignOf(JsonElement pull, WorkItem item, DateTimeOffset since) => (item.IsOpen, item.Resolution) switch
    {
        (true, _) => new WorkSign(Json.IsTrue(pull, "draft") ? WorkSignKind.PullRequestDrafted : WorkSignKind.PullRequestOpened, since, item.Ref.ToString()),
        (false, "merged") => new WorkSign(WorkSignKind.PullRequestMerged, Json.TimeOrNull(pull, "merged_at") ?? item.ClosedAt ?? item.UpdatedAt!.Value, item.Ref.ToString()),
        _ => new WorkSign(WorkSignKind.PullRequestClosed, item.ClosedAt ?? item.UpdatedAt!.Value, item.Ref.ToString()),
    };
}
