using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>The teams of a project and who is in them. Their scope is another one than that of work items.</summary>
internal static class TeamRoutes
{
    private const int UsualPage = 100;

    public static void Map(AdoRouter routes) => routes
        .OfOrganization("GET", "/_apis/projects/{project}/teams", visit => Page(visit, Teams(visit), t => Shape(visit, t)))
        .OfOrganization("GET", "/_apis/projects/{project}/teams/{team}", visit => Answer.Ok(Shape(visit, Find(visit))))
        .OfOrganization("GET", "/_apis/projects/{project}/teams/{team}/members", Members);

    private static Answer Members(AdoVisit visit)
    {
        var team = Find(visit);
        return Page(visit, team.Members, member =>
        {
            var shape = new JsonObject { ["identity"] = visit.Shapes.Identity(member) };
            // Of others it says nothing.
            if (team.Admins.Contains(member))
                shape["isTeamAdmin"] = true;
            return shape;
        });
    }

    private static List<Team> Teams(AdoVisit visit) => visit.Options.MayNotReadTeams.Contains(visit.Caller.UniqueName)
        ? throw AdoRefusals.Of(401, $"TF400813: The user '{visit.Caller.Id}' is not authorized to access this resource.", "UnauthorizedRequestException")
        : visit.Project().Teams;

    private static Team Find(AdoVisit visit) =>
        Teams(visit).Find(t => t.Name.Equals(visit.Call["team"], StringComparison.OrdinalIgnoreCase) || t.Id.ToString().Equals(visit.Call["team"], StringComparison.OrdinalIgnoreCase))
        ?? throw AdoRefusals.Of(404, $"The team with id '{visit.Call["team"]}' does not exist.", "TeamNotFoundException");

    private static JsonObject Shape(AdoVisit visit, Team team)
    {
        var url = $"{visit.Shapes.Root}/_apis/projects/{visit.Project().Id}/teams/{team.Id}";
        return new JsonObject
        {
            ["id"] = team.Id.ToString(),
            ["name"] = team.Name,
            ["url"] = url,
            ["description"] = "",
            ["identityUrl"] = $"{visit.Shapes.Root}/_apis/Identities/{team.Id}",
            ["projectName"] = visit.Project().Name,
            ["projectId"] = visit.Project().Id.ToString(),
        };
    }

    private static Answer Page<T>(AdoVisit visit, IEnumerable<T> all, Func<T, JsonNode> shape) => Answer.Ok(AdoShapes.List(all.Skip(Number(visit, "$skip", 0)).Take(Number(visit, "$top", UsualPage)).Select(shape)));

    private static int Number(AdoVisit visit, string name, int usual) =>
        visit.Call.Query(name) is not { } text ? usual
        : int.TryParse(text, out var number) && number >= 0 ? number
        : throw AdoRefusals.Bad($"The value {text} is outside of the allowed range for {name}.", "VssPropertyValidationException");
}
