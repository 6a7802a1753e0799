using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>The JSON of answers.</summary>
/// <param name="root">Address of the organization, without a slash at the end.</param>
internal sealed class AdoShapes(string root)
{
    /// <summary>Fields that come only when everything is asked for.</summary>
    private static readonly HashSet<string> Hidden = ["System.Id", "System.Rev", "System.Watermark", "System.AuthorizedDate", "System.RevisedDate", "System.History"];

    public string Root => root;

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'");

    public JsonObject Identity(Identity identity) => new()
    {
        ["displayName"] = identity.DisplayName,
        ["url"] = $"{root}/_apis/Identities/{identity.Id}",
        ["_links"] = new JsonObject { ["avatar"] = new JsonObject { ["href"] = $"{root}/_apis/GraphProfile/MemberAvatars/{identity.Id}" } },
        ["id"] = identity.Id.ToString(),
        ["uniqueName"] = identity.UniqueName,
        ["imageUrl"] = $"{root}/_apis/GraphProfile/MemberAvatars/{identity.Id}",
        ["descriptor"] = $"aad.{identity.Id:N}",
    };

    public JsonNode? Value(object? value) => value switch
    {
        null => null,
        string text => text,
        long number => number,
        int number => number,
        double number => number,
        bool flag => flag,
        DateTimeOffset time => Time(time),
        Identity identity => Identity(identity),
        _ => throw new InvalidOperationException($"a field holds {value.GetType().Name}"),
    };

    public string ItemUrl(WorkItem item) => $"{root}/{item.Project.Id}/_apis/wit/workItems/{item.Id}";

    /// <param name="fields">Only these fields; null for those that come by themselves.</param>
    /// <param name="expand">none, fields, relations, links or all.</param>
    public JsonObject Item(WorkItem item, IReadOnlyList<string>? fields = null, string expand = "none")
    {
        var all = expand is "all" or "fields";
        var shape = new JsonObject { ["id"] = item.Id, ["rev"] = item.Rev };
        var values = Values(item);
        var names = fields ?? [.. values.Keys.Where(f => all || !Hidden.Contains(f))];
        shape["fields"] = new JsonObject(names.Where(values.ContainsKey)
            .Select(f => KeyValuePair.Create(values.Keys.First(k => k.Equals(f, StringComparison.OrdinalIgnoreCase)), Value(values[f]))));
        if (expand is "all" or "relations" && item.Relations.Count > 0)
            shape["relations"] = new JsonArray([.. item.Relations.Select(Relation)]);
        if (item.LastComment is { } comment)
            shape["commentVersionRef"] = CommentReference(item, comment);
        if (expand is "all" or "links")
            shape["_links"] = Links(item);
        shape["url"] = ItemUrl(item);
        return shape;
    }

    public JsonObject CommentReference(WorkItem item, ItemComment comment) => new()
    {
        ["commentId"] = comment.Id,
        ["version"] = comment.Version,
        ["url"] = $"{ItemUrl(item)}/comments/{comment.Id}/versions/{comment.Version}",
    };

    public JsonObject Relation(Relation relation)
    {
        var attributes = new JsonObject { ["isLocked"] = false, ["name"] = LinkEnd.Find(relation.Rel)?.Name };
        if (relation.Comment is not null)
            attributes["comment"] = relation.Comment;
        return new JsonObject { ["rel"] = relation.Rel, ["url"] = relation.Url, ["attributes"] = attributes };
    }

    public JsonObject Update(WorkItem item, Update update)
    {
        var shape = new JsonObject
        {
            ["id"] = update.Number,
            ["workItemId"] = item.Id,
            ["rev"] = update.Rev,
            ["revisedBy"] = Identity(update.By),
            ["revisedDate"] = update.Number == item.Updates.Count ? "9999-01-01T00:00:00Z" : Time(item.Updates[update.Number].At),
        };
        if (update.Fields.Count > 0)
            shape["fields"] = Changes(update);
        if (Relations(update) is { } relations)
            shape["relations"] = relations;
        shape["url"] = $"{ItemUrl(item)}/updates/{update.Number}";
        return shape;
    }

    public JsonObject Changes(Update update) => new(update.Fields.Select(f =>
    {
        var change = new JsonObject();
        if (f.Value.Old is { } old)
            change["oldValue"] = Value(old);
        if (f.Value.New is { } now)
            change["newValue"] = Value(now);
        return KeyValuePair.Create(f.Key, (JsonNode?)change);
    }));

    public JsonObject? Relations(Update update)
    {
        if (update.Added.Count + update.Removed.Count == 0)
            return null;
        var shape = new JsonObject();
        if (update.Added.Count > 0)
            shape["added"] = new JsonArray([.. update.Added.Select(Relation)]);
        if (update.Removed.Count > 0)
            shape["removed"] = new JsonArray([.. update.Removed.Select(Relation)]);
        return shape;
    }

    public JsonObject Comment(WorkItem item, ItemComment comment) => new()
    {
        ["workItemId"] = item.Id,
        ["id"] = comment.Id,
        ["version"] = comment.Version,
        ["text"] = comment.Text,
        ["createdBy"] = Identity(comment.By),
        ["createdDate"] = Time(comment.CreatedAt),
        ["modifiedBy"] = Identity(comment.ModifiedBy),
        ["modifiedDate"] = Time(comment.ModifiedAt),
        ["isDeleted"] = comment.IsDeleted,
        ["format"] = "html",
        ["url"] = $"{ItemUrl(item)}/comments/{comment.Id}",
    };

    public JsonObject Links(WorkItem item) => new()
    {
        ["self"] = Href(ItemUrl(item)),
        ["workItemUpdates"] = Href(ItemUrl(item) + "/updates"),
        ["workItemRevisions"] = Href(ItemUrl(item) + "/revisions"),
        ["workItemComments"] = Href(ItemUrl(item) + "/comments"),
        ["html"] = Href($"{root}/{item.Project.Id}/_workitems/edit/{item.Id}"),
        ["workItemType"] = Href($"{root}/{item.Project.Id}/_apis/wit/workItemTypes/{Uri.EscapeDataString(item.Type)}"),
        ["fields"] = Href($"{root}/{item.Project.Id}/_apis/wit/fields"),
    };

    public static JsonObject List(IEnumerable<JsonNode?> items)
    {
        var array = new JsonArray([.. items]);
        return new JsonObject { ["count"] = array.Count, ["value"] = array };
    }

    public static JsonObject Href(string url) => new() { ["href"] = url };

    private static Dictionary<string, object> Values(WorkItem item)
    {
        var values = new Dictionary<string, object>(item.Fields, StringComparer.OrdinalIgnoreCase)
        {
            ["System.Id"] = (long)item.Id,
            ["System.Rev"] = (long)item.Rev,
        };
        if (item.Relations.Find(r => r.Rel == "System.LinkTypes.Hierarchy-Reverse") is { Target: { } parent })
            values["System.Parent"] = (long)parent;
        return values;
    }
}
