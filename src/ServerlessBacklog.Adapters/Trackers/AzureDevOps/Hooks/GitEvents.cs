using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;

/// <summary>
/// What events of repositories tell of the work on items (https://learn.microsoft.com/azure/devops/service-hooks/events). A pull request's event does not
/// name the items that it is linked to: those tell so themselves, by a relation that is added.
/// </summary>
internal static class GitEvents
{
    private const string NoCommit = "0000000000000000000000000000000000000000";

    private const string PullRequestLink = "vstfs:///Git/PullRequestId/";

    private const string BranchLink = "vstfs:///Git/Ref/";

    /// <summary>Null for an event of another kind.</summary>
    public static WorkTold? Of(HookEnvelope envelope, string name, Uri baseUrl)
    {
        if (name is not ("git.push" or "git.pullrequest.created" or "git.pullrequest.updated" or "git.pullrequest.merged"))
            return null;
        var repository = envelope.Resource.Part("repository") ?? default;
        if (envelope.OrganizationBelow(baseUrl) is not { } organization || repository.Part("project")?.Text("name") is not { } projectName
            || AzureProject.TryOf(organization, projectName) is not { } project || repository.Text("id") is not { } id)
            return WorkTold.Nothing("it names no organization, project or repository that can be known here");
        return name == "git.push" ? OfPush(envelope, project, id) : OfPullRequest(envelope, name, project, id);
    }

    /// <summary>Pull requests and branches to which an update of an item links it.</summary>
    public static IReadOnlyList<ToldSign> LinksOf(JsonElement update, WorkItemRef item, DateTimeOffset? at) => at is not { } since || update.Part("relations") is not { } relations ? [] :
    [
        .. relations.Each("added").Select(r => r.Text("url") is { } url ? LinkOf(url, since) : null).OfType<WorkSign>()
            .Select(s => new ToldSign(item.Tracker, item.Project, item.Number, s) { IsLink = s.Kind != WorkSignKind.BranchCreated }),
    ];

    private static WorkSign? LinkOf(string url, DateTimeOffset at)
    {
        var parts = url.StartsWith(PullRequestLink, StringComparison.OrdinalIgnoreCase) ? Parts(url[PullRequestLink.Length..])
            : url.StartsWith(BranchLink, StringComparison.OrdinalIgnoreCase) ? Parts(url[BranchLink.Length..]) : [];
        return parts is not [_, var repository, var what] ? null
            : url.StartsWith(BranchLink, StringComparison.OrdinalIgnoreCase) ? new WorkSign(WorkSignKind.BranchCreated, at, BranchSource(repository, what.StartsWith("GB", StringComparison.Ordinal) ? what[2..] : what))
            : new WorkSign(WorkSignKind.PullRequestOpened, at, PullSource(repository, what));
    }

    private static string[] Parts(string path) => Uri.UnescapeDataString(path).Split('/', 3);

    private static WorkTold OfPush(HookEnvelope envelope, AzureProject project, string repository)
    {
        if ((envelope.Resource.Time("date") ?? envelope.CreatedAt) is not { } at)
            return WorkTold.Nothing("it does not tell when it was pushed");
        List<ToldSign> signs = [.. envelope.Resource.Each("refUpdates")
            .Where(r => r.Text("oldObjectId") == NoCommit && r.Text("newObjectId") is { } now && now != NoCommit)
            .Select(r => r.Text("name")).OfType<string>().Where(n => n.StartsWith("refs/heads/", StringComparison.Ordinal))
            .Select(branch => NamedWork.OfBranch(branch)?.Told(AzureDevOpsTracker.TrackerName, project.ToString(), new WorkSign(WorkSignKind.BranchCreated, at, BranchSource(repository, branch["refs/heads/".Length..]))))
            .OfType<ToldSign>()];
        return signs.Count == 0 ? WorkTold.Nothing("it makes no branch that is named for an item") : new WorkTold(project, at, signs, null);
    }

    private static WorkTold OfPullRequest(HookEnvelope envelope, string name, AzureProject project, string repository)
    {
        var pull = envelope.Resource;
        if (pull.Text("pullRequestId") is not { } number || (pull.Time("creationDate") ?? envelope.CreatedAt) is not { } created)
            return WorkTold.Nothing("it names no pull request");
        var sign = SignOf(pull, name, PullSource(repository, number), created, envelope.CreatedAt ?? created);
        var branch = pull.Text("sourceRefName") is { } source ? NamedWork.OfBranch(source) : null;
        List<ToldSign> signs =
        [
            .. NamedWork.ByNumber(pull.Text("title")).Concat(NamedWork.ByNumber(pull.Text("description"))).Concat(branch is null ? [] : [branch]).Distinct()
                .Select(named => named.Told(AzureDevOpsTracker.TrackerName, project.ToString(), sign)),
            // And whatever links itself to it.
            new ToldSign(AzureDevOpsTracker.TrackerName, project.ToString(), null, sign),
        ];
        return new WorkTold(project, sign.At, signs, null);
    }

    private static WorkSign SignOf(JsonElement pull, string name, string source, DateTimeOffset created, DateTimeOffset told) => pull.Text("status")?.ToLowerInvariant() switch
    {
        "completed" => new WorkSign(WorkSignKind.PullRequestMerged, pull.Time("closedDate") ?? told, source),
        "abandoned" => new WorkSign(WorkSignKind.PullRequestClosed, pull.Time("closedDate") ?? told, source),
        // An update of one that is open may be that it was opened again, or is a draft no more.
        _ => new WorkSign(pull.Text("isDraft") == "true" ? WorkSignKind.PullRequestDrafted : WorkSignKind.PullRequestOpened, name == "git.pullrequest.updated" ? told : created, source),
    };

    private static string PullSource(string repository, string number) => $"pull request {repository.ToLowerInvariant()} {number}";

    private static string BranchSource(string repository, string branch) => $"branch {repository.ToLowerInvariant()} {branch}";
}

/// <param name="Why">Why nothing is told, in a clause; null when something is.</param>
internal sealed record WorkTold(AzureProject? Project, DateTimeOffset? At, IReadOnlyList<ToldSign> Signs, string? Why)
{
    public static WorkTold Nothing(string why) => new(null, null, [], why);
}
