using ServerlessBacklog.StandIns.GitHub.Acts;

namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>What people do with branches and pull requests. There is no code: a branch is a name that is told of.</summary>
public sealed partial class GitHubStandIn
{
    /// <param name="closes">An issue that is linked to it and that its merge closes.</param>
    /// <param name="branch">The branch that it brings.</param>
    public Task<int> OpenPullRequestAsync(
        string repository, string user, string title, string? body = null, int? closes = null, string branch = "patch-1", bool isDraft = false) => Do(() =>
    {
        var pull = acts.Open(RepoOf(repository), Person(user), title, body, isPullRequest: true);
        (pull.Branch, pull.IsDraft) = (branch, isDraft);
        if (closes is { } number)
            IssueOf(repository, number).ClosingPullRequests.Add(pull);
        acts.TellPullRequest(pull, "opened", Person(user));
        return pull.Number;
    });

    public Task ReadyForReviewAsync(string repository, int number, string user) => On(repository, number, user, (pull, doer) =>
    {
        pull.IsDraft = false;
        acts.TellPullRequest(pull, "ready_for_review", doer);
    });

    /// <summary>Into the default branch: what it is linked to is closed.</summary>
    public Task MergePullRequestAsync(string repository, int number, string user) => On(repository, number, user, (pull, doer) =>
    {
        acts.EndPullRequest(pull, doer, isMerged: true);
        foreach (var issue in pull.Repo.Issues.Values.Where(i => i.ClosingPullRequests.Contains(pull)).ToList())
            acts.Close(issue, doer, "completed");
    });

    public Task ClosePullRequestAsync(string repository, int number, string user) =>
        On(repository, number, user, (pull, doer) => acts.EndPullRequest(pull, doer, isMerged: false));

    public Task ReopenPullRequestAsync(string repository, int number, string user) => On(repository, number, user, (pull, doer) =>
    {
        (pull.IsOpen, pull.ClosedAt, pull.ClosedBy) = (true, null, null);
        acts.TellPullRequest(pull, "reopened", doer);
    });

    public Task CreateBranchAsync(string repository, string user, string branch) => Do(() =>
    {
        var repo = RepoOf(repository);
        repo.PushedAt = world.Now;
        hooks.Raise("create", null, repo, Person(user), payload =>
        {
            payload["ref"] = branch;
            payload["ref_type"] = "branch";
            payload["master_branch"] = "main";
            payload["description"] = null;
            payload["pusher_type"] = "user";
        });
    });
}
