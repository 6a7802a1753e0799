using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>The JSON of REST answers and webhooks.</summary>
/// <param name="root">The address that all others are built on.</param>
internal sealed class Shapes(string root)
{
    public string Root => root;

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    public static string? Time(DateTimeOffset? at) => at is { } set ? Time(set) : null;

    public string RepoUrl(Repo repo) => $"{root}/repos/{repo.FullName}";

    public string IssueUrl(Issue issue) => $"{RepoUrl(issue.Repo)}/issues/{issue.Number}";

    public string HtmlUrl(Issue issue) => $"{root}/{issue.Repo.FullName}/{(issue.IsPullRequest ? "pull" : "issues")}/{issue.Number}";

    public JsonObject Account(Account account) => new()
    {
        ["login"] = account.Login,
        ["id"] = account.Id,
        ["node_id"] = account.NodeId,
        ["avatar_url"] = $"{root}/avatars/{account.Id}",
        ["gravatar_id"] = "",
        ["url"] = $"{root}/users/{Uri.EscapeDataString(account.Login)}",
        ["html_url"] = $"{root}/{(account.IsBot ? "apps/" + account.Login.Replace("[bot]", "") : account.Login)}",
        ["type"] = account.Type,
        ["site_admin"] = false,
    };

    public JsonObject Repository(Repo repo) => new()
    {
        ["id"] = repo.Id,
        ["node_id"] = repo.NodeId,
        ["name"] = repo.Name,
        ["full_name"] = repo.FullName,
        ["private"] = repo.IsPrivate,
        ["owner"] = Account(repo.Owner),
        ["html_url"] = $"{root}/{repo.FullName}",
        ["description"] = null,
        ["fork"] = false,
        ["url"] = RepoUrl(repo),
        ["issues_url"] = $"{RepoUrl(repo)}/issues{{/number}}",
        ["labels_url"] = $"{RepoUrl(repo)}/labels{{/name}}",
        ["created_at"] = Time(repo.CreatedAt),
        ["updated_at"] = Time(repo.CreatedAt),
        ["pushed_at"] = Time(repo.PushedAt),
        ["has_issues"] = repo.HasIssues,
        ["archived"] = repo.IsArchived,
        ["disabled"] = false,
        ["open_issues_count"] = repo.Issues.Values.Count(i => i.IsOpen),
        ["open_issues"] = repo.Issues.Values.Count(i => i.IsOpen),
        ["visibility"] = repo.IsPrivate ? "private" : "public",
        ["default_branch"] = "main",
    };

    public JsonObject Label(Repo repo, LabelDefinition label) => new()
    {
        ["id"] = label.Id,
        ["node_id"] = label.NodeId,
        ["url"] = $"{RepoUrl(repo)}/labels/{Uri.EscapeDataString(label.Name)}",
        ["name"] = label.Name,
        ["color"] = label.Color,
        ["default"] = label.Name is "bug" or "enhancement" or "question" or "duplicate" or "wontfix",
        ["description"] = label.Description,
    };

    public JsonArray Labels(Issue issue) => Array(issue.Labels.Select(l => Label(issue.Repo, l)));

    public static JsonObject? Type(IssueKind? type) => type is null ? null : new JsonObject
    {
        ["id"] = type.Id,
        ["node_id"] = type.NodeId,
        ["name"] = type.Name,
        ["description"] = type.Description,
        ["color"] = type.Color,
        ["is_enabled"] = true,
    };

    public JsonObject? Milestone(Repo repo, Milestone? milestone) => milestone is null ? null : new JsonObject
    {
        ["url"] = $"{RepoUrl(repo)}/milestones/{milestone.Number}",
        ["html_url"] = $"{root}/{repo.FullName}/milestone/{milestone.Number}",
        ["id"] = milestone.Id,
        ["node_id"] = milestone.NodeId,
        ["number"] = milestone.Number,
        ["title"] = milestone.Title,
        ["description"] = null,
        ["creator"] = Account(milestone.Creator),
        ["open_issues"] = repo.Issues.Values.Count(i => i.IsOpen && i.Milestone == milestone),
        ["closed_issues"] = repo.Issues.Values.Count(i => !i.IsOpen && i.Milestone == milestone),
        ["state"] = "open",
        ["created_at"] = Time(milestone.CreatedAt),
        ["updated_at"] = Time(milestone.CreatedAt),
        ["due_on"] = Time(milestone.DueOn),
        ["closed_at"] = null,
    };

    public JsonObject? App(GitHubAppIdentity? app) => app is null ? null : new JsonObject
    {
        ["id"] = app.Id,
        ["client_id"] = app.ClientId,
        ["slug"] = app.Slug,
        ["name"] = app.Name ?? app.Slug,
        ["description"] = null,
        ["external_url"] = root,
        ["html_url"] = $"{root}/apps/{app.Slug}",
        ["permissions"] = Map(app.Permissions),
        ["events"] = Array(app.Events.Select(e => (JsonNode?)e)),
    };

    public static JsonObject Reactions(string url, IReadOnlyList<Reaction> reactions)
    {
        var counts = new JsonObject { ["url"] = url + "/reactions", ["total_count"] = reactions.Count };
        foreach (var content in Model.Reaction.Contents)
            counts[content] = reactions.Count(r => r.Content == content);
        return counts;
    }

    public JsonObject Reaction(Reaction reaction) => new()
    {
        ["id"] = reaction.Id,
        ["node_id"] = NodeIds.Of("REA", reaction.Id),
        ["user"] = Account(reaction.User),
        ["content"] = reaction.Content,
        ["created_at"] = Time(reaction.CreatedAt),
    };

    public static JsonArray Array(IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> map) =>
        new(map.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value)));
}
