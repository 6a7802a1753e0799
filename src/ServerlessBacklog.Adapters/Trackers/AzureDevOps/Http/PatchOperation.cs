using System.Text.Json.Serialization;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

/// <summary>One step of a JSON Patch (RFC 6902).</summary>
/// <param name="Value">Left out for <c>remove</c>.</param>
internal sealed record PatchOperation(
    [property: JsonPropertyName("op")] string Op,
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Value = null)
{
    /// <summary>Refuses the whole patch when the item is not at this revision any more.</summary>
    public static PatchOperation TestRevision(int revision) => new("test", "/rev", revision);

    public static PatchOperation SetField(string field, object value) => new("add", $"/fields/{field}", value);
}
