using System.Text.Json.Nodes;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>What a schema must be for <c>strict</c>: objects say each of their properties, all required, and no others. Source: OpenAI, "Structured outputs".</summary>
internal static class SchemaRules
{
    private static readonly string[] Unknown = ["oneOf", "allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties"];

    /// <returns>What is wrong; null for nothing.</returns>
    public static string? Breach(JsonNode? schema, string at = "")
    {
        if (schema is not JsonObject node)
            return null;
        if (Unknown.FirstOrDefault(node.ContainsKey) is { } word)
            return $"In context=({at}), '{word}' is not permitted.";
        if (node["properties"] is JsonObject properties)
        {
            if (node["additionalProperties"]?.GetValueKind() != System.Text.Json.JsonValueKind.False)
                return $"In context=({at}), 'additionalProperties' is required to be supplied and to be false.";
            var required = (node["required"] as JsonArray ?? []).Select(r => r!.ToString()).ToHashSet();
            if (properties.Select(p => p.Key).FirstOrDefault(p => !required.Contains(p)) is { } missing)
                return $"In context=({at}), 'required' is required to be supplied and to be an array including every key in properties. Missing '{missing}'.";
            if (required.FirstOrDefault(r => !properties.ContainsKey(r)) is { } extra)
                return $"In context=({at}), 'required' names '{extra}', which is no property.";
            if (properties.Select(p => Breach(p.Value, $"{at}/{p.Key}")).FirstOrDefault(b => b is not null) is { } inner)
                return inner;
        }

        return new[] { node["items"] }.Concat(node["anyOf"] as JsonArray ?? []).Concat((node["$defs"] as JsonObject ?? []).Select(d => d.Value))
            .Select(part => Breach(part, at)).FirstOrDefault(b => b is not null);
    }
}
