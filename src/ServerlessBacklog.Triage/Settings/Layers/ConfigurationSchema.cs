using System.Text.Json.Nodes;
using static ServerlessBacklog.Triage.Settings.Layers.ConfigShape;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>The keys as JSON Schema (draft 7, which editors of YAML know), so that an editor completes them and underlines what is wrong.</summary>
public static class ConfigurationSchema
{
    public static JsonObject Build()
    {
        var root = Section();
        root["$schema"] = "http://json-schema.org/draft-07/schema#";
        root["title"] = "Configuration of a backlog (.github/serverless-backlog.yml)";
        foreach (var key in ConfigKeys.All)
        {
            var (at, parts) = (root, key.Path.Split('.'));
            foreach (var part in parts[..^1])
            {
                var properties = at["properties"]!.AsObject();
                if (properties[part] is null)
                    properties[part] = Section();
                at = properties[part]!.AsObject();
            }

            at["properties"]![parts[^1]] = Of(key.Shape, key.What);
        }

        return root;
    }

    private static JsonObject Of(ConfigShape shape, string? what = null)
    {
        var schema = shape switch
        {
            Word word => new JsonObject { ["type"] = "string", ["enum"] = Texts(word.Known) },
            Number { IsWhole: true } number => new JsonObject { ["type"] = "integer", ["minimum"] = number.Least, ["maximum"] = number.Most },
            Number number => new JsonObject { ["type"] = "number", ["minimum"] = number.Least, ["maximum"] = number.Most },
            Switch => new JsonObject { ["type"] = "boolean" },
            Text text => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = text.Longest },
            Day => new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            ListOf list => new JsonObject { ["type"] = "array", ["items"] = Of(list.Each) },
            MapOf { Known: { } known } map => WithProperties(known.Select(k => (k, Of(map.Each)))),
            MapOf map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(map.Each) },
            Fields fields => WithRequired(WithProperties(fields.Known.Select(f => (f.Name, Of(f.Shape, f.What)))), fields),
            _ => throw new InvalidOperationException($"There is no schema for {shape.GetType().Name}."),
        };
        if (what is not null)
            schema["description"] = what;
        return schema;
    }

    private static JsonObject Section() => new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = false, ["properties"] = new JsonObject() };

    private static JsonObject WithProperties(IEnumerable<(string Name, JsonObject Schema)> properties) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema))),
    };

    private static JsonObject WithRequired(JsonObject schema, Fields fields)
    {
        schema["required"] = Texts(fields.Known.Where(f => f.IsRequired).Select(f => f.Name));
        return schema;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
