using System.Text.Json;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions;

/// <summary>
/// What travels through Durable Functions: JSON as <see cref="WorkflowJson"/> wrote it, checked for length, neither written nor read a
/// second time by Durable's own converter.
/// </summary>
internal static class Payload
{
    public static JsonElement Of<T>(T value, string what, int limit = WorkflowJson.MaxPayload) => JsonElement.Parse(WorkflowJson.Write(value, what, limit));

    /// <summary>The JSON itself; a payload that is absent reads as null.</summary>
    public static string Text(this JsonElement payload) => payload.ValueKind == JsonValueKind.Undefined ? "null" : payload.GetRawText();
}
