using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>What does not change from item to item: projects, types, states, fields, link types, areas, the caller himself.</summary>
internal static class PlaceRoutes
{
    public static void Map(AdoRouter routes) => routes
        .OfOrganization("GET", "/_apis/projects", visit => Answer.Ok(AdoShapes.List(visit.Organization.Projects.Select(p => Project(visit, p)))))
        .OfOrganization("GET", "/_apis/projects/{project}", visit => Answer.Ok(Project(visit, visit.Project())))
        .OfOrganization("GET", "/_apis/connectionData", Connection)
        .Both("GET", "/_apis/wit/fields", visit => Answer.Ok(AdoShapes.List(FieldDefinition.All.Select(f => Field(visit, f)))))
        .OfOrganization("GET", "/_apis/wit/workitemrelationtypes", visit => Answer.Ok(AdoShapes.List(LinkEnd.All.Select(e => LinkType(visit, e)))))
        .OfProject("GET", "/_apis/wit/workitemtypes", visit => Answer.Ok(AdoShapes.List(visit.Project().Types.Select(t => Type(visit, t)))))
        .OfProject("GET", "/_apis/wit/workitemtypes/{type}", visit => Answer.Ok(Type(visit, Find(visit))))
        .OfProject("GET", "/_apis/wit/workitemtypes/{type}/states", visit => Answer.Ok(AdoShapes.List(Find(visit).States.Select(State))))
        .OfProject("GET", "/_apis/wit/workitemtypes/{type}/fields", visit => Answer.Ok(AdoShapes.List(FieldDefinition.All.Select(f => Field(visit, f)))))
        .OfProject("GET", "/_apis/wit/classificationnodes/{structure}", Nodes);

    private static JsonObject Project(AdoVisit visit, Project project) => new()
    {
        ["id"] = project.Id.ToString(),
        ["name"] = project.Name,
        ["url"] = $"{visit.Shapes.Root}/_apis/projects/{project.Id}",
        ["state"] = "wellFormed",
        ["revision"] = 1,
        ["visibility"] = "private",
        ["lastUpdateTime"] = AdoShapes.Time(project.CreatedAt),
    };

    private static Answer Connection(AdoVisit visit)
    {
        return Answer.Ok(new JsonObject
        {
            ["authenticatedUser"] = User(),
            ["authorizedUser"] = User(),
            ["instanceId"] = visit.Organization.Id.ToString(),
            ["deploymentType"] = "hosted",
            ["locationServiceData"] = new JsonObject { ["serviceOwner"] = Ids.Of("service", "tfs").ToString() },
        });

        JsonObject User() => new()
        {
            ["id"] = visit.Caller.Id.ToString(),
            ["descriptor"] = $"Microsoft.IdentityModel.Claims.ClaimsIdentity;{visit.Caller.UniqueName}",
            ["subjectDescriptor"] = $"aad.{visit.Caller.Id:N}",
            ["providerDisplayName"] = visit.Caller.DisplayName,
            ["isActive"] = true,
            ["properties"] = new JsonObject { ["Account"] = new JsonObject { ["$type"] = "System.String", ["$value"] = visit.Caller.UniqueName } },
        };
    }

    private static JsonObject Field(AdoVisit visit, FieldDefinition field) => new()
    {
        ["name"] = field.Name,
        ["referenceName"] = field.ReferenceName,
        ["type"] = field.Type is "identity" ? "string" : field.Type,
        ["isIdentity"] = field.Type is "identity",
        ["readOnly"] = field.IsReadOnly,
        ["url"] = $"{visit.Shapes.Root}/_apis/wit/fields/{field.ReferenceName}",
    };

    private static JsonObject LinkType(AdoVisit visit, LinkEnd end)
    {
        var attributes = new JsonObject { ["usage"] = end.IsLink ? "workItemLink" : "resourceLink", ["editable"] = false, ["enabled"] = true };
        if (end.IsLink)
        {
            attributes["acyclic"] = end.IsAcyclic;
            attributes["directional"] = end.Topology != "network";
            attributes["singleTarget"] = end.Topology == "tree" && !end.IsForward;
            attributes["topology"] = end.Topology;
            attributes["isForward"] = end.IsForward || end.Topology == "network";
            attributes["oppositeEndReferenceName"] = end.Opposite;
        }

        return new JsonObject
        {
            ["referenceName"] = end.ReferenceName, ["name"] = end.Name, ["attributes"] = attributes,
            ["url"] = $"{visit.Shapes.Root}/_apis/wit/workItemRelationTypes/{end.ReferenceName}",
        };
    }

    private static JsonObject Type(AdoVisit visit, ItemType type) => new()
    {
        ["name"] = type.Name,
        ["referenceName"] = type.ReferenceName,
        ["description"] = "",
        ["color"] = "CC293D",
        ["isDisabled"] = false,
        ["states"] = new JsonArray([.. type.States.Select(State)]),
        ["fields"] = new JsonArray([.. FieldDefinition.All.Select(f => Field(visit, f))]),
        ["url"] = $"{visit.Shapes.Root}/{visit.Project().Id}/_apis/wit/workItemTypes/{Uri.EscapeDataString(type.Name)}",
    };

    private static JsonObject State((string State, string Category) state) =>
        new() { ["name"] = state.State, ["color"] = "b2b2b2", ["category"] = state.Category };

    private static ItemType Find(AdoVisit visit) =>
        visit.Project().Type(visit.Call["type"])
        ?? throw AdoRefusals.Of(404, $"VS402323: Work item type {visit.Call["type"]} does not exist in project {visit.Project().Name} or you do not have permission to access it.", "WorkItemTypeNotFoundException");

    private static Answer Nodes(AdoVisit visit)
    {
        var project = visit.Project();
        var isAreas = visit.Call["structure"].Equals("areas", StringComparison.OrdinalIgnoreCase);
        var paths = isAreas ? project.Areas : project.Iterations;
        return Answer.Ok(Node(project.Name));

        JsonObject Node(string path)
        {
            var children = paths.Where(p => p.StartsWith(path + "\\", StringComparison.OrdinalIgnoreCase) && !p[(path.Length + 1)..].Contains('\\')).ToList();
            var node = new JsonObject
            {
                ["id"] = paths.Order().ToList().IndexOf(path) + 1,
                ["identifier"] = Ids.Of("node", path).ToString(),
                ["name"] = path.Split('\\')[^1],
                ["structureType"] = isAreas ? "area" : "iteration",
                ["hasChildren"] = children.Count > 0,
                ["path"] = $"\\{project.Name}\\{(isAreas ? "Area" : "Iteration")}{path[project.Name.Length..]}",
            };
            if (children.Count > 0 && int.TryParse(visit.Call.Query("$depth"), out var depth) && depth > path.Count(c => c == '\\'))
                node["children"] = new JsonArray([.. children.Select(Node)]);
            return node;
        }
    }
}
