using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Api;

/// <summary>An answer of GitHub, read to its end.</summary>
/// <param name="Body">Its JSON; undefined when it has none.</param>
internal sealed record Reply(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public int Code => (int)Status;

    /// <summary>What GitHub says of a refusal, on one line and cut short; empty when it says nothing.</summary>
    public string Message =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String
            ? OneLine(text.ToString())
            : "";

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    public Uri? Link(string relation) => Headers.TryGetValues("Link", out var values) ? LinkHeader.Find(values, relation) : null;

    public static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
        return line.Length <= 160 ? line : line[..160] + "…";
    }
}
