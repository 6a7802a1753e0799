using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Rest;

namespace ServerlessBacklog.StandIns.AzureDevOps.Hooks;

/// <summary>Bodies of service hooks. Here people are texts, <c>Anna Berg &lt;anna.berg@contoso.com&gt;</c>, not objects as in REST.</summary>
internal sealed class HookPayloads(AzureDevOpsStandInOptions options)
{
    public AdoShapes Shapes { get; set; } = new("");

    public JsonObject Of(Subscription subscription, Guid eventId, int number, WorkItem item, Identity by, Update? update, DateTimeOffset now)
    {
        var words = $"{item.Type} #{item.Id} ({item.Title}) {Verb(subscription.EventType)} by {by.DisplayName}.";
        return Of(subscription, eventId, number, item.Project, Resource(subscription.EventType, item, by, update), words, now);
    }

    public JsonObject Of(Subscription subscription, Guid eventId, int number, Project project, JsonObject resource, string words, DateTimeOffset now)
    {
        var host = new Uri(Shapes.Root + "/").ToString();
        return new JsonObject
        {
            ["subscriptionId"] = subscription.Id.ToString(),
            ["notificationId"] = number,
            ["id"] = eventId.ToString(),
            ["eventType"] = subscription.EventType,
            ["publisherId"] = "tfs",
            ["message"] = new JsonObject { ["text"] = words, ["html"] = words, ["markdown"] = words },
            ["detailedMessage"] = new JsonObject { ["text"] = words, ["html"] = words, ["markdown"] = words },
            ["resource"] = resource,
            ["resourceVersion"] = "1.0",
            ["resourceContainers"] = new JsonObject
            {
                ["collection"] = new JsonObject { ["id"] = Ids.Of("organization", options.Organization).ToString(), ["baseUrl"] = host },
                ["account"] = new JsonObject { ["id"] = Ids.Of("account", options.Organization).ToString(), ["baseUrl"] = host },
                ["project"] = new JsonObject { ["id"] = project.Id.ToString(), ["baseUrl"] = host },
            },
            ["createdDate"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"),
        };
    }

    private JsonObject Resource(string eventType, WorkItem item, Identity by, Update? update) => eventType switch
    {
        "workitem.updated" => Updated(item, update!),
        "workitem.commented" => Commented(item),
        "workitem.deleted" => Deleted(item, by),
        _ => Whole(item),
    };

    private JsonObject Whole(WorkItem item) => new()
    {
        ["id"] = item.Id,
        ["rev"] = item.Rev,
        ["fields"] = Fields(item),
        ["_links"] = Shapes.Links(item),
        ["url"] = Shapes.ItemUrl(item),
    };

    /// <summary>Its <c>id</c> is the number of the update; the item stands in <c>workItemId</c>, or only in the revision.</summary>
    private JsonObject Updated(WorkItem item, Update update)
    {
        var resource = new JsonObject
        {
            ["id"] = update.Number,
            ["workItemId"] = options.UpdatesWithoutItemId ? 0 : item.Id,
            ["rev"] = update.Rev,
            ["revisedBy"] = Shapes.Identity(update.By),
            ["revisedDate"] = "9999-01-01T00:00:00Z",
        };
        if (update.Fields.Count > 0)
            resource["fields"] = Changes(update);
        if (Shapes.Relations(update) is { } relations)
            resource["relations"] = relations;
        resource["_links"] = new JsonObject
        {
            ["self"] = AdoShapes.Href($"{Shapes.ItemUrl(item)}/updates/{update.Number}"),
            ["parent"] = AdoShapes.Href(Shapes.ItemUrl(item)),
            ["workItemUpdates"] = AdoShapes.Href($"{Shapes.ItemUrl(item)}/updates"),
        };
        resource["url"] = $"{Shapes.ItemUrl(item)}/updates/{update.Number}";
        resource["revision"] = new JsonObject
        {
            ["id"] = item.Id, ["rev"] = item.Rev, ["fields"] = Fields(item), ["url"] = $"{Shapes.ItemUrl(item)}/revisions/{item.Rev}",
        };
        return resource;
    }

    private JsonObject Commented(WorkItem item)
    {
        var resource = Whole(item);
        resource["fields"]!["System.History"] = item.LastComment!.Text;
        if (options.CommentsWithReference)
            resource["commentVersionRef"] = Shapes.CommentReference(item, item.LastComment);
        return resource;
    }

    private JsonObject Deleted(WorkItem item, Identity by)
    {
        var resource = Whole(item);
        var bin = $"{Shapes.Root}/_apis/wit/recyclebin/{item.Id}";
        resource["fields"]!["System.ChangedBy"] = by.Combined;
        resource["_links"] = new JsonObject { ["self"] = AdoShapes.Href(bin), ["fields"] = AdoShapes.Href($"{Shapes.Root}/_apis/wit/fields") };
        resource["url"] = bin;
        return resource;
    }

    private JsonObject Fields(WorkItem item) => new(item.Fields.Select(f => KeyValuePair.Create(f.Key, Plain(f.Value))));

    private JsonObject Changes(Update update) => new(update.Fields.Select(f =>
    {
        var change = new JsonObject();
        if (f.Value.Old is { } old)
            change["oldValue"] = Plain(old);
        if (f.Value.New is { } now)
            change["newValue"] = Plain(now);
        return KeyValuePair.Create(f.Key, (JsonNode?)change);
    }));

    private JsonNode? Plain(object value) => value is Identity identity ? identity.Combined : Shapes.Value(value);

    private static string Verb(string eventType) => eventType switch
    {
        "workitem.commented" => "commented on",
        var other => other.Split('.')[1],
    };
}
