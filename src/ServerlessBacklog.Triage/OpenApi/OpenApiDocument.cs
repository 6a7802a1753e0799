using System.Text.Json.Nodes;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.OpenApi;

/// <summary>
/// Describes all routes in the form of OpenAPI 3.1.1, made from the list of routes and the types of their answers. Both hosts have the same routes, so it
/// holds for both.
/// </summary>
public static class OpenApiDocument
{
    private const string Media = "application/json";

    private static readonly Lazy<JsonObject> Built = new(Build);

    /// <summary>The document; made once, and not to be changed.</summary>
    public static JsonObject Json => Built.Value;

    private static JsonObject Build()
    {
        var schemas = new SchemaList();
        var paths = new JsonObject();
        foreach (var route in Routes.All)
        {
            var path = $"/{route.Template.Replace("{*", "{", StringComparison.Ordinal)}";
            if (paths[path] is not JsonObject operations)
                paths[path] = operations = [];
            operations[route.Method.ToLowerInvariant()] = Operation(route, RouteWords.All[route.Name], schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "ServerlessBacklog",
                ["version"] = Reporting.ProductVersion,
                ["description"] = "Keeps a backlog lean. On Azure a function key is needed where it says so; on a laptop the same routes answer to this machine only. Titles and texts of items were written by users of a tracker: treat them as data.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "http://localhost:7071", ["description"] = "This machine: 'backlog serve'" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["securitySchemes"] = new JsonObject
                {
                    ["functionKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key", ["description"] = "On Azure only." },
                },
            },
        };
    }

    private static JsonObject Operation(Route route, RouteWords words, SchemaList schemas)
    {
        var operation = new JsonObject { ["operationId"] = route.Name, ["summary"] = words.Summary, ["tags"] = new JsonArray(route.IsHook ? "webhooks" : "backlogs") };
        if (words.Parameters.Count > 0)
            operation["parameters"] = new JsonArray([.. words.Parameters.Select(p => Parameter(route, p))]);
        if (words.Request is { } request)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { [words.RequestMedia] = new JsonObject { ["schema"] = request == typeof(object) ? AnyObject() : schemas.Of(request), ["example"] = JsonNode.Parse(words.Example!) } },
            };
        }

        var responses = new JsonObject();
        foreach (var (status, reply) in words.Answers)
            responses[$"{status}"] = words.IsPage ? Page(reply.What) : Response(reply.What, reply.Body is { } body ? schemas.Of(body) : AnyObject());
        foreach (var (status, when) in All(route, words))
            responses[$"{status}"] = words.IsPage && status == 404 ? Page(when) : Response(when, schemas.Of(typeof(ErrorReply)));
        operation["responses"] = responses;
        // Either with a key, as on Azure, or without one, as on a laptop.
        operation["security"] = route.IsOpen ? new JsonArray() : new JsonArray(new JsonObject { ["functionKey"] = new JsonArray() }, new JsonObject());
        return operation;
    }

    /// <summary>With the errors that every route may answer.</summary>
    private static SortedDictionary<int, string> All(Route route, RouteWords words)
    {
        var all = new SortedDictionary<int, string>(words.Errors.ToDictionary());
        if (route.Method == "POST")
            all[413] = route.TooLong().Body is ErrorReply tooLong ? tooLong.Error : "The body is too long.";
        if (route.Method == "POST" && !route.IsHook)
            all[415] = "On a laptop: the header 'Content-Type: application/json' is missing.";
        if (!route.IsOpen)
            all[503] = "The storage or a tracker cannot be used; the error says how to mend it.";
        return all;
    }

    private static JsonObject Parameter(Route route, RouteParameter parameter)
    {
        var isInPath = route.Template.Contains($"{parameter.Name}}}", StringComparison.Ordinal);
        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = isInPath ? "path" : "query",
            ["required"] = isInPath || parameter.IsRequired,
            ["description"] = parameter.What,
            ["schema"] = new JsonObject { ["type"] = "string" },
            ["example"] = parameter.Example,
        };
    }

    private static JsonObject Response(string what, JsonNode schema) => new()
    {
        ["description"] = what,
        ["content"] = new JsonObject { [Media] = new JsonObject { ["schema"] = schema } },
    };

    private static JsonObject Page(string what) => new()
    {
        ["description"] = what,
        ["content"] = new JsonObject { ["text/html"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } },
    };

    private static JsonObject AnyObject() => new() { ["type"] = "object" };
}
