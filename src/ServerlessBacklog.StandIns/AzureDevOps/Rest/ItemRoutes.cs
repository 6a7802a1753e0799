using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Acts;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>Work items: one, many, changed, created, thrown away.</summary>
internal static class ItemRoutes
{
    private const int MostInBatch = 200;
    private const string PatchType = "application/json-patch+json";

    public static void Map(AdoRouter routes) => routes
        .Both("GET", "/_apis/wit/workitems", visit => Answer.Ok(Many(visit, Split(visit.Call.Query("ids")).Select(int.Parse).ToList(),
            visit.Call.Query("fields") is { } fields ? [.. Split(fields)] : null, visit.Expand, visit.Call.Query("errorPolicy"))))
        .Both("POST", "/_apis/wit/workitemsbatch", Batch)
        .Both("GET", "/_apis/wit/workitems/{id}", visit => Answer.Ok(One(visit)))
        .Both("GET", "/_apis/wit/workitems/{id}/updates", Updates)
        .Both("PATCH", "/_apis/wit/workitems/{id}", Change)
        .Both("DELETE", "/_apis/wit/workitems/{id}", Delete)
        .Both("GET", "/_apis/wit/recyclebin/{id}", visit => Answer.Ok(Thrown(visit, InBin(visit))))
        .Both("PATCH", "/_apis/wit/recyclebin/{id}", Restore)
        .OfProject("POST", "/_apis/wit/workitems/{type}", Create);

    private static JsonObject One(AdoVisit visit) =>
        visit.Shapes.Item(visit.Item(), visit.Call.Query("fields") is { } fields ? [.. Split(fields)] : null, visit.Expand);

    private static Answer Batch(AdoVisit visit)
    {
        var body = visit.Object();
        var ids = (body["ids"] as JsonArray)?.Select(id => (int)id!).ToList() ?? throw AdoRefusals.Bad("Value cannot be null.\r\nParameter name: ids", "VssPropertyValidationException");
        var fields = (body["fields"] as JsonArray)?.Select(f => f!.ToString()).ToList();
        var expand = body["$expand"]?.ToString().ToLowerInvariant() switch { null or "0" => "none", "1" => "relations", "2" => "fields", "3" => "links", "4" => "all", var word => word };
        return Answer.Ok(Many(visit, ids, fields, expand, body["errorPolicy"]?.ToString()));
    }

    private static JsonObject Many(AdoVisit visit, List<int> ids, List<string>? fields, string expand, string? errorPolicy)
    {
        if (ids.Count > MostInBatch)
            throw AdoRefusals.Bad($"VS403474: You must pass between 1 and {MostInBatch} work item ids; {ids.Count} were passed.");
        if (fields is not null && expand is not ("none" or "links"))
            throw AdoRefusals.Bad("The expand parameter can not be used with the fields parameter.", "ConflictingParametersException");
        var omit = errorPolicy is not null && (errorPolicy.Equals("omit", StringComparison.OrdinalIgnoreCase) || errorPolicy == "2");
        // Missing ones are null in place of the item when they are to be left out.
        return AdoShapes.List(ids.Select(id => visit.Seen(id) is { } item ? visit.Shapes.Item(item, fields, expand) : omit ? null : throw AdoRefusals.NoItem(id)));
    }

    private static Answer Updates(AdoVisit visit)
    {
        var item = visit.Item();
        var skip = int.TryParse(visit.Call.Query("$skip"), out var s) ? s : 0;
        var top = Math.Min(int.TryParse(visit.Call.Query("$top"), out var t) ? t : MostInBatch, MostInBatch);
        return Answer.Ok(AdoShapes.List(item.Updates.Skip(skip).Take(top).Select(u => visit.Shapes.Update(item, u))));
    }

    private static Answer Create(AdoVisit visit)
    {
        var project = visit.Project();
        DemandPatch(visit);
        if (visit.Call["type"] is not ['$', .. var name])
            throw AdoRefusals.Bad("A work item type begins with $ in the address.");
        var type = project.Type(name) ?? throw AdoRefusals.Of(404, $"VS402323: Work item type {name} does not exist in project {project.Name} or you do not have permission to access it.", "WorkItemTypeNotFoundException");
        var change = new JsonPatch(visit.Organization, project, null, type.Name).Read(visit.Body());
        if (visit.ValidatesOnly)
            return Answer.Ok(new JsonObject { ["id"] = 0, ["rev"] = 1, ["fields"] = new JsonObject() });
        return Answer.Ok(visit.Shapes.Item(visit.Acts.Create(project, type, visit.Caller, change), null, visit.Expand));
    }

    private static Answer Change(AdoVisit visit)
    {
        var item = visit.Item();
        DemandPatch(visit);
        var change = new JsonPatch(visit.Organization, item.Project, item, item.Type).Read(visit.Body());
        if (!visit.ValidatesOnly)
            visit.Acts.Change(item, visit.Caller, change);
        return Answer.Ok(visit.Shapes.Item(item, null, visit.Expand == "none" ? "relations" : visit.Expand));
    }

    private static Answer Delete(AdoVisit visit)
    {
        var item = visit.Item();
        if (visit.Call.Query("destroy") == "true")
            throw AdoRefusals.Of(403, "TF400813: The user is not authorized to access this resource.", "UnauthorizedRequestException");
        visit.Acts.Delete(item, visit.Caller);
        return Answer.Ok(Thrown(visit, item));
    }

    private static Answer Restore(AdoVisit visit)
    {
        var item = InBin(visit);
        if (visit.Object()["IsDeleted"]?.ToString() != "false")
            throw AdoRefusals.Bad("IsDeleted has to be false.");
        visit.Acts.Restore(item, visit.Caller);
        return Answer.Ok(new JsonObject { ["id"] = item.Id, ["code"] = 200, ["url"] = visit.Shapes.ItemUrl(item) });
    }

    private static WorkItem InBin(AdoVisit visit) =>
        visit.Organization.Items.TryGetValue(visit.Call.Number("id"), out var item) && item.IsDeleted ? item : throw AdoRefusals.NoItem(visit.Call.Number("id"));

    private static JsonObject Thrown(AdoVisit visit, WorkItem item) => new()
    {
        ["id"] = item.Id,
        ["type"] = item.Type,
        ["name"] = item.Title,
        ["project"] = item.Project.Name,
        ["deletedDate"] = AdoShapes.Time(item.DeletedAt!.Value),
        ["deletedBy"] = item.DeletedBy!.Combined,
        ["code"] = 200,
        ["url"] = $"{visit.Shapes.Root}/_apis/wit/recyclebin/{item.Id}",
        ["resource"] = visit.Shapes.Item(item),
    };

    private static void DemandPatch(AdoVisit visit)
    {
        if (!visit.Call.ContentType.Equals(PatchType, StringComparison.OrdinalIgnoreCase))
            throw AdoRefusals.Of(415, $"The request indicated a Content-Type of \"{visit.Call.ContentType}\" for method type \"{visit.Call.Method}\" which is not supported. Valid content types for this method are: {PatchType}.", "VssRequestContentTypeNotSupportedException");
    }

    private static string[] Split(string? list) => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
