using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>The timeline of an issue.</summary>
internal static class SchemaOfEvents
{
    public static void Add(GraphSchema schema)
    {
        foreach (var type in SchemaEnums.EventTypes.Values.Concat(SchemaEnums.OtherEventTypes).Where(t => t != "IssueComment"))
            schema.Object(type)
                .Add<TimelineEntry>("id", "ID", e => NodeIds.Of("EV", e.Id))
                .Add<TimelineEntry>("actor", "Actor", e => e.Actor.Account)
                .Add<TimelineEntry>("createdAt", "DateTime", e => e.At);
        schema.Abstract("IssueTimelineItems", [.. SchemaEnums.EventTypes.Values, .. SchemaEnums.OtherEventTypes]);
        schema.Connection("IssueTimelineItems");
        schema.Types["IssueTimelineItemsConnection"]
            .Add<GraphConnection>("filteredCount", "Int", c => c.FilteredCount)
            .Add<GraphConnection>("pageCount", "Int", c => c.Page.Count);
        var types = schema.Types;
        foreach (var type in new[] { "LabeledEvent", "UnlabeledEvent" })
            types[type].Add<TimelineEntry>("label", "Label", e => e.Label);
        foreach (var type in new[] { "AssignedEvent", "UnassignedEvent" })
            types[type].Add<TimelineEntry>("assignee", "Assignee", e => e.Assignee).Add<TimelineEntry>("user", "User", e => e.Assignee);
        foreach (var type in new[] { "MilestonedEvent", "DemilestonedEvent" })
            types[type].Add<TimelineEntry>("milestoneTitle", "String", e => e.Milestone);
        foreach (var type in new[] { "ClosedEvent", "ReopenedEvent" })
            types[type].Add<TimelineEntry>("stateReason", "IssueStateReason",
                (e, a) => e.StateReason == "duplicate" && !a.Flag("enableDuplicate") ? "NOT_PLANNED" : e.StateReason?.ToUpperInvariant(), "enableDuplicate:Boolean");
        types["ClosedEvent"].Add<TimelineEntry>("closer", "Closer", _ => null);
        types["RenamedTitleEvent"]
            .Add<TimelineEntry>("previousTitle", "String", e => e.Rename?.From)
            .Add<TimelineEntry>("currentTitle", "String", e => e.Rename?.To);
        types["CrossReferencedEvent"]
            .Add<TimelineEntry>("source", "ReferencedSubject", e => e.Other)
            .Add<TimelineEntry>("willCloseTarget", "Boolean", e => e.Other!.IsPullRequest)
            .Add<TimelineEntry>("isCrossRepository", "Boolean", _ => false)
            .Add<TimelineEntry>("referencedAt", "DateTime", e => e.At);
        foreach (var type in new[] { "MarkedAsDuplicateEvent", "UnmarkedAsDuplicateEvent" })
            types[type]
                .Add<TimelineEntry>("canonical", "IssueOrPullRequest", e => e.Other)
                .Add<TimelineEntry>("isCrossRepository", "Boolean", _ => false);
        foreach (var type in new[] { "ConnectedEvent", "DisconnectedEvent" })
            types[type].Add<TimelineEntry>("source", "ReferencedSubject", e => e.Other).Add<TimelineEntry>("subject", "ReferencedSubject", e => e.Other);
        types["IssueTypeAddedEvent"].Add<TimelineEntry>("issueType", "IssueType", e => e.Type);
        types["IssueTypeRemovedEvent"].Add<TimelineEntry>("issueType", "IssueType", e => e.FormerType);
        types["IssueTypeChangedEvent"]
            .Add<TimelineEntry>("issueType", "IssueType", e => e.Type)
            .Add<TimelineEntry>("prevIssueType", "IssueType", e => e.FormerType);
        foreach (var (type, field) in new[]
                 {
                     ("SubIssueAddedEvent", "subIssue"), ("SubIssueRemovedEvent", "subIssue"),
                     ("ParentIssueAddedEvent", "parent"), ("ParentIssueRemovedEvent", "parent"),
                     ("BlockedByAddedEvent", "blockingIssue"), ("BlockedByRemovedEvent", "blockingIssue"),
                     ("BlockingAddedEvent", "blockedIssue"), ("BlockingRemovedEvent", "blockedIssue"),
                 })
            types[type].Add<TimelineEntry>(field, "Issue", e => e.Other);
    }

    public static GraphConnection Timeline(Issue issue, GraphArguments arguments)
    {
        var types = arguments.Texts("itemTypes");
        var since = arguments.Text("since") is { } text ? DateTimeOffset.Parse(text) : DateTimeOffset.MinValue;
        var which = issue.Timeline
            .Where(e => (types is null || types.Contains(SchemaEnums.ItemType(SchemaEnums.EventTypes[e.Event]))) && e.At >= since)
            .Skip(arguments.Int("skip") ?? 0)
            .ToList();
        var page = GraphConnection.Of(which, e => GraphConnection.TimeKey(e.At, e.Id), arguments);
        return new GraphConnection
        {
            Page = [.. page.Page.Select(p => (p.Node is TimelineEntry { Comment: { } comment } ? comment : p.Node, p.Cursor))],
            TotalCount = issue.Timeline.Count,
            FilteredCount = which.Count,
            HasNext = page.HasNext,
            HasPrevious = page.HasPrevious,
        };
    }
}
