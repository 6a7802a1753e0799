using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>JSON of messages: short, and letters of all scripts as they are.</summary>
internal static class MessageJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Text(JsonNode node) => node.ToJsonString(Options);

    public static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];
}
