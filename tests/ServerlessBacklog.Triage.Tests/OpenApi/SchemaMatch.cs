using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.Triage.Tests.OpenApi;

/// <summary>Compares a body with a schema of the document: types, words of enums, required members; a member that the schema does not know is a fault.</summary>
internal static class SchemaMatch
{
    public static IReadOnlyList<string> Faults(JsonObject document, JsonNode schema, JsonNode? body) => [.. Of(document, schema, body, "$")];

    private static IEnumerable<string> Of(JsonObject document, JsonNode schema, JsonNode? body, string at)
    {
        if (schema["$ref"] is { } reference)
        {
            var name = reference.GetValue<string>().Split('/')[^1];
            return Of(document, document["components"]!["schemas"]![name]!, body, at);
        }

        var kind = body?.GetValueKind();
        return schema["type"]?.GetValue<string>() switch
        {
            "object" => kind == JsonValueKind.Object ? Members(document, schema, body!.AsObject(), at) : [$"{at} is {kind}, no object"],
            "array" => kind == JsonValueKind.Array
                ? body!.AsArray().SelectMany((item, i) => Of(document, schema["items"]!, item, $"{at}[{i}]"))
                : [$"{at} is {kind}, no array"],
            "string" => kind != JsonValueKind.String ? [$"{at} is {kind}, no string"]
                : schema["enum"] is JsonArray words && !words.Any(w => w!.GetValue<string>() == body!.GetValue<string>()) ? [$"{at} is '{body}', which is none of the words"]
                : schema["format"]?.GetValue<string>() == "date-time" && !DateTimeOffset.TryParse(body!.GetValue<string>(), out _) ? [$"{at} is no moment"] : [],
            "integer" => kind == JsonValueKind.Number && body!.GetValue<double>() % 1 == 0 ? [] : [$"{at} is no whole number"],
            "number" => kind == JsonValueKind.Number ? [] : [$"{at} is {kind}, no number"],
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False ? [] : [$"{at} is {kind}, no boolean"],
            var other => [$"{at}: the schema says '{other}'"],
        };
    }

    private static IEnumerable<string> Members(JsonObject document, JsonNode schema, JsonObject body, string at)
    {
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>()).Where(r => !body.ContainsKey(r)))
            yield return $"{at}.{name} is missing";
        foreach (var (name, value) in body)
        {
            var member = schema["properties"]?[name] ?? schema["additionalProperties"];
            if (member is null)
            {
                if (schema["properties"] is not null)
                    yield return $"{at}.{name} is not documented";
                continue;
            }

            foreach (var fault in Of(document, member, value, $"{at}.{name}"))
                yield return fault;
        }
    }
}
