using System.Text.Json;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Api;

/// <summary>An answer or a payload that is not made as GitHub documents it.</summary>
internal sealed class ShapeException(string message) : Exception(message);

/// <summary>
/// Reads members of JSON objects. One that is missing or null is either allowed or not; one of another type, or text that is no Unicode,
/// is always a <see cref="ShapeException"/>.
/// </summary>
internal static class Json
{
    public static JsonElement? Find(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new ShapeException($"an object with '{name}' was expected");
        return value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    public static JsonElement? ObjectOrNull(JsonElement value, string name) => Find(value, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } member => member,
        _ => throw new ShapeException($"'{name}' is not an object"),
    };

    public static JsonElement Object(JsonElement value, string name) =>
        ObjectOrNull(value, name) ?? throw new ShapeException($"'{name}' is missing");

    /// <summary>The members of a list; empty when it is missing.</summary>
    public static IEnumerable<JsonElement> List(JsonElement value, string name) => Find(value, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } member => member.EnumerateArray(),
        _ => throw new ShapeException($"'{name}' is not a list"),
    };

    public static string? TextOrNull(JsonElement value, string name)
    {
        if (Find(value, name) is not { } member)
            return null;
        if (member.ValueKind != JsonValueKind.String)
            throw new ShapeException($"'{name}' is not text");
        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new ShapeException($"'{name}' is not Unicode");
        }
    }

    public static string Text(JsonElement value, string name) =>
        TextOrNull(value, name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw new ShapeException($"'{name}' is missing");

    public static long? LongOrNull(JsonElement value, string name) => Find(value, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } member when member.TryGetInt64(out var number) => number,
        _ => throw new ShapeException($"'{name}' is not a whole number"),
    };

    public static long Long(JsonElement value, string name) => LongOrNull(value, name) ?? throw new ShapeException($"'{name}' is missing");

    public static bool IsTrue(JsonElement value, string name) => Find(value, name) is { ValueKind: JsonValueKind.True };

    public static DateTimeOffset? TimeOrNull(JsonElement value, string name) => TextOrNull(value, name) switch
    {
        null => null,
        _ when Find(value, name)!.Value.TryGetDateTimeOffset(out var at) => at.ToUniversalTime(),
        _ => throw new ShapeException($"'{name}' is not a point in time"),
    };

    public static DateTimeOffset Time(JsonElement value, string name) => TimeOrNull(value, name) ?? throw new ShapeException($"'{name}' is missing");
}
