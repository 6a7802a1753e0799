using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;

/// <summary>
/// The resource of a work item event, in whichever of its shapes. In <c>workitem.updated</c> the resource is the update: its <c>id</c> is
/// the update's number and the item is in <c>workItemId</c> (0 in published samples) and <c>revision</c>. In the others it is the item.
/// </summary>
/// <param name="Values">The fields as they are after the event.</param>
/// <param name="Changes">Old and new value by field; only an update has them.</param>
internal sealed record WorkItemEvent(int Id, int? Revision, JsonElement Values, JsonElement Changes, JsonElement Item)
{
    /// <summary>Null when it names no item.</summary>
    public static WorkItemEvent? Of(JsonElement resource)
    {
        var revision = resource.Part("revision");
        var isUpdate = revision is not null || resource.Part("workItemId") is not null;
        if (IdOf(resource, revision, isUpdate) is not { } id)
            return null;
        var item = revision ?? resource;
        var fields = item.Part("fields") ?? default;
        var changes = isUpdate ? resource.Part("fields") ?? default : default;
        return new WorkItemEvent(id, resource.Int("rev") ?? item.Int("rev"), isUpdate ? After(fields, changes) : fields, changes, item);
    }

    private static int? IdOf(JsonElement resource, JsonElement? revision, bool isUpdate)
    {
        int?[] told =
        [
            resource.Int("workItemId"),
            revision?.Int("id"),
            isUpdate ? null : resource.Int("id"),
            resource.Text("url") is { } url ? ItemAddress.TryParse(url)?.Id : null,
        ];
        return told.FirstOrDefault(id => id > 0);
    }

    /// <summary>The new values over those of the revision: in published samples the revision still has the old ones.</summary>
    private static JsonElement After(JsonElement fields, JsonElement changes)
    {
        if (fields.ValueKind != JsonValueKind.Object || changes.ValueKind != JsonValueKind.Object)
            return fields;
        var after = new Dictionary<string, JsonElement>();
        foreach (var field in fields.EnumerateObject())
            after[field.Name] = field.Value;
        foreach (var change in changes.EnumerateObject().Where(c => c.Value.ValueKind == JsonValueKind.Object))
        {
            if (change.Value.Part("newValue") is { } value)
                after[change.Name] = value;
            else
                after.Remove(change.Name);
        }

        return JsonSerializer.SerializeToElement(after);
    }
}
