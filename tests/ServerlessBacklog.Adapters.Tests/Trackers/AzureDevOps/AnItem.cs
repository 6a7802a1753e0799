namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

/// <summary>Work items and what goes with them, as the REST interface answers them.</summary>
internal static class AnItem
{
    public const string ProjectId = "66776c68-10ec-4679-9652-d001a718d37f";

    public static DateTimeOffset Changed { get; } = new(2026, 5, 1, 9, 30, 15, 250, TimeSpan.Zero);

    /// <param name="fields">Fields beside those that every item has; null takes one away.</param>
    public static Dictionary<string, object?> Json(int id, int rev = 3, DateTimeOffset? changed = null, object[]? relations = null, params (string Name, object? Value)[] fields)
    {
        var all = new Dictionary<string, object?>
        {
            ["System.Title"] = $"Item {id}",
            ["System.TeamProject"] = "Web Shop",
            ["System.AreaPath"] = "Web Shop",
            ["System.IterationPath"] = "Web Shop",
            ["System.WorkItemType"] = "Bug",
            ["System.State"] = "New",
            ["System.Reason"] = "New",
            ["System.CreatedDate"] = "2026-04-01T08:00:00Z",
            ["System.CreatedBy"] = Person("ada@contoso.com", "Ada"),
            ["System.ChangedDate"] = changed ?? Changed,
            ["System.ChangedBy"] = Person("ada@contoso.com", "Ada"),
            ["System.CommentCount"] = 0,
        };
        foreach (var (name, value) in fields)
            all[name] = value;
        return new Dictionary<string, object?>
        {
            ["id"] = id,
            ["rev"] = rev,
            ["fields"] = all.Where(f => f.Value is not null).ToDictionary(),
            ["relations"] = relations,
            ["url"] = $"https://dev.azure.com/contoso/{ProjectId}/_apis/wit/workItems/{id}",
        };
    }

    public static object Person(string login, string name, string? descriptor = null, string? id = null) =>
        new { displayName = name, uniqueName = login, id = id ?? $"id-of-{login}", descriptor = descriptor ?? "aad.abc" };

    public static object Relation(string rel, int target, string project = ProjectId) =>
        new { rel, url = $"https://dev.azure.com/contoso/{project}/_apis/wit/workItems/{target}", attributes = new { isLocked = false } };

    public static object AgileStates() => new
    {
        count = 5,
        value = new[]
        {
            new { name = "New", category = "Proposed" },
            new { name = "Active", category = "InProgress" },
            new { name = "Resolved", category = "Resolved" },
            new { name = "Closed", category = "Completed" },
            new { name = "Removed", category = "Removed" },
        },
    };

    /// <param name="duplicate">Reference names of the ends "Duplicate" and "Duplicate Of".</param>
    public static object RelationTypes((string Duplicate, string DuplicateOf)? duplicate = null)
    {
        var (forward, reverse) = duplicate ?? ("System.LinkTypes.Duplicate-Forward", "System.LinkTypes.Duplicate-Reverse");
        return new
        {
            value = new[]
            {
                new { referenceName = forward, name = "Duplicate" },
                new { referenceName = reverse, name = "Duplicate Of" },
                new { referenceName = "System.LinkTypes.Dependency-Forward", name = "Successor" },
                new { referenceName = "System.LinkTypes.Dependency-Reverse", name = "Predecessor" },
                new { referenceName = "System.LinkTypes.Hierarchy-Forward", name = "Child" },
                new { referenceName = "System.LinkTypes.Hierarchy-Reverse", name = "Parent" },
                new { referenceName = "System.LinkTypes.Related", name = "Related" },
            },
        };
    }
}
