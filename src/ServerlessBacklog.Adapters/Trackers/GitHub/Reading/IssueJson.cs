using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Blocks;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>Issues and pull requests as REST and webhooks write them.</summary>
internal static class IssueJson
{
    /// <exception cref="ShapeException">It is not made as GitHub documents it.</exception>
    public static WorkItem Read(JsonElement issue, RepositoryName repository)
    {
        var pull = Json.ObjectOrNull(issue, "pull_request");
        var item = Common(issue, repository, pull is null ? WorkItemKind.Item : WorkItemKind.PullRequest);
        return pull is { } request && Json.Find(request, "merged_at") is not null ? item with { Resolution = "merged" } : item;
    }

    /// <summary>A pull request's own object, as its webhooks carry it.</summary>
    public static WorkItem ReadPullRequest(JsonElement pull, RepositoryName repository)
    {
        var item = Common(pull, repository, WorkItemKind.PullRequest);
        return Json.Find(pull, "merged_at") is not null ? item with { Resolution = "merged" } : item;
    }

    public static WorkItemRef RefOf(JsonElement issue, RepositoryName repository) => Ref(repository, Json.Long(issue, "number"));

    public static WorkItemRef Ref(RepositoryName repository, long number) => number > 0
        ? new WorkItemRef(GitHubTracker.TrackerName, repository.ToString(), number.ToString())
        : throw new ShapeException("'number' is not positive");

    private static WorkItem Common(JsonElement issue, RepositoryName repository, WorkItemKind kind)
    {
        IReadOnlyList<Label> labels = [.. Json.List(issue, "labels").Select(NameOf).OfType<string>().Select(name => new Label(name)).Distinct()];
        var milestone = Json.ObjectOrNull(issue, "milestone");
        var (body, blocks) = BlockText.Split(Json.TextOrNull(issue, "body") ?? "", BlockForm.Comments);
        return new WorkItem
        {
            Ref = RefOf(issue, repository),
            Title = Json.Text(issue, "title"),
            Body = body,
            Blocks = blocks,
            Kind = kind,
            State = LabelFields.StateOf(labels, IsOpen(issue)),
            TrackerState = LabelFields.Status(labels),
            Resolution = Json.TextOrNull(issue, "state_reason") is { } reason and not "reopened" ? reason : null,
            Type = Json.ObjectOrNull(issue, "type") is { } type ? Json.TextOrNull(type, "name") : null,
            Priority = LabelFields.Priority(labels),
            Severity = LabelFields.Severity(labels),
            Areas = LabelFields.Areas(labels),
            Labels = labels,
            Assignees = [.. Json.List(issue, "assignees").Select(a => Logins.OfRest(a)).Distinct()],
            Reporter = Logins.OfRest(Json.ObjectOrNull(issue, "user")),
            ReporterRole = Json.TextOrNull(issue, "author_association"),
            Milestone = milestone is { } m ? Json.TextOrNull(m, "title") : null,
            DueAt = milestone is { } due ? Json.TimeOrNull(due, "due_on") : null,
            CreatedAt = Json.Time(issue, "created_at"),
            UpdatedAt = Json.Time(issue, "updated_at"),
            ClosedAt = Json.TimeOrNull(issue, "closed_at"),
            Links = Parent(issue),
            History = new WorkItemHistory { CommentCount = (int?)Json.LongOrNull(issue, "comments"), Reactions = ReactionsOf(issue) },
            Url = Web(Json.TextOrNull(issue, "html_url")),
            Revision = Json.TextOrNull(issue, "updated_at"),
        };
    }

    public static Uri? Web(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url : null;

    /// <summary>An item that an API address names: <c>https://api.github.com/repos/o/r/issues/12</c>; null when it names none.</summary>
    public static WorkItemRef? RefAt(string? address)
    {
        if (address?.Split('/') is not [.., "repos", var owner, var name, "issues", var number]
            || RepositoryName.TryParse($"{owner}/{name}") is not { } repository || !long.TryParse(number, out var parsed) || parsed <= 0)
            return null;
        return Ref(repository, parsed);
    }

    private static bool IsOpen(JsonElement issue) => Json.Text(issue, "state") switch
    {
        "open" => true,
        "closed" => false,
        _ => throw new ShapeException("'state' is neither open nor closed"),
    };

    /// <summary>A label is an object, or its bare name in old answers.</summary>
    private static string? NameOf(JsonElement label) => label.ValueKind == JsonValueKind.String ? label.ToString() : Json.TextOrNull(label, "name");

    private static IReadOnlyList<WorkItemLink> Parent(JsonElement issue) =>
        RefAt(Json.TextOrNull(issue, "parent_issue_url")) is { } parent ? [new WorkItemLink(LinkKind.ChildOf, parent)] : [];

    private static Reactions ReactionsOf(JsonElement issue)
    {
        if (Json.ObjectOrNull(issue, "reactions") is not { } reactions)
            return new Reactions();
        var (up, down) = ((int)(Json.LongOrNull(reactions, "+1") ?? 0), (int)(Json.LongOrNull(reactions, "-1") ?? 0));
        var total = (int)(Json.LongOrNull(reactions, "total_count") ?? 0);
        return new Reactions(up, down, Math.Max(0, total - up - down));
    }
}
