using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Acts;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>One request by somebody who is known.</summary>
internal sealed record AdoVisit(Call Call, Identity Caller, ItemActs Acts, AzureDevOpsStandInOptions Options)
{
    public Organization Organization => Acts.Organization;

    public AdoShapes Shapes => Acts.Hooks.Payloads.Shapes;

    /// <summary>Whether the caller wants nobody told (<c>suppressNotifications</c>) is not played: it needs a right that apps do not have.</summary>
    public bool ValidatesOnly => Call.Query("validateOnly") == "true";

    public string Expand => (Call.Query("$expand") ?? "none").ToLowerInvariant();

    /// <summary>The project of the path; null when the path names none.</summary>
    public Project? ProjectOrNone() =>
        Call.Values.TryGetValue("project", out var name) ? Organization.Project(name) ?? throw AdoRefusals.NoProject(name) : null;

    public Project Project() => ProjectOrNone()!;

    /// <summary>The item of the path. Those of other projects and in the recycle bin are not to be seen.</summary>
    public WorkItem Item()
    {
        var id = Call.Number("id");
        return Seen(id) ?? throw AdoRefusals.NoItem(id);
    }

    public WorkItem? Seen(int id)
    {
        var project = ProjectOrNone();
        return Organization.Items.TryGetValue(id, out var item) && !item.IsDeleted && (project is null || item.Project == project) ? item : null;
    }

    public JsonNode? Body()
    {
        try
        {
            // Names of members are good in any case here.
            return Call.Json(new JsonNodeOptions { PropertyNameCaseInsensitive = true });
        }
        catch (JsonException)
        {
            throw AdoRefusals.Bad("The body of the request is not valid JSON.");
        }
    }

    public JsonObject Object() => Body() as JsonObject ?? throw AdoRefusals.Bad("Value cannot be null.", "ArgumentNullException");
}
