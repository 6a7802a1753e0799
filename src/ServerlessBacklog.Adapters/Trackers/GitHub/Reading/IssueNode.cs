using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Blocks;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>Issues as the queries of <see cref="ItemQuery"/> bring them.</summary>
internal static class IssueNode
{
    public static RepositoryName RepositoryOf(JsonElement node) =>
        RepositoryName.TryParse(Json.Text(Json.Object(node, "repository"), "nameWithOwner")) ?? throw new ShapeException("'nameWithOwner' is not a repository");

    /// <param name="repository">The project as the caller spells it.</param>
    public static WorkItem Read(JsonElement node, RepositoryName repository)
    {
        var isPull = Json.TextOrNull(node, "__typename") == "PullRequest";
        IReadOnlyList<Label> labels = [.. Nodes(node, "labels").Select(l => new Label(Json.Text(l, "name"))).Distinct()];
        var milestone = Json.ObjectOrNull(node, "milestone");
        var (body, blocks) = BlockText.Split(Json.TextOrNull(node, "body") ?? "", BlockForm.Comments);
        var state = Json.Text(node, isPull ? "pullState" : "state");
        var history = isPull ? WorkItemHistory.Unknown : HistoryOf(node);
        return new WorkItem
        {
            Ref = IssueJson.RefOf(node, repository),
            Title = Json.Text(node, "title"),
            Body = body,
            Blocks = blocks,
            Kind = isPull ? WorkItemKind.PullRequest : WorkItemKind.Item,
            State = LabelFields.StateOf(labels, state == "OPEN"),
            TrackerState = LabelFields.Status(labels),
            Resolution = state == "MERGED" ? "merged" : state == "CLOSED" ? Json.TextOrNull(node, "stateReason")?.ToLowerInvariant() : null,
            Type = Json.ObjectOrNull(node, "issueType") is { } type ? Json.TextOrNull(type, "name") : null,
            Priority = LabelFields.Priority(labels),
            Severity = LabelFields.Severity(labels),
            Areas = LabelFields.Areas(labels),
            Labels = labels,
            Assignees = [.. Nodes(node, "assignees").Select(a => Logins.OfGraphQl(a)).Distinct()],
            Reporter = Logins.OfGraphQl(Json.ObjectOrNull(node, "author")),
            ReporterRole = Json.TextOrNull(node, "authorAssociation"),
            Milestone = milestone is { } m ? Json.TextOrNull(m, "title") : null,
            DueAt = milestone is { } due ? Json.TimeOrNull(due, "dueOn") : null,
            CreatedAt = Json.Time(node, "createdAt"),
            UpdatedAt = Json.Time(node, "updatedAt"),
            ClosedAt = Json.TimeOrNull(node, "closedAt"),
            Links = [.. Links(node).Distinct()],
            History = history,
            StartedAt = LabelFields.StartedAt(history.Events),
            Signs = Nodes(node, "closedByPullRequestsReferences").Select(SignOf).OfType<WorkSign>().ToList() is { Count: > 0 } signs ? signs : null,
            Url = IssueJson.Web(Json.TextOrNull(node, "url")),
            Revision = Json.TextOrNull(node, "updatedAt"),
        };
    }

    public static IEnumerable<WorkItemComment> CommentsIn(JsonElement connection) => Json.List(connection, "nodes")
        .Where(n => n.ValueKind == JsonValueKind.Object)
        .Select(c => Comments.Of(Logins.OfGraphQl(Json.ObjectOrNull(c, "author")), Json.Time(c, "createdAt"), Json.TextOrNull(c, "body") ?? ""));

    public static IEnumerable<HistoryEvent> EventsIn(JsonElement connection)
    {
        foreach (var node in Json.List(connection, "nodes"))
        {
            if (node.ValueKind == JsonValueKind.Object && Json.TextOrNull(node, "__typename") is { } type && TimelineWords.Of(type) is { } word)
                yield return new HistoryEvent(word, Json.Time(node, "createdAt"), Logins.OfGraphQl(Json.ObjectOrNull(node, "actor")), ValueOf(node));
        }
    }

    /// <summary>Where the rest of a list begins; null when all of it is here.</summary>
    public static string? Rest(JsonElement connection) =>
        Json.ObjectOrNull(connection, "pageInfo") is { } page && Json.IsTrue(page, "hasNextPage") ? Json.TextOrNull(page, "endCursor") : null;

    private static WorkItemHistory HistoryOf(JsonElement node)
    {
        var comments = Json.Object(node, "comments");
        return new WorkItemHistory
        {
            IsKnown = true,
            Comments = [.. CommentsIn(comments)],
            CommentCount = (int?)Json.LongOrNull(comments, "totalCount"),
            Events = Json.ObjectOrNull(node, "timelineItems") is { } timeline ? [.. EventsIn(timeline)] : [],
            Reactions = ReactionsOf(node),
        };
    }

    private static Reactions ReactionsOf(JsonElement node)
    {
        var counts = Json.List(node, "reactionGroups").ToDictionary(
            g => Json.Text(g, "content"), g => Json.ObjectOrNull(g, "reactors") is { } who ? (int)(Json.LongOrNull(who, "totalCount") ?? 0) : 0);
        var (up, down) = (counts.GetValueOrDefault("THUMBS_UP"), counts.GetValueOrDefault("THUMBS_DOWN"));
        return new Reactions(up, down, counts.Values.Sum() - up - down)
        {
            People = [.. Nodes(node, "reactions").Select(r => Json.ObjectOrNull(r, "user")).OfType<JsonElement>().Select(u => Person.FromLogin(Json.Text(u, "login"))).Distinct()],
        };
    }

    private static IEnumerable<WorkItemLink> Links(JsonElement node)
    {
        if (Json.ObjectOrNull(node, "parent") is { } parent)
            yield return new WorkItemLink(LinkKind.ChildOf, Far(parent));
        foreach (var child in Nodes(node, "subIssues"))
            yield return new WorkItemLink(LinkKind.ParentOf, Far(child));
        foreach (var blocker in Nodes(node, "blockedBy"))
            yield return new WorkItemLink(LinkKind.BlockedBy, Far(blocker));
        foreach (var blocked in Nodes(node, "blocking"))
            yield return new WorkItemLink(LinkKind.Blocks, Far(blocked));
        if (Canonical(node) is { } canonical)
            yield return new WorkItemLink(LinkKind.DuplicateOf, canonical);
        foreach (var pull in Nodes(node, "closedByPullRequestsReferences"))
            yield return new WorkItemLink(LinkKind.ClosedBy, Far(pull));
    }

    /// <summary>Told by the server, or by the last event that made or took the mark.</summary>
    private static WorkItemRef? Canonical(JsonElement node)
    {
        if (Json.ObjectOrNull(node, "duplicateOf") is { } told)
            return Far(told);
        var last = Nodes(node, "timelineItems").LastOrDefault(e => Json.TextOrNull(e, "__typename") is "MarkedAsDuplicateEvent" or "UnmarkedAsDuplicateEvent");
        return last.ValueKind == JsonValueKind.Object && Json.TextOrNull(last, "__typename") == "MarkedAsDuplicateEvent"
            && Json.ObjectOrNull(last, "canonical") is { } canonical && Json.Find(canonical, "number") is not null
                ? Far(canonical)
                : null;
    }

    /// <summary>How a pull request stands that closes the issue; null where the server did not say.</summary>
    private static WorkSign? SignOf(JsonElement pull) => (Json.TextOrNull(pull, "state"), Json.TimeOrNull(pull, "createdAt"), Json.TimeOrNull(pull, "closedAt")) switch
    {
        ("MERGED", _, { } closed) => new WorkSign(WorkSignKind.PullRequestMerged, closed, Far(pull).ToString()),
        ("CLOSED", _, { } closed) => new WorkSign(WorkSignKind.PullRequestClosed, closed, Far(pull).ToString()),
        ("OPEN", { } created, _) => new WorkSign(Json.IsTrue(pull, "isDraft") ? WorkSignKind.PullRequestDrafted : WorkSignKind.PullRequestOpened, created, Far(pull).ToString()),
        _ => null,
    };

    private static WorkItemRef Far(JsonElement node) => IssueJson.RefOf(node, RepositoryOf(node));

    private static string? ValueOf(JsonElement e) =>
        Inner(e, "label", "name") ?? Inner(e, "assignee", "login") ?? Json.TextOrNull(e, "currentTitle")
        ?? Json.TextOrNull(e, "milestoneTitle") ?? Inner(e, "issueType", "name");

    private static string? Inner(JsonElement node, string name, string inner) =>
        Json.ObjectOrNull(node, name) is { } member ? Json.TextOrNull(member, inner) : null;

    /// <summary>The nodes of a list; one that may not be seen is null and left out.</summary>
    private static IEnumerable<JsonElement> Nodes(JsonElement node, string name) =>
        Json.ObjectOrNull(node, name) is { } list ? Json.List(list, "nodes").Where(n => n.ValueKind == JsonValueKind.Object) : [];
}
