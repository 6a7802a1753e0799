using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>What people push.</summary>
public sealed partial class GitHubStandIn
{
    /// <summary>Commits a file and pushes it; without a text it is removed.</summary>
    /// <param name="branch">Only what is on <c>main</c>, the default branch, is kept.</param>
    public Task PushFileAsync(string repository, string user, string path, string? text, string branch = "main") => Do(() =>
    {
        var (repo, doer) = (RepoOf(repository), Person(user));
        var existed = repo.Files.ContainsKey(path);
        if (branch == "main" && text is null)
            repo.Files.Remove(path);
        else if (branch == "main")
            repo.Files[path] = text!;
        var commit = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{world.NextId()} {path} {text}")).AsSpan(0, 20));
        hooks.Raise("push", null, repo, doer, payload =>
        {
            payload["ref"] = $"refs/heads/{branch}";
            payload["after"] = commit;
            payload["forced"] = false;
            payload["commits"] = new JsonArray(new JsonObject
            {
                ["id"] = commit,
                ["added"] = List(text is not null && !existed),
                ["modified"] = List(text is not null && existed),
                ["removed"] = List(text is null),
            });
        });

        JsonArray List(bool isIn) => isIn ? [path] : [];
    });
}
