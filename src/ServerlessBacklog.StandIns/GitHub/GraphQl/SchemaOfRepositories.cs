using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>The one who asks, and what his query may cost.</summary>
internal sealed record GraphRoot(World World, Caller Caller, GraphRate Rate);

internal sealed record GraphRate(int Limit, int Cost, int Used, DateTimeOffset Reset, int NodeCount);

/// <summary>The entrances, repositories and people.</summary>
internal static class SchemaOfRepositories
{
    public static void Add(GraphSchema schema, string root)
    {
        schema.Object("Query")
            .Add<GraphRoot>("repository", "Repository", Repository, "owner:String!", "name:String!", "followRenames:Boolean")
            .Add<GraphRoot>("node", "Node", (r, a) => Node(r, a.Text("id")!), "id:ID!")
            .Add<GraphRoot>("nodes", "[Node]", (r, a) => a.Texts("ids")!.Select(id => Node(r, id)), "ids:[ID!]!")
            .Add<GraphRoot>("viewer", "User", r => r.Caller.Account)
            .Add<GraphRoot>("rateLimit", "RateLimit", r => r.Rate, "dryRun:Boolean");
        schema.Object("Mutation");
        schema.Object("RateLimit")
            .Add<GraphRate>("limit", "Int", r => r.Limit)
            .Add<GraphRate>("cost", "Int", r => r.Cost)
            .Add<GraphRate>("remaining", "Int", r => Math.Max(0, r.Limit - r.Used - r.Cost))
            .Add<GraphRate>("used", "Int", r => r.Used + r.Cost)
            .Add<GraphRate>("nodeCount", "Int", r => r.NodeCount)
            .Add<GraphRate>("resetAt", "DateTime", r => r.Reset);
        schema.Object("PageInfo")
            .Add<GraphConnection>("hasNextPage", "Boolean", c => c.HasNext)
            .Add<GraphConnection>("hasPreviousPage", "Boolean", c => c.HasPrevious)
            .Add<GraphConnection>("startCursor", "String", c => c.Page.Select(p => p.Cursor).FirstOrDefault())
            .Add<GraphConnection>("endCursor", "String", c => c.Page.Select(p => p.Cursor).LastOrDefault());
        schema.Object("Repository")
            .Add<Repo>("id", "ID", r => r.NodeId)
            .Add<Repo>("databaseId", "Int", r => r.Id)
            .Add<Repo>("name", "String", r => r.Name)
            .Add<Repo>("nameWithOwner", "String", r => r.FullName)
            .Add<Repo>("owner", "RepositoryOwner", r => r.Owner)
            .Add<Repo>("url", "URI", r => $"{root}/{r.FullName}")
            .Add<Repo>("isPrivate", "Boolean", r => r.IsPrivate)
            .Add<Repo>("isArchived", "Boolean", r => r.IsArchived)
            .Add<Repo>("isFork", "Boolean", _ => false)
            .Add<Repo>("visibility", "RepositoryVisibility", r => r.IsPrivate ? "PRIVATE" : "PUBLIC")
            .Add<Repo>("hasIssuesEnabled", "Boolean", r => r.HasIssues)
            .Add<Repo>("createdAt", "DateTime", r => r.CreatedAt)
            .Add<Repo>("labels", "LabelConnection", (r, a) => SchemaOfIssues.SortedLabels(r.Labels, a), "orderBy:LabelOrder", "query:String")
            .Add<Repo>("issueTypes", "IssueTypeConnection", (r, a) => GraphConnection.InOrder(r.Types, a))
            .Add<Repo>("assignableUsers", "UserConnection", (r, a) => GraphConnection.InOrder(r.People.Where(p => r.IsAssignable(p.Login)), a), "query:String")
            .Add<Repo>("issue", "Issue", (r, a) => One(r, a, i => !i.IsPullRequest, "an Issue"), "number:Int!")
            .Add<Repo>("pullRequest", "PullRequest", (r, a) => One(r, a, i => i.IsPullRequest, "a PullRequest"), "number:Int!")
            .Add<Repo>("issueOrPullRequest", "IssueOrPullRequest", (r, a) => One(r, a, _ => true, "an issue or pull request"), "number:Int!")
            .Add<Repo>("issues", "IssueConnection", Issues, "orderBy:IssueOrder", "labels:[String!]", "states:[IssueState!]", "filterBy:IssueFilters")
            .Add<Repo>("pullRequests", "PullRequestConnection", PullRequests, "orderBy:IssueOrder", "states:[PullRequestState!]", "labels:[String!]");
        foreach (var type in new[] { "User", "Bot", "Organization", "Mannequin", "EnterpriseUserAccount" })
            schema.Object(type)
                .Add<Account>("id", "ID", a => a.NodeId)
                .Add<Account>("databaseId", "Int", a => a.Id)
                // GraphQL names a bot without the suffix that REST gives it.
                .Add<Account>("login", "String", a => a.Login.Replace("[bot]", ""))
                .Add<Account>("name", "String", a => null)
                .Add<Account>("email", "String", a => "")
                .Add<Account>("url", "URI", a => $"{root}/{a.Login}")
                .Add<Account>("avatarUrl", "URI", a => $"{root}/avatars/{a.Id}", "size:Int");
        AddAbstract(schema);
    }

    public static string TypeOf(object value) => value switch
    {
        Account account => account.Type,
        Issue { IsPullRequest: true } => "PullRequest",
        Issue => "Issue",
        Comment => "IssueComment",
        Repo => "Repository",
        TimelineEntry entry => SchemaEnums.EventTypes[entry.Event],
        _ => throw new InvalidOperationException($"{value.GetType().Name} has no GraphQL type"),
    };

    private static void AddAbstract(GraphSchema schema)
    {
        foreach (var (name, possible) in new[]
                 {
                     ("Actor", new[] { "User", "Bot", "Organization", "Mannequin", "EnterpriseUserAccount" }),
                     ("RepositoryOwner", ["User", "Organization"]),
                     ("Reactor", ["User", "Bot", "Organization", "Mannequin"]),
                 })
        {
            var type = schema.Abstract(name, possible);
            foreach (var field in new[] { "login", "url", "avatarUrl" })
                type.Fields[field] = schema.Types["User"].Fields[field];
        }

        schema.Types["RepositoryOwner"].Fields["id"] = schema.Types["User"].Fields["id"];
        schema.Abstract("Assignee", "User", "Bot", "Organization", "Mannequin");
        schema.Abstract("IssueOrPullRequest", "Issue", "PullRequest");
        schema.Abstract("ReferencedSubject", "Issue", "PullRequest");
        schema.Abstract("Closer", "PullRequest");
        schema.Abstract("Node", "Issue", "PullRequest", "IssueComment", "Repository", "User", "Bot", "Organization")
            .Fields["id"] = schema.Types["Issue"].Fields["id"];
        foreach (var node in new[] { "User", "IssueType", "Reactor" })
            schema.Connection(node);
    }

    private static Repo Repository(GraphRoot root, GraphArguments arguments)
    {
        var name = $"{arguments.Text("owner")}/{arguments.Text("name")}";
        var repo = root.World.Repo(name) ?? root.World.Renamed(name);
        if (repo is null || !Gatekeeper.CanSee(root.Caller, repo))
            throw new GraphErrorException("NOT_FOUND", $"Could not resolve to a Repository with the name '{name}'.");
        if (root.Caller.Kind == CallerKind.User && repo.NeedsSingleSignOn)
            throw new GraphErrorException("FORBIDDEN", "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.");
        return repo;
    }

    private static object Node(GraphRoot root, string id)
    {
        var repos = root.World.Repos.Where(r => Gatekeeper.CanSee(root.Caller, r)).ToList();
        return (object?)repos.Find(r => r.NodeId == id)
            ?? repos.SelectMany(r => r.Issues.Values).FirstOrDefault(i => i.NodeId == id)
            ?? (object?)repos.SelectMany(r => r.Issues.Values).SelectMany(i => i.Comments).FirstOrDefault(c => c.NodeId == id)
            ?? root.World.Accounts.FirstOrDefault(a => a.NodeId == id)
            ?? throw new GraphErrorException("NOT_FOUND", $"Could not resolve to a node with the global id of '{id}'");
    }

    private static Issue One(Repo repo, GraphArguments arguments, Func<Issue, bool> fits, string what)
    {
        var number = arguments.Int("number")!.Value;
        return repo.Issues.TryGetValue(number, out var issue) && fits(issue)
            ? issue
            : throw new GraphErrorException("NOT_FOUND", $"Could not resolve to {what} with the number of {number}.");
    }

    private static GraphConnection Issues(Repo repo, GraphArguments arguments)
    {
        var issues = repo.Issues.Values.Where(i => !i.IsPullRequest);
        var filter = arguments.Map("filterBy");
        if ((filter?.Texts("states") ?? arguments.Texts("states")) is { } states)
            issues = issues.Where(i => states.Contains(i.IsOpen ? "OPEN" : "CLOSED"));
        if ((filter?.Texts("labels") ?? arguments.Texts("labels")) is { } labels)
            issues = issues.Where(i => i.Labels.Exists(l => labels.Contains(l.Name, StringComparer.OrdinalIgnoreCase)));
        if (filter?.Text("since") is { } since)
            issues = issues.Where(i => i.UpdatedAt >= DateTimeOffset.Parse(since));
        if (filter?.Text("createdBy") is { } author)
            issues = issues.Where(i => i.Author.Login == author);
        if (filter?.Text("type") is { } type && type != "*")
            issues = issues.Where(i => i.Type?.Name == type);
        return Ordered(issues, arguments);
    }

    private static GraphConnection PullRequests(Repo repo, GraphArguments arguments)
    {
        var pulls = repo.Issues.Values.Where(i => i.IsPullRequest);
        if (arguments.Texts("states") is { } states)
            pulls = pulls.Where(p => states.Contains(p.MergedAt is not null ? "MERGED" : p.IsOpen ? "OPEN" : "CLOSED"));
        return Ordered(pulls, arguments);
    }

    private static GraphConnection Ordered(IEnumerable<Issue> issues, GraphArguments arguments)
    {
        var order = arguments.Map("orderBy");
        Func<Issue, string> key = order?.Text("field") switch
        {
            "UPDATED_AT" => i => GraphConnection.TimeKey(i.UpdatedAt, i.Id),
            "COMMENTS" => i => $"{i.Comments.Count:D9}|{i.Id:D12}",
            _ => i => GraphConnection.TimeKey(i.CreatedAt, i.Id),
        };
        return GraphConnection.Of(issues, key, arguments, order?.Text("direction") == "DESC");
    }
}
