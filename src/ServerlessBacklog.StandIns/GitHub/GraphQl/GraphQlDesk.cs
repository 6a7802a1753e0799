using System.Text.Json.Nodes;
using GraphQLParser.Exceptions;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary><c>POST /graphql</c>. What is wrong with a query is said with 200, in <c>errors</c>.</summary>
internal sealed class GraphQlDesk(World world, RateKeeper rates, Func<string> root)
{
    private readonly Lazy<GraphSchema> schema = new(() => Build(root()));

    /// <param name="cost">Points that the query is counted with.</param>
    public Answer Answer(Call call, Caller caller, out int cost)
    {
        cost = 1;
        if (caller.Kind is CallerKind.Anonymous or CallerKind.App)
            throw Refusals.Of(401, "This endpoint requires you to be authenticated.");
        if (call.Json() is not JsonObject body || body["query"]?.ToString() is not { Length: > 0 } text)
            return Failed(Message("A query attribute must be specified and must be a string."));
        GraphQuery? query;
        try
        {
            query = GraphQuery.Parse(text, body["operationName"]?.ToString());
        }
        catch (GraphQLSyntaxErrorException error)
        {
            return Failed(Message($"Parse error on {error.Message.Split('\n')[0]}"));
        }

        return query is null ? Failed(Message("An operation name is required")) : Run(query, body["variables"] as JsonObject, caller, out cost);
    }

    private Answer Run(GraphQuery query, JsonObject? variables, Caller caller, out int cost)
    {
        cost = 1;
        var errors = new JsonArray();
        query.ReadVariables(variables, schema.Value, errors);
        if (errors.Count > 0)
            return Http.Answer.Ok(new JsonObject { ["errors"] = errors });
        var validator = new GraphValidator(schema.Value, query);
        validator.Validate();
        if (validator.Errors.Count > 0)
            return Http.Answer.Ok(new JsonObject { ["errors"] = validator.Errors });
        cost = validator.Cost;
        var (limit, used, reset) = rates.State(caller, graphQl: true);
        var executor = new GraphExecutor(schema.Value, query, SchemaOfRepositories.TypeOf);
        var data = executor.Run(new GraphRoot(world, caller, new GraphRate(limit, cost, used, reset, validator.NodeCount)));
        var result = new JsonObject { ["data"] = data };
        if (executor.Errors.Count > 0)
            result["errors"] = executor.Errors;
        return Http.Answer.Ok(result);
    }

    private static GraphSchema Build(string root)
    {
        var schema = new GraphSchema();
        SchemaEnums.Add(schema);
        SchemaOfIssues.Add(schema, root);
        SchemaOfEvents.Add(schema);
        SchemaOfRepositories.Add(schema, root);
        return schema;
    }

    private static JsonObject Message(string message) => new() { ["message"] = message };

    private static Answer Failed(JsonObject error) => Http.Answer.Ok(new JsonObject { ["errors"] = new JsonArray(error) });
}
