namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>Enumerations and input objects of the public schema.</summary>
internal static class SchemaEnums
{
    /// <summary>What REST calls an event → its GraphQL type.</summary>
    public static IReadOnlyDictionary<string, string> EventTypes { get; } = new Dictionary<string, string>
    {
        ["commented"] = "IssueComment",
        ["labeled"] = "LabeledEvent",
        ["unlabeled"] = "UnlabeledEvent",
        ["assigned"] = "AssignedEvent",
        ["unassigned"] = "UnassignedEvent",
        ["closed"] = "ClosedEvent",
        ["reopened"] = "ReopenedEvent",
        ["renamed"] = "RenamedTitleEvent",
        ["milestoned"] = "MilestonedEvent",
        ["demilestoned"] = "DemilestonedEvent",
        ["locked"] = "LockedEvent",
        ["unlocked"] = "UnlockedEvent",
        ["cross-referenced"] = "CrossReferencedEvent",
        ["marked_as_duplicate"] = "MarkedAsDuplicateEvent",
        ["issue_type_added"] = "IssueTypeAddedEvent",
        ["issue_type_changed"] = "IssueTypeChangedEvent",
        ["issue_type_removed"] = "IssueTypeRemovedEvent",
        ["sub_issue_added"] = "SubIssueAddedEvent",
        ["sub_issue_removed"] = "SubIssueRemovedEvent",
        ["parent_issue_added"] = "ParentIssueAddedEvent",
        ["parent_issue_removed"] = "ParentIssueRemovedEvent",
        ["blocked_by_added"] = "BlockedByAddedEvent",
        ["blocked_by_removed"] = "BlockedByRemovedEvent",
        ["blocking_added"] = "BlockingAddedEvent",
        ["blocking_removed"] = "BlockingRemovedEvent",
        ["transferred"] = "TransferredEvent",
        ["comment_deleted"] = "CommentDeletedEvent",
    };

    /// <summary>Types of the schema that nothing here gives rise to: they may be asked for, and do not come.</summary>
    private static readonly string[] OtherEvents =
    [
        "AddedToProjectEvent", "AddedToProjectV2Event", "ConnectedEvent", "ConvertedNoteToIssueEvent", "ConvertedToDiscussionEvent", "DisconnectedEvent",
        "MentionedEvent", "MovedColumnsInProjectEvent", "PinnedEvent", "ProjectV2ItemStatusChangedEvent", "ReferencedEvent", "RemovedFromProjectEvent",
        "RemovedFromProjectV2Event", "SubscribedEvent", "UnmarkedAsDuplicateEvent", "UnpinnedEvent", "UnsubscribedEvent", "UserBlockedEvent",
    ];

    public static IEnumerable<string> OtherEventTypes => OtherEvents;

    /// <summary><c>LabeledEvent</c> → <c>LABELED_EVENT</c>.</summary>
    public static string ItemType(string type) =>
        string.Concat(type.Select((c, i) => (i > 0 && char.IsUpper(c) && !char.IsDigit(type[i - 1]) ? "_" : "") + char.ToUpperInvariant(c)));

    public static void Add(GraphSchema schema)
    {
        schema.Enums["IssueState"] = ["OPEN", "CLOSED"];
        schema.Enums["PullRequestState"] = ["OPEN", "CLOSED", "MERGED"];
        schema.Enums["IssueStateReason"] = ["REOPENED", "NOT_PLANNED", "COMPLETED", "DUPLICATE"];
        schema.Enums["OrderDirection"] = ["ASC", "DESC"];
        schema.Enums["IssueOrderField"] = ["CREATED_AT", "UPDATED_AT", "COMMENTS"];
        schema.Enums["LabelOrderField"] = ["NAME", "CREATED_AT", "ISSUE_COUNT"];
        schema.Enums["IssueCommentOrderField"] = ["UPDATED_AT"];
        schema.Enums["LockReason"] = ["OFF_TOPIC", "TOO_HEATED", "RESOLVED", "SPAM"];
        schema.Enums["CommentAuthorAssociation"] =
            ["MEMBER", "OWNER", "MANNEQUIN", "COLLABORATOR", "CONTRIBUTOR", "FIRST_TIME_CONTRIBUTOR", "FIRST_TIMER", "NONE"];
        schema.Enums["ReactionContent"] = ["THUMBS_UP", "THUMBS_DOWN", "LAUGH", "HOORAY", "CONFUSED", "HEART", "ROCKET", "EYES"];
        schema.Enums["RepositoryVisibility"] = ["PRIVATE", "PUBLIC", "INTERNAL"];
        schema.Enums["MilestoneState"] = ["OPEN", "CLOSED"];
        schema.Enums["IssueTimelineItemsItemType"] = [.. EventTypes.Values.Concat(OtherEvents).Select(ItemType)];
        schema.Inputs["IssueOrder"] = new() { ["field"] = "IssueOrderField!", ["direction"] = "OrderDirection!" };
        schema.Inputs["LabelOrder"] = new() { ["field"] = "LabelOrderField!", ["direction"] = "OrderDirection!" };
        schema.Inputs["IssueCommentOrder"] = new() { ["field"] = "IssueCommentOrderField!", ["direction"] = "OrderDirection!" };
        schema.Inputs["IssueFilters"] = new()
        {
            ["assignee"] = "String", ["createdBy"] = "String", ["labels"] = "[String!]", ["mentioned"] = "String", ["milestone"] = "String",
            ["milestoneNumber"] = "String", ["since"] = "DateTime", ["states"] = "[IssueState!]", ["viewerSubscribed"] = "Boolean", ["type"] = "String",
        };
    }
}
