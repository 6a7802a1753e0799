using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Acts;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Rest;

namespace ServerlessBacklog.StandIns.AzureDevOps;

/// <summary>
/// What people do in the repository of a project, which has its name. There is no code: branches and pull requests are told of by service hooks. Source: samples
/// under "Service hooks events" of <c>git.push</c> and <c>git.pullrequest.*</c>.
/// </summary>
public sealed partial class AzureDevOpsStandIn
{
    private readonly Dictionary<int, PullRequest> pulls = [];

    public Task PushBranchAsync(string project, string by, string branch) => Do(() => hooks.Raise("git.push", ProjectOf(project), new JsonObject
    {
        ["refUpdates"] = new JsonArray(new JsonObject { ["name"] = $"refs/heads/{branch}", ["oldObjectId"] = new string('0', 40), ["newObjectId"] = new string('a', 40) }),
        ["repository"] = Repository(ProjectOf(project)),
        ["pushedBy"] = acts.Hooks.Payloads.Shapes.Identity(organization.Identity(by)),
        ["pushId"] = 14,
        ["date"] = AdoShapes.Time(organization.Now),
    }));

    /// <param name="linked">Work items that get a link to it, which the pull request's own event does not tell.</param>
    public Task<int> OpenPullRequestAsync(string project, string by, string title, string description = "", string branch = "patch-1", params int[] linked) => Do(() =>
    {
        var pull = new PullRequest(pulls.Count + 1, ProjectOf(project), organization.Identity(by), title, description, branch, organization.Now);
        pulls.Add(pull.Id, pull);
        hooks.Raise("git.pullrequest.created", pull.Project, Shape(pull));
        foreach (var id in linked)
        {
            var change = new ItemChange();
            change.Added.Add(new Relation("ArtifactLink", null, $"vstfs:///Git/PullRequestId/{pull.Project.Id}%2F{Ids.Of("repository", pull.Project.Name)}%2F{pull.Id}", "Pull Request"));
            acts.Change(ItemOf(id), pull.By, change);
        }

        return pull.Id;
    });

    public Task CompletePullRequestAsync(int number) => EndAsync(number, "completed");

    public Task AbandonPullRequestAsync(int number) => EndAsync(number, "abandoned");

    private Task EndAsync(int number, string status) => Do(() =>
    {
        var pull = pulls[number];
        (pull.Status, pull.ClosedAt) = (status, organization.Now);
        hooks.Raise("git.pullrequest.updated", pull.Project, Shape(pull));
        if (status == "completed")
            hooks.Raise("git.pullrequest.merged", pull.Project, Shape(pull));
    });

    private JsonObject Shape(PullRequest pull)
    {
        var shape = new JsonObject
        {
            ["repository"] = Repository(pull.Project),
            ["pullRequestId"] = pull.Id,
            ["status"] = pull.Status,
            ["createdBy"] = acts.Hooks.Payloads.Shapes.Identity(pull.By),
            ["creationDate"] = AdoShapes.Time(pull.CreatedAt),
            ["title"] = pull.Title,
            ["description"] = pull.Description,
            ["sourceRefName"] = $"refs/heads/{pull.Branch}",
            ["targetRefName"] = "refs/heads/main",
            ["isDraft"] = false,
            ["url"] = $"{acts.Root}/_apis/git/repositories/{Ids.Of("repository", pull.Project.Name)}/pullRequests/{pull.Id}",
        };
        if (pull.ClosedAt is { } closed)
            shape["closedDate"] = AdoShapes.Time(closed);
        return shape;
    }

    private JsonObject Repository(Project project) => new()
    {
        ["id"] = Ids.Of("repository", project.Name).ToString(),
        ["name"] = project.Name,
        ["url"] = $"{acts.Root}/_apis/git/repositories/{Ids.Of("repository", project.Name)}",
        ["project"] = new JsonObject { ["id"] = project.Id.ToString(), ["name"] = project.Name, ["state"] = "wellFormed" },
        ["defaultBranch"] = "refs/heads/main",
    };

    private sealed class PullRequest(int id, Project project, Identity by, string title, string description, string branch, DateTimeOffset createdAt)
    {
        public int Id { get; } = id;

        public Project Project { get; } = project;

        public Identity By { get; } = by;

        public string Title { get; } = title;

        public string Description { get; } = description;

        public string Branch { get; } = branch;

        public DateTimeOffset CreatedAt { get; } = createdAt;

        public string Status { get; set; } = "active";

        public DateTimeOffset? ClosedAt { get; set; }
    }
}
