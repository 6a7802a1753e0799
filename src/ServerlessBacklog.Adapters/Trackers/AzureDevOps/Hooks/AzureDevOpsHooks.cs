using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;

/// <summary>
/// Service hooks. An event that is refused with 4xx puts its subscription on probation, so everything that is JSON gets an answer: what
/// cannot be told apart is ignored, with the reason.
/// </summary>
internal sealed class AzureDevOpsHooks(AzureDevOpsOptions options) : ITrackerHooks
{
    /// <summary>What a comment moves in an item.</summary>
    private static readonly string[] ChangedByAComment =
    [
        Fields.History, Fields.CommentCount, Fields.ChangedDate, Fields.ChangedBy,
        "System.Rev", "System.RevisedDate", "System.AuthorizedDate", "System.AuthorizedAs", "System.PersonId", "System.Watermark",
    ];

    /// <summary>Families of events that are about something else than work items and the work on them.</summary>
    private static readonly string[] Elsewhere = ["git.", "tfvc.", "build.", "message.", "ms.vss-", "ms.azure-devops-", "ms.advancedsecurity", "elasticagentpool."];

    private readonly HookSecrets secrets = new(options.HookSecrets);

    public HookVerdict Verify(HookRequest request) => secrets.Verify(request);

    public TrackerEvent Read(HookRequest request)
    {
        var envelope = HookEnvelope.Parse(request);
        try
        {
            return Read(envelope);
        }
        catch (InvalidOperationException)
        {
            throw new BadHookException("The body holds text that is no Unicode: half a surrogate pair.");
        }
    }

    private TrackerEvent Read(HookEnvelope envelope)
    {
        if (envelope.EventType is not { } name)
            return Ignored(envelope, "none", "it names no event");
        if (options.Subscriptions.Count > 0 && !options.Subscriptions.Contains(envelope.Subscription, StringComparer.OrdinalIgnoreCase))
            return Ignored(envelope, name, $"the subscription {envelope.Subscription ?? "without id"} is not among AzureDevOps:Subscriptions");
        if (GitEvents.Of(envelope, name, options.BaseUrl) is { } work)
            return work.Why is null ? Event(envelope, name, EventKind.Changed) with { Backlog = work.Project!.ToString(), At = work.At, Signs = work.Signs } : Ignored(envelope, name, work.Why);
        if (KindOf(name) is not { } kind)
            return Elsewhere.Any(e => name.StartsWith(e, StringComparison.OrdinalIgnoreCase))
                ? Ignored(envelope, name, "it is not about work items")
                : Event(envelope, name, EventKind.Unknown);
        return ReadItem(envelope, name, kind);
    }

    private static EventKind? KindOf(string name) => name switch
    {
        "workitem.created" or "workitem.updated" or "workitem.commented" or "workitem.restored" => EventKind.Changed,
        "workitem.deleted" => EventKind.Removed,
        _ => null,
    };

    private TrackerEvent ReadItem(HookEnvelope envelope, string name, EventKind kind)
    {
        if (WorkItemEvent.Of(envelope.Resource) is not { } item)
            return Ignored(envelope, name, "it names no work item");
        if (envelope.OrganizationBelow(options.BaseUrl) is not { } organization)
            return Ignored(envelope, name, $"it names no organization of {options.BaseUrl.Host}; check AzureDevOps:BaseUrl");
        if (item.Values.Text(Fields.TeamProject) is not { } projectName)
            return Ignored(envelope, name, "it names no project; let the subscription send all resource details");
        if (AzureProject.TryOf(organization, projectName) is not { } project)
            return Ignored(envelope, name, "the name of its project is none that Azure DevOps allows");
        if (name == "workitem.updated" && IsCommentAlone(envelope.Resource, item.Changes))
            return Ignored(envelope, name, "all that was done is a comment, of which workitem.commented tells");
        return Of(envelope, name, kind, item, project);
    }

    /// <summary>A comment makes a revision too. Taken for a change of the item, it would withdraw the very question that the comment answers.</summary>
    private static bool IsCommentAlone(JsonElement update, JsonElement changes) =>
        changes.ValueKind == JsonValueKind.Object && changes.Part(Fields.History)?.Part("newValue") is not null
        && changes.EnumerateObject().All(c => ChangedByAComment.Contains(c.Name))
        && update.Part("relations") is null;

    private TrackerEvent Of(HookEnvelope envelope, string name, EventKind kind, WorkItemEvent item, AzureProject project)
    {
        // A deletion and its undoing leave the date of the last change as it was.
        var changedAt = item.Values.Time(Fields.ChangedDate);
        var at = name is "workitem.deleted" or "workitem.restored" ? envelope.CreatedAt ?? changedAt : changedAt ?? envelope.CreatedAt;
        var by = envelope.Resource.Part("revisedBy") ?? item.Values.Part(Fields.ChangedBy) ?? item.Values.Part(Fields.CreatedBy);
        var actor = ActorOf(by);
        var comment = name == "workitem.commented" ? CommentOf(item, actor, at) : null;
        var isMarked = comment is not null && CommentRef.IsOurs(comment.Body, project.Item(item.Id));
        var isOwn = isMarked || (options.OwnIdentity is { } own && Identities.IsNamed(by, own));
        return Event(envelope, name, kind) with
        {
            ContentKey = KeyOf(name, item, project, at),
            Backlog = project.ToString(),
            Item = project.Item(item.Id),
            State = kind == EventKind.Changed ? StateOf(item, project) : null,
            Comment = isMarked ? comment! with { Author = comment.Author with { IsBot = true }, IsOurs = true } : comment,
            // A later version is one that was edited.
            IsNewComment = comment is not null && !isMarked && !(item.Item.Part("commentVersionRef")?.Int("version") > 1),
            Others = OthersOf(envelope, project),
            Signs = GitEvents.LinksOf(envelope.Resource, project.Item(item.Id), at),
            Actor = isOwn && actor is not null ? actor with { IsBot = true } : actor,
            IsOwn = isOwn,
            At = at,
            Overrides = actor is { IsBot: false } && !isOwn && at is { } moment ? TakenBack.By(actor, moment, project, item.Changes) : [],
        };
    }

    /// <summary>One save gives one revision, and an event for each thing that it did. An item may be deleted and restored time and again at one revision.</summary>
    private static string? KeyOf(string name, WorkItemEvent item, AzureProject project, DateTimeOffset? at)
    {
        if (item.Revision is not { } revision)
            return null;
        var key = $"{project.Organization.ToLowerInvariant()}/{item.Id}@{revision}";
        return name switch
        {
            "workitem.created" or "workitem.updated" => key,
            "workitem.commented" => $"{key}+{name}",
            _ => $"{key}+{name}@{at:O}",
        };
    }

    private WorkItem? StateOf(WorkItemEvent item, AzureProject project)
    {
        var state = ItemMap.Of(project, item.Id, item.Revision, item.Values, (_, word) => ItemMap.StateOfWord(word));
        return state is null ? null : state with { Links = LinksOf(item, project), Url = WebAddressOf(project, item.Id) };
    }

    /// <summary>Links within the project whose end has its English name: an event does not tell what others mean.</summary>
    private static IReadOnlyList<WorkItemLink> LinksOf(WorkItemEvent item, AzureProject project)
    {
        var own = item.Item.Text("url") is { } url ? ItemAddress.TryParse(url)?.Project : null;
        return [.. Relation.Of(item.Item)
            .Where(r => r.ProjectId is null || r.ProjectId.Equals(own, StringComparison.OrdinalIgnoreCase))
            .Select(r => LinkEnds.KindOfName(r.Name) is { } kind ? new WorkItemLink(kind, project.Item(r.Target)) : null)
            .OfType<WorkItemLink>()
            .Distinct()];
    }

    /// <summary>The far ends of links that came or went.</summary>
    private static IReadOnlyList<WorkItemRef> OthersOf(HookEnvelope envelope, AzureProject project)
    {
        if (envelope.Resource.Part("relations") is not { ValueKind: JsonValueKind.Object } relations)
            return [];
        var own = envelope.Resource.Text("url") is { } url ? ItemAddress.TryParse(url)?.Project : null;
        return [.. relations.Each("added").Concat(relations.Each("removed"))
            .Select(r => r.Text("url") is { } target ? ItemAddress.TryParse(target) : null)
            .OfType<ItemAddress>()
            .Where(a => a.Project is null || a.Project.Equals(own, StringComparison.OrdinalIgnoreCase))
            .Select(a => project.Item(a.Id))
            .Distinct()];
    }

    private static WorkItemComment? CommentOf(WorkItemEvent item, Person? author, DateTimeOffset? at)
    {
        var text = item.Values.Text(Fields.History) ?? item.Item.Part("commentVersionRef")?.Text("text");
        return author is null || at is null || text is null ? null : new WorkItemComment(author, at.Value, CommentLines.Of(text));
    }

    private Person? ActorOf(JsonElement? by)
    {
        var person = Identities.Of(by);
        return person is { IsBot: true } && options.AllowedBots.Contains(person.Login, StringComparer.OrdinalIgnoreCase) ? person with { IsBot = false } : person;
    }

    private Uri WebAddressOf(AzureProject project, int id) =>
        new($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(project.Organization)}/{Uri.EscapeDataString(project.Name)}/_workitems/edit/{id}");

    private static TrackerEvent Ignored(HookEnvelope envelope, string name, string why) => Event(envelope, name, EventKind.Ignored) with { Why = why };

    private static TrackerEvent Event(HookEnvelope envelope, string name, EventKind kind) =>
        new() { DeliveryId = envelope.DeliveryId, Name = name, Kind = kind, At = envelope.CreatedAt };
}
