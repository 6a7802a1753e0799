using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>What a service says when it refuses. Its words are judged here and go no further: they may repeat what was asked.</summary>
internal sealed record ServiceError(int Status, string Code, string Parameter, string Words)
{
    public TimeSpan? RetryAfter { get; private init; }

    public static ServiceError Of(ClientResultException refusal, DateTimeOffset now)
    {
        var response = refusal.GetRawResponse();
        var error = Parse(response);
        return new ServiceError(refusal.Status, Text(error, "code") is { Length: > 0 } code ? code : Text(error, "type"), Text(error, "param"), Text(error, "message"))
        {
            RetryAfter = Wait(response, now),
        };
    }

    public bool Says(params string[] words) => words.Any(w => Words.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when it refuses a parameter of the request, which might be left out.</summary>
    public bool Refuses(string parameter) =>
        Status is 400 or 422
        && (Parameter == parameter ? Code is "unsupported_parameter" or "unsupported_value" || Says("unsupported", "not support") : Says("unrecognized request argument") && Says(parameter));

    private static JsonObject? Parse(PipelineResponse? response)
    {
        try
        {
            var body = JsonNode.Parse(response?.Content.ToString() ?? "");
            return body?["error"] as JsonObject ?? (body?["error"] is JsonValue text ? new JsonObject { ["message"] = text.ToString() } : body as JsonObject);
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonObject? error, string name) => error?[name] is JsonValue value ? value.ToString() : "";

    /// <summary>In milliseconds as Azure says it, in seconds, or as a date.</summary>
    private static TimeSpan? Wait(PipelineResponse? response, DateTimeOffset now)
    {
        if (response is null)
            return null;
        if (response.Headers.TryGetValue("retry-after-ms", out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
            return Bounded(milliseconds / 1000);
        if (!response.Headers.TryGetValue("Retry-After", out text))
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return Bounded(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Bounded((at - now).TotalSeconds) : null;
    }

    private static TimeSpan? Bounded(double seconds) => double.IsNaN(seconds) ? null : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(1).TotalSeconds));
}
