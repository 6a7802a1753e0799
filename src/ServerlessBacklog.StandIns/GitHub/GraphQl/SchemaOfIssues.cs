using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>Issues, pull requests, comments, labels.</summary>
internal static class SchemaOfIssues
{
    private static readonly string[] Order = ["orderBy:IssueOrder"];

    public static void Add(GraphSchema schema, string root)
    {
        var urls = new Rest.Shapes(root);
        Common(schema.Object("Issue"), urls)
            .Add<Issue>("body", "String", i => i.Body ?? "")
            .Add<Issue>("bodyText", "String", i => i.Body ?? "")
            .Add<Issue>("state", "IssueState", i => i.IsOpen ? "OPEN" : "CLOSED")
            .Add<Issue>("stateReason", "IssueStateReason", StateReason, "enableDuplicate:Boolean")
            .Add<Issue>("locked", "Boolean", i => i.IsLocked)
            .Add<Issue>("activeLockReason", "LockReason", i => i.LockReason?.ToUpperInvariant().Replace(' ', '_').Replace('-', '_'))
            .Add<Issue>("isPinned", "Boolean", _ => false)
            .Add<Issue>("issueType", "IssueType", i => i.Type)
            .Add<Issue>("comments", "IssueCommentConnection", Comments, "orderBy:IssueCommentOrder")
            .Add<Issue>("reactionGroups", "[ReactionGroup]", i => Groups(i.Reactions))
            .Add<Issue>("reactions", "ReactionConnection", (i, a) => GraphConnection.InOrder(i.Reactions, a), "content:ReactionContent")
            .Add<Issue>("participants", "UserConnection", (i, a) => GraphConnection.InOrder(Participants(i), a))
            .Add<Issue>("timelineItems", "IssueTimelineItemsConnection", SchemaOfEvents.Timeline,
                "since:DateTime", "skip:Int", "itemTypes:[IssueTimelineItemsItemType!]")
            .Add<Issue>("parent", "Issue", i => i.Parent)
            .Add<Issue>("subIssues", "IssueConnection", (i, a) => GraphConnection.InOrder(i.SubIssues, a))
            .Add<Issue>("subIssuesSummary", "SubIssuesSummary", i => i)
            .Add<Issue>("blockedBy", "IssueConnection", (i, a) => GraphConnection.InOrder(i.BlockedBy, a), Order)
            .Add<Issue>("blocking", "IssueConnection", (i, a) => GraphConnection.InOrder(i.Blocking, a), Order)
            .Add<Issue>("issueDependenciesSummary", "IssueDependenciesSummary", i => i)
            .Add<Issue>("duplicateOf", "Issue", i => i.DuplicateOf)
            .Add<Issue>("closedByPullRequestsReferences", "PullRequestConnection", ClosingPullRequests,
                "includeClosedPrs:Boolean", "orderByState:Boolean", "userLinkedOnly:Boolean");
        Common(schema.Object("PullRequest"), urls)
            .Add<Issue>("body", "String", i => i.Body ?? "")
            .Add<Issue>("state", "PullRequestState", i => i.MergedAt is not null ? "MERGED" : i.IsOpen ? "OPEN" : "CLOSED")
            .Add<Issue>("merged", "Boolean", i => i.MergedAt is not null)
            .Add<Issue>("mergedAt", "DateTime", i => i.MergedAt)
            .Add<Issue>("isDraft", "Boolean", i => i.IsDraft)
            .Add<Issue>("comments", "IssueCommentConnection", Comments, "orderBy:IssueCommentOrder");
        schema.Object("SubIssuesSummary")
            .Add<Issue>("total", "Int", i => i.SubIssues.Count)
            .Add<Issue>("completed", "Int", i => i.SubIssues.Count(s => !s.IsOpen))
            .Add<Issue>("percentCompleted", "Int", i => i.SubIssues.Count == 0 ? 0 : i.SubIssues.Count(s => !s.IsOpen) * 100 / i.SubIssues.Count);
        schema.Object("IssueDependenciesSummary")
            .Add<Issue>("blockedBy", "Int", i => i.BlockedBy.Count(b => b.IsOpen))
            .Add<Issue>("blocking", "Int", i => i.Blocking.Count(b => b.IsOpen))
            .Add<Issue>("totalBlockedBy", "Int", i => i.BlockedBy.Count)
            .Add<Issue>("totalBlocking", "Int", i => i.Blocking.Count);
        AddParts(schema, urls);
        foreach (var node in new[] { "Issue", "PullRequest", "IssueComment", "Label", "Reaction" })
            schema.Connection(node);
    }

    private static void AddParts(GraphSchema schema, Rest.Shapes urls)
    {
        schema.Object("IssueComment")
            .Add<Comment>("id", "ID", c => c.NodeId)
            .Add<Comment>("databaseId", "Int", c => c.Id)
            .Add<Comment>("fullDatabaseId", "BigInt", c => $"{c.Id}")
            .Add<Comment>("author", "Actor", c => c.Author)
            .Add<Comment>("authorAssociation", "CommentAuthorAssociation", c => c.Issue.Repo.AssociationOf(c.Author))
            .Add<Comment>("body", "String", c => c.Body)
            .Add<Comment>("bodyText", "String", c => c.Body)
            .Add<Comment>("createdAt", "DateTime", c => c.CreatedAt)
            .Add<Comment>("updatedAt", "DateTime", c => c.UpdatedAt)
            .Add<Comment>("lastEditedAt", "DateTime", c => c.UpdatedAt == c.CreatedAt ? null : c.UpdatedAt)
            .Add<Comment>("isMinimized", "Boolean", _ => false)
            .Add<Comment>("viewerDidAuthor", "Boolean", c => c.App is not null)
            .Add<Comment>("url", "URI", c => $"{urls.HtmlUrl(c.Issue)}#issuecomment-{c.Id}")
            .Add<Comment>("issue", "Issue", c => c.Issue)
            .Add<Comment>("reactionGroups", "[ReactionGroup]", c => Groups(c.Reactions));
        schema.Object("Label")
            .Add<LabelDefinition>("id", "ID", l => l.NodeId)
            .Add<LabelDefinition>("name", "String", l => l.Name)
            .Add<LabelDefinition>("color", "String", l => l.Color)
            .Add<LabelDefinition>("description", "String", l => l.Description)
            .Add<LabelDefinition>("isDefault", "Boolean", _ => false);
        schema.Object("IssueType")
            .Add<IssueKind>("id", "ID", t => t.NodeId)
            .Add<IssueKind>("name", "String", t => t.Name)
            .Add<IssueKind>("description", "String", t => t.Description)
            .Add<IssueKind>("isEnabled", "Boolean", _ => true);
        schema.Object("Milestone")
            .Add<Milestone>("id", "ID", m => m.NodeId)
            .Add<Milestone>("number", "Int", m => m.Number)
            .Add<Milestone>("title", "String", m => m.Title)
            .Add<Milestone>("state", "MilestoneState", _ => "OPEN")
            .Add<Milestone>("dueOn", "DateTime", m => m.DueOn)
            .Add<Milestone>("createdAt", "DateTime", m => m.CreatedAt);
        schema.Object("Reaction")
            .Add<Reaction>("content", "ReactionContent", r => GraphContent(r.Content))
            .Add<Reaction>("createdAt", "DateTime", r => r.CreatedAt)
            .Add<Reaction>("user", "User", r => r.User);
        schema.Object("ReactionGroup")
            .Add<Group>("content", "ReactionContent", g => GraphContent(g.Content))
            .Add<Group>("createdAt", "DateTime", g => g.Reactions.Select(r => (DateTimeOffset?)r.CreatedAt).FirstOrDefault())
            .Add<Group>("users", "UserConnection", (g, a) => GraphConnection.InOrder(g.Users, a))
            .Add<Group>("reactors", "ReactorConnection", (g, a) => GraphConnection.InOrder(g.Users, a));
    }

    /// <summary>What issues and pull requests share.</summary>
    private static GraphType Common(GraphType type, Rest.Shapes urls) => type
        .Add<Issue>("id", "ID", i => i.NodeId)
        .Add<Issue>("databaseId", "Int", i => i.Id)
        .Add<Issue>("fullDatabaseId", "BigInt", i => $"{i.Id}")
        .Add<Issue>("number", "Int", i => i.Number)
        .Add<Issue>("title", "String", i => i.Title)
        .Add<Issue>("url", "URI", urls.HtmlUrl)
        .Add<Issue>("closed", "Boolean", i => !i.IsOpen)
        .Add<Issue>("createdAt", "DateTime", i => i.CreatedAt)
        .Add<Issue>("updatedAt", "DateTime", i => i.UpdatedAt)
        .Add<Issue>("closedAt", "DateTime", i => i.ClosedAt)
        .Add<Issue>("lastEditedAt", "DateTime", i => i.EditedAt)
        .Add<Issue>("author", "Actor", i => i.Author)
        .Add<Issue>("authorAssociation", "CommentAuthorAssociation", i => i.Repo.AssociationOf(i.Author))
        .Add<Issue>("milestone", "Milestone", i => i.Milestone)
        .Add<Issue>("repository", "Repository", i => i.Repo)
        .Add<Issue>("assignees", "UserConnection", (i, a) => GraphConnection.InOrder(i.Assignees.Where(u => u.Type == "User"), a))
        .Add<Issue>("labels", "LabelConnection", (i, a) => SortedLabels(i.Labels, a), "orderBy:LabelOrder");

    public static GraphConnection SortedLabels(IEnumerable<LabelDefinition> labels, GraphArguments arguments)
    {
        var byName = arguments.Map("orderBy")?.Text("field") == "NAME";
        return GraphConnection.Of(labels, l => byName ? l.Name.ToLowerInvariant() : $"{l.Id:D12}", arguments,
            arguments.Map("orderBy")?.Text("direction") == "DESC");
    }

    private static string? StateReason(Issue issue, GraphArguments arguments) =>
        issue.StateReason == "duplicate" && !arguments.Flag("enableDuplicate") ? "NOT_PLANNED" : issue.StateReason?.ToUpperInvariant();

    private static GraphConnection Comments(Issue issue, GraphArguments arguments)
    {
        var byUpdate = arguments.Map("orderBy") is not null;
        return GraphConnection.Of(issue.Comments, c => GraphConnection.TimeKey(byUpdate ? c.UpdatedAt : c.CreatedAt, c.Id), arguments,
            arguments.Map("orderBy")?.Text("direction") == "DESC");
    }

    private static GraphConnection ClosingPullRequests(Issue issue, GraphArguments arguments) =>
        GraphConnection.InOrder(issue.ClosingPullRequests.Where(p => p.IsOpen || p.MergedAt is not null || arguments.Flag("includeClosedPrs")), arguments);

    private static IEnumerable<Account> Participants(Issue issue) =>
        issue.Comments.Select(c => c.Author).Prepend(issue.Author).Where(a => a.Type == "User").Distinct();

    private static IEnumerable<object> Groups(List<Reaction> reactions) =>
        Reaction.Contents.Select(content => (object)new Group(content, [.. reactions.Where(r => r.Content == content)]));

    private static string GraphContent(string content) => content switch
    {
        "+1" => "THUMBS_UP",
        "-1" => "THUMBS_DOWN",
        _ => content.ToUpperInvariant(),
    };

    /// <summary>GitHub lists every kind of reaction, also those that nobody gave.</summary>
    private sealed record Group(string Content, IReadOnlyList<Reaction> Reactions)
    {
        public IEnumerable<Account> Users => Reactions.Select(r => r.User);
    }
}
