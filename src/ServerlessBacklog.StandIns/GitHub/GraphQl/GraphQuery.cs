using System.Text.Json.Nodes;
using GraphQLParser;
using GraphQLParser.AST;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>A parsed request: the operation that is asked for, its fragments and its variables.</summary>
internal sealed class GraphQuery
{
    private readonly string source;

    private GraphQuery(string source, GraphQLOperationDefinition operation, GraphQLDocument document)
    {
        this.source = source;
        Operation = operation;
        Fragments = document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(f => f.FragmentName.Name.StringValue);
    }

    public GraphQLOperationDefinition Operation { get; }

    public IReadOnlyDictionary<string, GraphQLFragmentDefinition> Fragments { get; }

    public Dictionary<string, object?> Variables { get; } = [];

    public string Kind => Operation.Operation == OperationType.Mutation ? "mutation" : "query";

    public IEnumerable<GraphQLVariableDefinition> Declared => Operation.Variables?.Items ?? [];

    /// <exception cref="GraphQLParser.Exceptions.GraphQLSyntaxErrorException">It is not GraphQL.</exception>
    public static GraphQuery? Parse(string source, string? operationName)
    {
        var document = Parser.Parse(source);
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        var operation = operationName is null ? operations is [var only] ? only : null : operations.Find(o => o.Name?.StringValue == operationName);
        return operation is null ? null : new GraphQuery(source, operation, document);
    }

    public JsonArray Locations(ASTNode node)
    {
        var before = source.AsSpan(0, Math.Min(node.Location.Start, source.Length));
        return [new JsonObject { ["line"] = before.Count('\n') + 1, ["column"] = before.Length - before.LastIndexOf('\n') }];
    }

    /// <summary>Gives the variables their values; adds an error for each that does not fit.</summary>
    public void ReadVariables(JsonObject? given, GraphSchema schema, JsonArray errors)
    {
        var values = new GraphValues(schema, Variables);
        foreach (var declared in Declared)
        {
            var name = declared.Variable.Name.StringValue;
            var type = GraphValues.TypeText(declared.Type);
            object? value = null;
            var fits = given is not null && given.TryGetPropertyValue(name, out var node)
                ? values.TryFit(GraphValues.FromJson(node), type, lenient: true, out value)
                : declared.DefaultValue is { } fallback ? values.TryRead(fallback, type, out value) : !type.EndsWith('!');
            if (fits)
                Variables[name] = value;
            else
                errors.Add(new JsonObject
                {
                    ["extensions"] = new JsonObject { ["value"] = given?[name]?.DeepClone(), ["problems"] = new JsonArray() },
                    ["locations"] = Locations(declared),
                    ["message"] = $"Variable ${name} of type {type} was provided invalid value",
                });
        }
    }
}
