using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub.Acts;

/// <summary>Pull requests, as far as they are told of by event <c>pull_request</c>.</summary>
internal static class PullRequestActs
{
    public static void EndPullRequest(this IssueActs acts, Issue pull, Doer doer, bool isMerged)
    {
        if (!pull.IsOpen)
            return;
        (pull.IsOpen, pull.ClosedAt, pull.ClosedBy) = (false, acts.World.Now, doer.Account);
        if (isMerged)
            pull.MergedAt = acts.World.Now;
        acts.TellPullRequest(pull, "closed", doer);
    }

    public static void TellPullRequest(this IssueActs acts, Issue pull, string action, Doer doer)
    {
        pull.UpdatedAt = acts.World.Now;
        acts.Hooks.Raise("pull_request", action, pull.Repo, doer, payload =>
        {
            payload["number"] = pull.Number;
            payload["pull_request"] = Shape(acts, pull);
        });
    }

    /// <summary>Its own object: what it shares with issues, and what only it has.</summary>
    private static JsonObject Shape(IssueActs acts, Issue pull)
    {
        var shape = acts.Hooks.Shapes.Issue(pull);
        shape.Remove("pull_request");
        shape["draft"] = pull.IsDraft;
        shape["merged"] = pull.MergedAt is not null;
        shape["merged_at"] = Shapes.Time(pull.MergedAt);
        shape["head"] = new JsonObject { ["ref"] = pull.Branch, ["label"] = $"{pull.Repo.Owner.Login}:{pull.Branch}" };
        shape["base"] = new JsonObject { ["ref"] = "main", ["label"] = $"{pull.Repo.Owner.Login}:main" };
        return shape;
    }
}
