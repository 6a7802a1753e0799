using System.Text.Json.Nodes;
using GraphQLParser.AST;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>Checks a query against the schema before anything is resolved, and counts what it may cost.</summary>
internal sealed class GraphValidator(GraphSchema schema, GraphQuery query)
{
    private const long MostNodes = 500_000;
    private readonly HashSet<string> usedVariables = [];
    private readonly HashSet<string> usedFragments = [];
    private readonly GraphValues values = new(schema, query.Variables);
    private long nodes;
    private long requests;

    public JsonArray Errors { get; } = [];

    /// <summary>Points: requests that its connections stand for, by the hundred, at least one.</summary>
    public int Cost => (int)Math.Max(1, (requests + 50) / 100);

    public int NodeCount => (int)nodes;

    public void Validate()
    {
        var root = query.Kind == "mutation" ? "Mutation" : "Query";
        Selections(query.Operation.SelectionSet, root, [NameOfOperation()], 1);
        foreach (var fragment in query.Fragments.Keys.Except(usedFragments))
            Refuse(query.Fragments[fragment], ["fragment " + fragment], "useAndDefineFragment", $"Fragment {fragment} was defined, but not used");
        foreach (var declared in query.Declared.Where(d => !usedVariables.Contains(d.Variable.Name.StringValue)))
            Refuse(declared, [NameOfOperation()], "variableNotUsed", $"Variable ${declared.Variable.Name.StringValue} is declared by {Operation()} but not used");
        if (nodes > MostNodes)
            Errors.Add(new JsonObject
            {
                ["type"] = "MAX_NODE_LIMIT_EXCEEDED",
                ["message"] = $"This query requests up to {nodes:N0} possible nodes which exceeds the maximum limit of {MostNodes:N0}.",
            });
    }

    private void Selections(GraphQLSelectionSet set, string type, string[] path, long parents)
    {
        foreach (var selection in set.Selections)
            switch (selection)
            {
                case GraphQLField field:
                    Field(field, type, path, parents);
                    break;
                case GraphQLInlineFragment inline:
                    Condition(inline, inline.TypeCondition, inline.SelectionSet, type, path, parents);
                    break;
                case GraphQLFragmentSpread spread:
                    Spread(spread, type, path, parents);
                    break;
            }
    }

    private void Spread(GraphQLFragmentSpread spread, string type, string[] path, long parents)
    {
        var name = spread.FragmentName.Name.StringValue;
        if (!query.Fragments.TryGetValue(name, out var fragment))
            Refuse(spread, path, "useAndDefineFragment", $"Fragment {name} was used, but not defined");
        else if (path.Length < 64)
        {
            usedFragments.Add(name);
            Condition(spread, fragment.TypeCondition, fragment.SelectionSet, type, [.. path, "fragment " + name], parents);
        }
    }

    private void Condition(ASTNode node, GraphQLTypeCondition? condition, GraphQLSelectionSet set, string type, string[] path, long parents)
    {
        foreach (var directive in (node as IHasDirectivesNode)?.Directives?.Items ?? [])
            Used(directive.Arguments);
        var name = condition?.Type.Name.StringValue ?? type;
        if (!schema.Types.ContainsKey(name))
            Refuse(node, path, "undefinedType", $"No such type {name}, so it can't be a fragment condition");
        else if (!schema.PossibleTypes(name).Intersect(schema.PossibleTypes(type)).Any())
            Refuse(node, path, "cannotSpreadFragment", $"Fragment on {name} can't be spread inside {type}");
        else
            Selections(set, name, path, parents);
    }

    private void Field(GraphQLField field, string type, string[] path, long parents)
    {
        var name = field.Name.StringValue;
        path = [.. path, field.Alias?.Name.StringValue ?? name];
        Used(field.Arguments);
        foreach (var directive in field.Directives?.Items ?? [])
            Used(directive.Arguments);
        if (name == "__typename")
            return;
        if (!schema.Types[type].Fields.TryGetValue(name, out var known))
        {
            Refuse(field, path, "undefinedField", $"Field '{name}' doesn't exist on type '{type}'", ("typeName", type), ("fieldName", name));
            return;
        }

        Arguments(field, name, known, path);
        var children = parents;
        if (known.IsConnection)
        {
            requests += parents;
            children = parents * PageSize(field);
            nodes += children;
        }

        if (schema.IsLeaf(known.NamedType) && field.SelectionSet is not null)
            Refuse(field, path, "selectionMismatch", $"Selections can't be made on scalars (field '{name}' returns {known.NamedType} but has selections)");
        else if (!schema.IsLeaf(known.NamedType) && field.SelectionSet is null)
            Refuse(field, path, "selectionMismatch",
                $"Field must have selections (field '{name}' returns {known.NamedType} but has no selections. Did you mean '{name} {{ ... }}'?)");
        else if (field.SelectionSet is { } set)
            Selections(set, known.NamedType, path, children);
    }

    private void Arguments(GraphQLField field, string name, GraphField known, string[] path)
    {
        var given = field.Arguments?.Items ?? [];
        foreach (var argument in given)
            if (!known.Arguments.TryGetValue(argument.Name.StringValue, out var type))
                Refuse(argument, [.. path, argument.Name.StringValue], "argumentNotAccepted",
                    $"Field '{name}' doesn't accept argument '{argument.Name.StringValue}'");
            else if (!UsesUnknown(argument.Value) && !values.TryRead(argument.Value, type, out _))
                Refuse(argument, [.. path, argument.Name.StringValue], "argumentLiteralsIncompatible",
                    $"Argument '{argument.Name.StringValue}' on Field '{name}' has an invalid value. Expected type '{type}'.");
        var missing = known.Arguments.Where(a => a.Value.EndsWith('!') && !given.Exists(g => g.Name.StringValue == a.Key)).Select(a => a.Key).ToList();
        if (missing.Count > 0)
            Refuse(field, path, "missingRequiredArguments", $"Field '{name}' is missing required arguments: {string.Join(", ", missing)}");
    }

    private long PageSize(GraphQLField field)
    {
        foreach (var argument in field.Arguments?.Items ?? [])
            if (argument.Name.StringValue is "first" or "last" && values.TryRead(argument.Value, "Int", out var size) && size is long number)
                return Math.Max(0, number);
        return 0;
    }

    private void Used(GraphQLArguments? arguments)
    {
        foreach (var argument in arguments?.Items ?? [])
            Used(argument.Value);
    }

    private void Used(GraphQLValue value)
    {
        foreach (var variable in Variables(value))
        {
            var name = variable.Name.StringValue;
            usedVariables.Add(name);
            if (!query.Declared.Any(d => d.Variable.Name.StringValue == name))
                Refuse(variable, [NameOfOperation()], "variableNotDefined", $"Variable ${name} is used by {Operation()} but not declared");
        }
    }

    private bool UsesUnknown(GraphQLValue value) => Variables(value).Any(v => !query.Declared.Any(d => d.Variable.Name.StringValue == v.Name.StringValue));

    private static IEnumerable<GraphQLVariable> Variables(GraphQLValue value) => value switch
    {
        GraphQLVariable variable => [variable],
        GraphQLListValue list => (list.Values ?? []).SelectMany(Variables),
        GraphQLObjectValue map => (map.Fields ?? []).SelectMany(f => Variables(f.Value)),
        _ => [],
    };

    private string Operation() => query.Operation.Name?.StringValue ?? $"anonymous {query.Kind}";

    private string NameOfOperation() => query.Operation.Name is { } name ? $"{query.Kind} {name.StringValue}" : query.Kind;

    private void Refuse(ASTNode node, IEnumerable<string> path, string code, string message, params (string Name, string Value)[] more)
    {
        var extensions = new JsonObject { ["code"] = code };
        foreach (var (name, value) in more)
            extensions[name] = value;
        Errors.Add(new JsonObject
        {
            ["path"] = new JsonArray([.. path.Select(p => JsonValue.Create(p))]),
            ["extensions"] = extensions,
            ["locations"] = query.Locations(node),
            ["message"] = message,
        });
    }
}
