using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ServerlessBacklog.Triage.Models;

/// <summary>Reads an answer into its type: strictly. A member too many, one too few, a null or a number out of place, and there is no answer.</summary>
public static class AnswerJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        MaxDepth = 16,
    };

    /// <param name="restore">Puts back what placeholders stand for.</param>
    /// <param name="fault">What is wrong, without a word of the answer.</param>
    public static T? Read<T>(string text, Func<string, string> restore, out string? fault)
        where T : class
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            fault = null;
            if (Restored(node, restore)?.Deserialize<T>(Options) is { } answer)
                return answer;
            fault = "it is null";
        }
        catch (JsonException wrong)
        {
            fault = wrong.Path is { Length: > 0 } path ? $"it does not fit the schema at {path}" : "it is not one JSON object";
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
        {
            fault = "it is not one JSON object of the schema";
        }

        return null;
    }

    private static JsonNode? Restored(JsonNode? node, Func<string, string> restore)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Restored(m.Value, restore))));
            case JsonArray items:
                return new JsonArray([.. items.Select(i => Restored(i, restore))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return restore(value.GetValue<string>());
            default:
                return node?.DeepClone();
        }
    }
}
