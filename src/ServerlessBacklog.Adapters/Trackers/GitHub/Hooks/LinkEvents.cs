using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>
/// Events <c>sub_issues</c> and <c>issue_dependencies</c>: a link was made or taken away. GitHub tells each end by an event of its own,
/// the end that lies in <c>repository</c>.
/// </summary>
internal static class LinkEvents
{
    public static TrackerEvent ReadSubIssues(Payload payload) => payload.Action switch
    {
        "parent_issue_added" or "parent_issue_removed" => Read(payload, "sub_issue", "parent_issue", "parent_issue_repo", LinkKind.ChildOf),
        "sub_issue_added" or "sub_issue_removed" => Read(payload, "parent_issue", "sub_issue", "sub_issue_repo", LinkKind.ParentOf),
        null => throw new ShapeException("'action' is missing"),
        _ => payload.Ignore("it changes no link"),
    };

    public static TrackerEvent ReadDependencies(Payload payload) => payload.Action switch
    {
        "blocked_by_added" or "blocked_by_removed" => Read(payload, "blocked_issue", "blocking_issue", "blocking_issue_repo", LinkKind.BlockedBy),
        "blocking_added" or "blocking_removed" => Read(payload, "blocking_issue", "blocked_issue", "blocked_issue_repo", LinkKind.Blocks),
        null => throw new ShapeException("'action' is missing"),
        _ => payload.Ignore("it changes no link"),
    };

    private static TrackerEvent Read(Payload payload, string near, string far, string farRepository, LinkKind kind)
    {
        var issue = Json.Object(payload.Body, near);
        var item = IssueJson.Read(issue, payload.Repository);
        var other = FarEnd(payload, Json.Object(payload.Body, far), farRepository);
        var isRemoved = payload.Action!.EndsWith("_removed", StringComparison.Ordinal);
        return payload.Event(EventKind.Changed) with
        {
            Item = item.Ref,
            State = item with { History = WorkItemHistory.Unknown },
            Others = [other],
            At = item.UpdatedAt,
            Overrides = isRemoved
                ? [.. payload.ByPerson(new HumanOverrideOf(new AddLink(kind, other).Slot, null))
                    .Select(o => new HumanOverride(o.Slot, o.Value, payload.Sender.Person!.Login, item.UpdatedAt!.Value))]
                : [],
            ContentKey = payload.Key(Json.Long(issue, "id"), item.Revision, other.ToString()),
        };
    }

    /// <summary>The far end says where it lies, or is in the same repository.</summary>
    private static WorkItemRef FarEnd(Payload payload, JsonElement issue, string repository)
    {
        if (Json.ObjectOrNull(payload.Body, repository) is { } told)
            return IssueJson.RefOf(issue, Payload.RepositoryOf(told));
        return IssueJson.RefAt(Json.TextOrNull(issue, "url")) ?? IssueJson.RefOf(issue, payload.Repository);
    }
}
