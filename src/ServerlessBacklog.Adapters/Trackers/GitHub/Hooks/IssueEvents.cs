using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>Events <c>issues</c> and <c>pull_request</c>: what happened to one item.</summary>
internal static class IssueEvents
{
    public static TrackerEvent Read(Payload payload)
    {
        var issue = Json.Object(payload.Body, "issue");
        return payload.Action switch
        {
            null => throw new ShapeException("'action' is missing"),
            // These come with a shortened issue.
            "pinned" or "unpinned" => payload.Ignore("pinning changes nothing here") with { Item = IssueJson.RefOf(issue, payload.Repository) },
            "deleted" => Gone(payload, issue),
            "transferred" => Gone(payload, issue) with { Others = NewHome(payload) },
            _ => Changed(payload, issue, IssueJson.Read(issue, payload.Repository)),
        };
    }

    public static TrackerEvent ReadPullRequest(Payload payload)
    {
        if (payload.Action is null)
            throw new ShapeException("'action' is missing");
        var pull = Json.Object(payload.Body, "pull_request");
        var item = IssueJson.ReadPullRequest(pull, payload.Repository);
        return Changed(payload, pull, item) with { Overrides = [], Signs = WorkEvents.Of(payload, pull, item) };
    }

    private static TrackerEvent Changed(Payload payload, JsonElement issue, WorkItem item) => payload.Event(EventKind.Changed) with
    {
        Item = item.Ref,
        State = item with { History = WorkItemHistory.Unknown },
        At = item.UpdatedAt,
        Overrides = [.. TakenAway(payload).Select(o => new HumanOverride(o.Slot, o.Value, payload.Sender.Person!.Login, item.UpdatedAt!.Value))],
        // Two edits may fall into one second: the content tells them apart.
        ContentKey = payload.Key(Json.Long(issue, "id"), item.Revision, Detail(payload), ContentHash.Of(item)),
    };

    private static TrackerEvent Gone(Payload payload, JsonElement issue) => payload.Event(EventKind.Removed) with
    {
        Item = IssueJson.RefOf(issue, payload.Repository),
        At = Json.TimeOrNull(issue, "updated_at"),
        ContentKey = payload.Key(Json.Long(issue, "id"), Json.TextOrNull(issue, "updated_at")),
    };

    private static IReadOnlyList<WorkItemRef> NewHome(Payload payload)
    {
        if (Json.ObjectOrNull(payload.Body, "changes") is not { } changes
            || Json.ObjectOrNull(changes, "new_issue") is not { } issue || Json.ObjectOrNull(changes, "new_repository") is not { } repository)
            return [];
        return [IssueJson.RefOf(issue, Payload.RepositoryOf(repository))];
    }

    /// <summary>What tells an event from others of the same item in the same second: which label, whom, which type.</summary>
    private static string? Detail(Payload payload) =>
        Member(payload, "label", "name") ?? Member(payload, "assignee", "login") ?? Member(payload, "type", "name") ?? Member(payload, "milestone", "title");

    private static IReadOnlyList<HumanOverrideOf> TakenAway(Payload payload) => payload.Action switch
    {
        "unlabeled" when Member(payload, "label", "name") is { } label => payload.ByPerson(
            [new HumanOverrideOf(new AddLabel(new Label(label)).Slot, null), .. StatusLabel.Is(label) ? [new HumanOverrideOf(new MoveTo(label).Slot, label)] : Array.Empty<HumanOverrideOf>()]),
        "unassigned" when Member(payload, "assignee", "login") is { } login => payload.ByPerson(new HumanOverrideOf(new Assign(new Person(login)).Slot, login)),
        "untyped" => payload.ByPerson(new HumanOverrideOf(new SetField(WorkItemField.Type, "").Slot, Member(payload, "type", "name"))),
        "reopened" => payload.ByPerson(new HumanOverrideOf(new Close(CloseReason.Completed).Slot, null)),
        _ => [],
    };

    private static string? Member(Payload payload, string name, string inner) =>
        Json.ObjectOrNull(payload.Body, name) is { } member ? Json.TextOrNull(member, inner) : null;
}
