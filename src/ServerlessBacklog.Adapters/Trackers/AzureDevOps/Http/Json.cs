using System.Globalization;
using System.Text.Json;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

/// <summary>Reads what is there and takes whatever else for absent: payloads differ by version, and half of them by field.</summary>
internal static class Json
{
    /// <summary>A member of an object; null when there is none or it is null.</summary>
    public static JsonElement? Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part)
        && part.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? part
            : null;

    /// <summary>Text, number or truth value as text; null for anything else and for empty text.</summary>
    public static string? Text(this JsonElement element, string name) => element.Part(name) is { } part ? AsText(part) : null;

    public static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => String(value) is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => Number(value),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>A whole number, written as one or as text.</summary>
    public static int? Int(this JsonElement element, string name) =>
        element.Text(name) is { } text && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static double? Double(this JsonElement element, string name) =>
        element.Text(name) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A moment, in UTC. Azure DevOps writes the year 1 for never and the year 9999 for not yet: both are null.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Text(name) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        && at.Year is > 1900 and < 9000
            ? at
            : null;

    /// <summary>The elements of a list; none when it is no list.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement element, string name) =>
        element.Part(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Half a surrogate pair, written as an escape, passes the parser and not the reader.</summary>
    private static string? String(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A number without a needless fraction: <c>2</c> for 2.0.</summary>
    private static string Number(JsonElement value) =>
        value.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture)
        : value.TryGetDouble(out var number) ? number.ToString("R", CultureInfo.InvariantCulture)
        : value.GetRawText();
}
