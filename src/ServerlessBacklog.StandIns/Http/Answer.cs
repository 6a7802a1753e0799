using System.Text.Json.Nodes;

namespace ServerlessBacklog.StandIns.Http;

/// <summary>What a stand-in answers.</summary>
internal sealed record Answer(int Status, JsonNode? Body = null)
{
    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Text in place of JSON.</summary>
    public string? Text { get; init; }

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public static Answer Ok(JsonNode? body) => new(200, body);

    public static Answer Created(JsonNode? body) => new(201, body);

    public static Answer Nothing => new(204);

    public Answer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}

/// <summary>Ends the handling of a request with an answer.</summary>
#pragma warning disable CA1032, CA1064 // It never leaves this assembly, and without an answer it would mean nothing.
internal sealed class RefusedException(Answer answer) : Exception
#pragma warning restore CA1032, CA1064
{
    public Answer Answer { get; } = answer;
}
