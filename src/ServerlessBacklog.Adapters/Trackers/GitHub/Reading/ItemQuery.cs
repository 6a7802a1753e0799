namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>What an issue is asked for that not every server knows.</summary>
[Flags]
internal enum QueryParts
{
    None = 0,
    Types = 1,
    SubIssues = 2,
    Dependencies = 4,
    DuplicateOf = 8,
    ClosingPullRequests = 16,
    DuplicateReason = 32,
    All = Types | SubIssues | Dependencies | DuplicateOf | ClosingPullRequests | DuplicateReason,
}

/// <summary>The GraphQL queries. Parts that the server's schema lacks are left out after it said so.</summary>
internal static class ItemQuery
{
    /// <summary>Entries of one list that come with the item; more are fetched one by one.</summary>
    public const int FirstEntries = 50;

    /// <summary>A page of issues, those that changed longest ago first, so that what changes meanwhile comes at the end again.</summary>
    public static string Page(QueryParts parts) => $$"""
        query Page($owner: String!, $name: String!, $first: Int!, $after: String, $filter: IssueFilters) {
          repository(owner: $owner, name: $name) {
            nameWithOwner
            issues(first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: ASC}, filterBy: $filter) {
              totalCount
              pageInfo { hasNextPage endCursor }
              nodes { ...Item }
            }
          }
        }
        {{Fragments(parts)}}
        """;

    public static string One(QueryParts parts) => $$"""
        query One($owner: String!, $name: String!, $number: Int!) {
          repository(owner: $owner, name: $name) {
            nameWithOwner
            issueOrPullRequest(number: $number) {
              __typename
              ...Item
              ... on PullRequest {
                number title body createdAt updatedAt closedAt url authorAssociation
                pullState: state
                repository { nameWithOwner }
                author { __typename login }
                labels(first: 100) { nodes { name } }
                assignees(first: 10) { nodes { __typename login } }
              }
            }
          }
        }
        {{Fragments(parts)}}
        """;

    public static string MoreComments() => $$"""
        query MoreComments($id: ID!, $after: String) {
          node(id: $id) { ... on Issue { comments(first: 100, after: $after) { ...Said } } }
        }
        {{Said}}
        """;

    public static string MoreEvents(QueryParts parts) => $$"""
        query MoreEvents($id: ID!, $after: String) {
          node(id: $id) { ... on Issue { timelineItems(first: 100, after: $after, itemTypes: [{{EventTypes(parts)}}]) { ...Happened } } }
        }
        {{Happened(parts)}}
        """;

    /// <summary>The part that a complaint of the server is about; all of them when that cannot be told.</summary>
    public static QueryParts BlamedBy(string message) =>
        message.Contains("enableDuplicate", StringComparison.Ordinal) ? QueryParts.DuplicateReason
        : message.Contains("IssueType", StringComparison.OrdinalIgnoreCase) || message.Contains("ISSUE_TYPE", StringComparison.Ordinal) ? QueryParts.Types
        : message.Contains("'parent'", StringComparison.Ordinal) || message.Contains("\"parent\"", StringComparison.Ordinal) || message.Contains("subIssues", StringComparison.Ordinal) ? QueryParts.SubIssues
        : message.Contains("blockedBy", StringComparison.Ordinal) || message.Contains("blocking", StringComparison.Ordinal) ? QueryParts.Dependencies
        : message.Contains("duplicateOf", StringComparison.Ordinal) ? QueryParts.DuplicateOf
        : message.Contains("closedByPullRequestsReferences", StringComparison.Ordinal) ? QueryParts.ClosingPullRequests
        : QueryParts.All;

    private static string Fragments(QueryParts parts) => $$"""
        fragment Item on Issue {
          id number title body state createdAt updatedAt closedAt url authorAssociation
          stateReason{{If(parts, QueryParts.DuplicateReason, "(enableDuplicate: true)")}}
          repository { nameWithOwner }
          author { __typename login }
          milestone { title dueOn }
          labels(first: 100) { nodes { name } }
          assignees(first: 10) { nodes { __typename login } }
          comments(first: {{FirstEntries}}) { ...Said }
          timelineItems(first: {{FirstEntries}}, itemTypes: [{{EventTypes(parts)}}]) { ...Happened }
          reactionGroups { content reactors { totalCount } }
          reactions(first: 20) { nodes { user { login } } }
          {{If(parts, QueryParts.Types, "issueType { name }")}}
          {{If(parts, QueryParts.SubIssues, "parent { ...Far } subIssues(first: 100) { nodes { ...Far } }")}}
          {{If(parts, QueryParts.Dependencies, "blockedBy(first: 50) { nodes { ...Far } } blocking(first: 50) { nodes { ...Far } }")}}
          {{If(parts, QueryParts.DuplicateOf, "duplicateOf { ...Far }")}}
          {{If(parts, QueryParts.ClosingPullRequests, "closedByPullRequestsReferences(first: 10, includeClosedPrs: true) { nodes { number state isDraft createdAt closedAt repository { nameWithOwner } } }")}}
        }
        {{If(parts, QueryParts.SubIssues | QueryParts.Dependencies | QueryParts.DuplicateOf, "fragment Far on Issue { number repository { nameWithOwner } }")}}
        {{Said}}
        {{Happened(parts)}}
        """;

    private const string Said = """
        fragment Said on IssueCommentConnection {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { body createdAt author { __typename login } }
        }
        """;

    private static string Happened(QueryParts parts) => $$"""
        fragment Happened on IssueTimelineItemsConnection {
          pageInfo { hasNextPage endCursor }
          nodes {
            __typename
            ... on LabeledEvent { createdAt actor { __typename login } label { name } }
            ... on UnlabeledEvent { createdAt actor { __typename login } label { name } }
            ... on AssignedEvent { createdAt actor { __typename login } assignee { ... on Actor { login } } }
            ... on UnassignedEvent { createdAt actor { __typename login } assignee { ... on Actor { login } } }
            ... on ClosedEvent { createdAt actor { __typename login } }
            ... on ReopenedEvent { createdAt actor { __typename login } }
            ... on RenamedTitleEvent { createdAt actor { __typename login } currentTitle }
            ... on MilestonedEvent { createdAt actor { __typename login } milestoneTitle }
            ... on DemilestonedEvent { createdAt actor { __typename login } milestoneTitle }
            ... on LockedEvent { createdAt actor { __typename login } }
            ... on UnlockedEvent { createdAt actor { __typename login } }
            ... on MarkedAsDuplicateEvent { createdAt actor { __typename login } canonical { ... on Issue { number repository { nameWithOwner } } } }
            ... on UnmarkedAsDuplicateEvent { createdAt actor { __typename login } canonical { ... on Issue { number repository { nameWithOwner } } } }
            {{If(parts, QueryParts.Types, TypeEvents)}}
          }
        }
        """;

    private const string TypeEvents = """
        ... on IssueTypeAddedEvent { createdAt actor { __typename login } issueType { name } }
            ... on IssueTypeChangedEvent { createdAt actor { __typename login } issueType { name } }
            ... on IssueTypeRemovedEvent { createdAt actor { __typename login } issueType { name } }
        """;

    private static string EventTypes(QueryParts parts) =>
        "LABELED_EVENT, UNLABELED_EVENT, ASSIGNED_EVENT, UNASSIGNED_EVENT, CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT, MILESTONED_EVENT, "
        + "DEMILESTONED_EVENT, LOCKED_EVENT, UNLOCKED_EVENT, MARKED_AS_DUPLICATE_EVENT, UNMARKED_AS_DUPLICATE_EVENT"
        + If(parts, QueryParts.Types, ", ISSUE_TYPE_ADDED_EVENT, ISSUE_TYPE_CHANGED_EVENT, ISSUE_TYPE_REMOVED_EVENT");

    private static string If(QueryParts parts, QueryParts any, string text) => (parts & any) != 0 ? text : "";
}
