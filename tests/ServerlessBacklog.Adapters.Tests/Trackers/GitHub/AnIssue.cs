using System.Text.Json.Nodes;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

/// <summary>Issues as GitHub's REST API and its GraphQL API write them, with what a test needs changed.</summary>
internal static class AnIssue
{
    public const string UpdatedAt = "2024-03-02T10:00:00Z";

    public static JsonObject Rest(int number, Action<JsonObject>? change = null, string repository = "octo/lab")
    {
        var issue = new JsonObject
        {
            ["id"] = 9000 + number,
            ["number"] = number,
            ["url"] = $"https://api.github.com/repos/{repository}/issues/{number}",
            ["html_url"] = $"https://github.com/{repository}/issues/{number}",
            ["title"] = $"Title {number}",
            ["body"] = "Body",
            ["state"] = "open",
            ["user"] = User("mona"),
            ["labels"] = new JsonArray(),
            ["assignees"] = new JsonArray(),
            ["comments"] = 0,
            ["created_at"] = "2024-03-01T10:00:00Z",
            ["updated_at"] = UpdatedAt,
            ["author_association"] = "NONE",
        };
        change?.Invoke(issue);
        return issue;
    }

    public static JsonObject User(string login, string type = "User") => new() { ["login"] = login, ["id"] = 1, ["type"] = type };

    public static JsonObject Label(string name) => new() { ["id"] = 1, ["name"] = name, ["color"] = "ffffff" };

    public static JsonObject Comment(long id, string login, string body, string type = "User") => new()
    {
        ["id"] = id, ["body"] = body, ["user"] = User(login, type), ["created_at"] = UpdatedAt, ["updated_at"] = UpdatedAt,
    };

    public static JsonObject Node(int number, Action<JsonObject>? change = null, string repository = "octo/lab")
    {
        var node = new JsonObject
        {
            ["__typename"] = "Issue",
            ["id"] = $"I_{number}",
            ["number"] = number,
            ["title"] = $"Title {number}",
            ["body"] = "Body",
            ["state"] = "OPEN",
            ["createdAt"] = "2024-03-01T10:00:00Z",
            ["updatedAt"] = UpdatedAt,
            ["url"] = $"https://github.com/{repository}/issues/{number}",
            ["authorAssociation"] = "MEMBER",
            ["repository"] = In(repository),
            ["author"] = Actor("mona"),
            ["labels"] = List(),
            ["assignees"] = List(),
            ["comments"] = List(),
            ["timelineItems"] = List(),
            ["reactionGroups"] = new JsonArray(),
            ["reactions"] = List(),
        };
        change?.Invoke(node);
        return node;
    }

    public static JsonObject Actor(string login, string type = "User") => new() { ["__typename"] = type, ["login"] = login };

    public static JsonObject Far(int number, string repository = "octo/lab") => new() { ["number"] = number, ["repository"] = In(repository) };

    public static JsonObject List(params JsonNode?[] nodes) => Part(nodes.Length, null, nodes);

    /// <param name="cursor">Where the rest begins; null when there is none.</param>
    public static JsonObject Part(int total, string? cursor, params JsonNode?[] nodes) => new()
    {
        ["totalCount"] = total,
        ["pageInfo"] = new JsonObject { ["hasNextPage"] = cursor is not null, ["endCursor"] = cursor },
        ["nodes"] = new JsonArray(nodes),
    };

    /// <summary>The answer to a query for a page of issues.</summary>
    public static JsonObject Page(JsonObject issues, string repository = "octo/lab") => new()
    {
        ["data"] = new JsonObject { ["repository"] = new JsonObject { ["nameWithOwner"] = repository, ["issues"] = issues } },
    };

    /// <summary>The answer to a query for one issue.</summary>
    public static JsonObject One(JsonObject? issue, string repository = "octo/lab") => new()
    {
        ["data"] = new JsonObject { ["repository"] = new JsonObject { ["nameWithOwner"] = repository, ["issueOrPullRequest"] = issue } },
    };

    private static JsonObject In(string repository) => new() { ["nameWithOwner"] = repository };
}
