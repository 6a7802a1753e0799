using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Files of a repository, as JSON or as they are.</summary>
internal static class ContentRoutes
{
    private const int DeepestPath = 4;

    public static void Map(RepoRouter routes)
    {
        for (var depth = 1; depth <= DeepestPath; depth++)
            routes.Add("GET", "/contents" + string.Concat(Enumerable.Range(0, depth).Select(i => $"/{{part{i}}}")), Get);
    }

    private static Answer Get(Visit visit)
    {
        var repo = visit.Repo();
        Gatekeeper.DemandContents(visit.Caller, repo);
        var path = string.Join('/', Enumerable.Range(0, DeepestPath).Where(i => visit.Call.Values.ContainsKey($"part{i}")).Select(i => visit.Call[$"part{i}"]));
        if (!repo.Files.TryGetValue(path, out var text))
            throw Refusals.NotFound();
        if (visit.Call.Header("Accept")?.Contains("raw", StringComparison.Ordinal) == true)
            return new Answer(200) { Text = text, ContentType = "application/vnd.github.raw+json; charset=utf-8" };
        var bytes = Encoding.UTF8.GetBytes(text);
        return Answer.Ok(new JsonObject
        {
            ["type"] = "file",
            ["encoding"] = "base64",
            ["size"] = bytes.Length,
            ["name"] = path.Split('/')[^1],
            ["path"] = path,
            ["content"] = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n") + "\n",
            ["sha"] = ShaOf(bytes),
            ["url"] = $"{visit.Shapes.Repository(repo)["url"]}/contents/{path}?ref=main",
        });
    }

    /// <summary>The name that Git gives the content.</summary>
#pragma warning disable CA5350 // Git's names of blobs are SHA-1.
    private static string ShaOf(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.UTF8.GetBytes($"blob {bytes.Length}\0"), .. bytes]));
#pragma warning restore CA5350
}
