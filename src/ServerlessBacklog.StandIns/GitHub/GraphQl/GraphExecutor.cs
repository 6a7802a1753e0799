using System.Collections;
using System.Text.Json.Nodes;
using GraphQLParser.AST;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>Resolves a valid query, field by field as it was asked for.</summary>
internal sealed class GraphExecutor(GraphSchema schema, GraphQuery query, Func<object, string> typeOf)
{
    private const int LargestPage = 100;
    private readonly GraphValues values = new(schema, query.Variables);

    public JsonArray Errors { get; } = [];

    public JsonObject Run(object root) => Object(query.Operation.SelectionSet, root, query.Kind == "mutation" ? "Mutation" : "Query", []);

    private JsonObject Object(GraphQLSelectionSet set, object value, string type, object[] path)
    {
        var result = new JsonObject();
        Fill(result, set, value, type, path);
        return result;
    }

    private void Fill(JsonObject result, GraphQLSelectionSet set, object value, string type, object[] path)
    {
        foreach (var selection in set.Selections.Where(IsIncluded))
            if (selection is GraphQLField field)
                Field(result, field, value, type, path);
            else if (selection is GraphQLInlineFragment inline)
                FillIf(result, inline.TypeCondition, inline.SelectionSet, value, type, path);
            else if (selection is GraphQLFragmentSpread spread)
            {
                var fragment = query.Fragments[spread.FragmentName.Name.StringValue];
                FillIf(result, fragment.TypeCondition, fragment.SelectionSet, value, type, path);
            }
    }

    private void FillIf(JsonObject result, GraphQLTypeCondition? condition, GraphQLSelectionSet set, object value, string type, object[] path)
    {
        if (condition is null || schema.PossibleTypes(condition.Type.Name.StringValue).Contains(type))
            Fill(result, set, value, type, path);
    }

    private void Field(JsonObject result, GraphQLField field, object value, string type, object[] path)
    {
        var name = field.Name.StringValue;
        var key = field.Alias?.Name.StringValue ?? name;
        if (name == "__typename")
        {
            result[key] = type;
            return;
        }

        var known = schema.Types[type].Fields[name];
        object[] here = [.. path, key];
        try
        {
            var arguments = Arguments(field, known);
            if (known.IsConnection)
                DemandPage(name, arguments, SelectsNodes(field.SelectionSet!));
            var node = Node(field, known.Resolve(value, arguments), known.NamedType, here);
            // The same field asked for twice is one field with both selections.
            result[key] = result[key] is JsonObject there && node is JsonObject more ? Merged(there, more) : node;
        }
        catch (GraphErrorException error)
        {
            result[key] = null;
            Errors.Add(new JsonObject
            {
                ["type"] = error.Type,
                ["path"] = new JsonArray([.. here.Select(p => p is int index ? JsonValue.Create(index) : (JsonNode)JsonValue.Create((string)p)!)]),
                ["locations"] = query.Locations(field),
                ["message"] = error.Message,
            });
        }
    }

    private JsonNode? Node(GraphQLField field, object? value, string type, object[] path) => value switch
    {
        null => null,
        string text => text,
        int or long => JsonValue.Create(Convert.ToInt64(value)),
        bool flag => flag,
        DateTimeOffset time => Rest.Shapes.Time(time),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select((item, index) => Node(field, item, type, [.. path, index]))]),
        _ => Object(field.SelectionSet!, value, schema.Types[type].IsAbstract ? typeOf(value) : type, path),
    };

    private GraphArguments Arguments(GraphQLField field, GraphField known)
    {
        var read = new Dictionary<string, object?>();
        foreach (var argument in field.Arguments?.Items ?? [])
            if (values.TryRead(argument.Value, known.Arguments[argument.Name.StringValue], out var value))
                read[argument.Name.StringValue] = value;
        return new GraphArguments(read);
    }

    /// <summary>A bare count needs no page.</summary>
    private static void DemandPage(string name, GraphArguments arguments, bool selectsNodes)
    {
        if ((arguments.Int("first") ?? arguments.Int("last")) is not { } size)
        {
            if (selectsNodes)
                throw new GraphErrorException("MISSING_PAGINATION_BOUNDARIES", $"You must provide a `first` or `last` value to properly paginate the `{name}` connection.");
            return;
        }

        var which = arguments.Int("first") is null ? "last" : "first";
        if (size > LargestPage)
            throw new GraphErrorException("EXCESSIVE_PAGINATION",
                $"Requesting {size} records on the `{name}` connection exceeds the `{which}` limit of {LargestPage} records.");
        if (size < 0)
            throw new GraphErrorException("ARGUMENT_LIMIT", $"`{which}` on the `{name}` connection cannot be less than zero.");
    }

    private bool SelectsNodes(GraphQLSelectionSet set) => set.Selections.Exists(selection => selection switch
    {
        GraphQLField field => field.Name.StringValue is "nodes" or "edges",
        GraphQLInlineFragment inline => SelectsNodes(inline.SelectionSet),
        GraphQLFragmentSpread spread => SelectsNodes(query.Fragments[spread.FragmentName.Name.StringValue].SelectionSet),
        _ => false,
    });

    private bool IsIncluded(ASTNode selection) =>
        ((selection as IHasDirectivesNode)?.Directives?.Items ?? []).TrueForAll(directive =>
        {
            var condition = directive.Arguments?.Items.FirstOrDefault(a => a.Name.StringValue == "if")?.Value;
            var on = condition is not null && values.TryRead(condition, "Boolean", out var flag) && flag is true;
            return directive.Name.StringValue switch { "include" => on, "skip" => !on, _ => true };
        });

    private static JsonObject Merged(JsonObject there, JsonObject more)
    {
        var merged = (JsonObject)there.DeepClone();
        foreach (var (name, value) in more)
            merged[name] = merged[name] is JsonObject one && value is JsonObject two ? Merged(one, two) : value?.DeepClone();
        return merged;
    }
}
