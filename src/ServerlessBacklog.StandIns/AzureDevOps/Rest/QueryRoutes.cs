using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Wiql;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>Queries, which answer with ids only.</summary>
internal static class QueryRoutes
{
    public static void Map(AdoRouter routes) => routes.Both("POST", "/_apis/wit/wiql", Run);

    private static Answer Run(AdoVisit visit)
    {
        var text = visit.Object()["query"]?.ToString() ?? throw AdoRefusals.Bad("Value cannot be null.\r\nParameter name: wiql", "ArgumentNullException");
        var place = new WiqlPlace(visit.Organization, visit.ProjectOrNone(), visit.Caller, visit.Call.Query("timePrecision")?.ToLowerInvariant() == "true");
        try
        {
            var query = WiqlQuery.Parse(text, place);
            var found = query.Run().ToList();
            var most = visit.Options.MostQueryResults;
            if (int.TryParse(visit.Call.Query("$top"), out var top) && top <= most)
                found = [.. found.Take(top)];
            else if (found.Count > most)
                throw AdoRefusals.Bad($"VS402337: The number of work items returned exceeds the size limit of {most}. Change the query to return fewer items.", "WorkItemTrackingQueryResultSizeLimitExceededException");
            return Answer.Ok(Result(visit, query, found));
        }
        catch (WiqlException error)
        {
            throw AdoRefusals.Bad(error.Message, "WorkItemTrackingQueryException");
        }
    }

    private static JsonObject Result(AdoVisit visit, WiqlQuery query, List<WorkItem> found) => new()
    {
        ["queryType"] = "flat",
        ["queryResultType"] = "workItem",
        ["asOf"] = AdoShapes.Time(visit.Organization.Now),
        ["columns"] = new JsonArray([.. query.Columns.Select(c => Column(visit, c))]),
        ["sortColumns"] = new JsonArray([.. query.Order.Select(o => (JsonNode)new JsonObject { ["field"] = Column(visit, o.Field), ["descending"] = o.Descending })]),
        ["workItems"] = new JsonArray([.. found.Select(i => (JsonNode)new JsonObject { ["id"] = i.Id, ["url"] = $"{visit.Shapes.Root}/_apis/wit/workItems/{i.Id}" })]),
    };

    private static JsonObject Column(AdoVisit visit, FieldDefinition field) => new()
    {
        ["referenceName"] = field.ReferenceName, ["name"] = field.Name, ["url"] = $"{visit.Shapes.Root}/_apis/wit/fields/{field.ReferenceName}",
    };
}
