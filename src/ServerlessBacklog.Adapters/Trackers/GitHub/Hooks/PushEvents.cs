using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>A push is of interest when it changes the configuration on the default branch.</summary>
internal static class PushEvents
{
    /// <summary>Commits that a push event tells at most (docs.github.com, "push"): with so many, not all may be there.</summary>
    private const int MostCommits = 2048;

    private static readonly string[] Lists = ["added", "modified", "removed"];

    public static TrackerEvent Read(Payload payload)
    {
        var branch = Json.TextOrNull(Json.Object(payload.Body, "repository"), "default_branch");
        if (Json.Text(payload.Body, "ref") != $"refs/heads/{branch}")
            return payload.Ignore("it is not on the default branch");
        var commits = Json.List(payload.Body, "commits").ToList();
        var touches = commits.Any(c => Lists.Any(list => Json.List(c, list).Any(f => f.ValueKind == System.Text.Json.JsonValueKind.String && f.GetString() == ConfigurationKeeper.FilePath)));
        // What was pushed by force or in bulk does not tell all that differs.
        return touches || commits.Count >= MostCommits || Json.IsTrue(payload.Body, "forced")
            ? payload.Event(EventKind.Configured) with { ContentKey = Json.TextOrNull(payload.Body, "after") is { } after ? payload.Key(0, after) : null }
            : payload.Ignore($"it does not change {ConfigurationKeeper.FilePath}");
    }
}
