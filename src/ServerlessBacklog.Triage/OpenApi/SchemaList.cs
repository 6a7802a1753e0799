using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Triage.OpenApi;

/// <summary>JSON schemas of the types that are sent and answered, as <see cref="Reply"/> writes them: a member that may be null is left out, all others are there.</summary>
internal sealed class SchemaList
{
    private static readonly JsonSerializerOptions Sent = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), RespectNullableAnnotations = true };

    private static readonly JsonSerializerOptions Answered = new(Reply.Json) { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), RespectNullableAnnotations = true };

    private static readonly JsonSchemaExporterOptions Exported = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Mended };

    private readonly SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);

    /// <summary>A reference to the schema of a type, which is put among the components.</summary>
    public JsonObject Of(Type type)
    {
        if (!schemas.ContainsKey(type.Name))
        {
            var isSent = type == typeof(Requests.GivenAnswer) || type == typeof(Questions.ChatCall);
            var schema = (isSent ? Sent : Answered).GetJsonSchemaAsNode(type, Exported);
            WithoutNulls(schema);
            schemas[type.Name] = schema;
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    public JsonObject ToJson() => new(schemas.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value)));

    /// <summary>What types with a form of their own look like.</summary>
    private static JsonNode Mended(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(WorkItemRef))
            return new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = "An item, as tracker:project#number." };
        if (type.IsEnum && schema is JsonObject words && words["enum"] is JsonArray values)
        {
            var isNullable = Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null;
            return new JsonObject
            {
                ["type"] = isNullable ? new JsonArray("string", "null") : "string",
                ["enum"] = new JsonArray([.. values.Where(v => v is not null).Select(v => v!.DeepClone())]),
            };
        }

        return schema;
    }

    /// <summary>Null is never written: such a member is not required instead.</summary>
    private static void WithoutNulls(JsonNode? node)
    {
        if (node is not JsonObject schema)
            return;
        if (schema["properties"] is JsonObject properties)
        {
            var required = new JsonArray([.. properties.Where(p => !IsNullable(p.Value)).Select(p => (JsonNode)p.Key)]);
            schema.Remove("required");
            if (required.Count > 0)
                schema["required"] = required;
            foreach (var (_, member) in properties)
                WithoutNulls(member);
        }

        WithoutNulls(schema["items"]);
        WithoutNulls(schema["additionalProperties"]);
        if (schema["type"] is JsonArray types)
            schema["type"] = types.Select(t => t!.GetValue<string>()).First(t => t != "null");
        schema.Remove("default");
    }

    private static bool IsNullable(JsonNode? schema) => schema is JsonObject o && o["type"] is JsonArray types && types.Any(t => t?.GetValue<string>() == "null");
}
