using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQLParser.AST;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>Values of arguments: read from the query or from variables, and checked against the type that is asked for.</summary>
internal sealed class GraphValues(GraphSchema schema, IReadOnlyDictionary<string, object?> variables)
{
    private sealed record EnumName(string Value);

    public static object? FromJson(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => array.Select(FromJson).ToList(),
        JsonObject map => map.ToDictionary(m => m.Key, m => FromJson(m.Value)),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => node.AsValue().TryGetValue<long>(out var number) ? number : (object)node.ToJsonString(),
            _ => node.ToString(),
        },
    };

    public static string TypeText(GraphQLType type) => type switch
    {
        GraphQLNonNullType nonNull => TypeText(nonNull.Type) + "!",
        GraphQLListType list => $"[{TypeText(list.Type)}]",
        GraphQLNamedType named => named.Name.StringValue,
        _ => throw new InvalidOperationException("unknown kind of type"),
    };

    /// <returns>False when the value does not fit.</returns>
    public bool TryRead(GraphQLValue value, string type, out object? result)
    {
        // A variable that was checked against its own type may still be of another one than the argument's.
        var plain = Plain(value);
        return TryFit(plain, type, IsFromVariable(value), out result);
    }

    /// <param name="lenient">True for values that came as JSON: there an enumeration is a string.</param>
    public bool TryFit(object? value, string type, bool lenient, out object? result)
    {
        result = null;
        if (type.EndsWith('!'))
            return value is not null && TryFit(value, type[..^1], lenient, out result);
        if (value is null)
            return true;
        if (type.StartsWith('['))
            return TryFitList(value, type[1..^1], lenient, out result);
        if (schema.Enums.TryGetValue(type, out var names))
        {
            result = value is EnumName name ? name.Value : lenient ? value as string : null;
            return result is string text && names.Contains(text);
        }

        if (schema.Inputs.TryGetValue(type, out var fields))
            return TryFitInput(value, fields, lenient, out result);
        result = value;
        return type switch
        {
            "Int" => value is long,
            "Boolean" => value is bool,
            "DateTime" => value is string text && DateTimeOffset.TryParse(text, out _),
            _ => value is string or long,
        };
    }

    private bool TryFitList(object value, string type, bool lenient, out object? result)
    {
        var items = new List<object?>();
        result = items;
        foreach (var item in value as List<object?> ?? [value])
        {
            if (!TryFit(item, type, lenient, out var fitted))
                return false;
            items.Add(fitted);
        }

        return true;
    }

    private bool TryFitInput(object value, Dictionary<string, string> fields, bool lenient, out object? result)
    {
        var fitted = new Dictionary<string, object?>();
        result = fitted;
        if (value is not Dictionary<string, object?> map || map.Keys.Any(k => !fields.ContainsKey(k)))
            return false;
        foreach (var (name, type) in fields)
        {
            if (!map.TryGetValue(name, out var part) && !type.EndsWith('!'))
                continue;
            if (!TryFit(part, type, lenient || part is string, out var partFitted))
                return false;
            fitted[name] = partFitted;
        }

        return true;
    }

    private object? Plain(GraphQLValue value) => value switch
    {
        GraphQLVariable variable => variables.GetValueOrDefault(variable.Name.StringValue),
        GraphQLIntValue number => long.Parse(number.Value.Span),
        GraphQLStringValue text => text.Value.ToString(),
        GraphQLBooleanValue flag => flag.BoolValue,
        GraphQLEnumValue name => new EnumName(name.Name.StringValue),
        GraphQLListValue list => (list.Values ?? []).Select(Plain).ToList(),
        GraphQLObjectValue map => (map.Fields ?? []).ToDictionary(f => f.Name.StringValue, f => Plain(f.Value)),
        _ => null,
    };

    private static bool IsFromVariable(GraphQLValue value) => value switch
    {
        GraphQLVariable => true,
        GraphQLListValue list => (list.Values ?? []).Exists(IsFromVariable),
        GraphQLObjectValue map => (map.Fields ?? []).Exists(f => IsFromVariable(f.Value)),
        _ => false,
    };
}
