using System.Globalization;

namespace ServerlessBacklog.Adapters.Trackers.Files.Words;

/// <summary>
/// Reads points in time. A time without a zone counts as UTC. Years outside <see cref="FirstYear"/> … <see cref="LastYear"/> are
/// placeholders of trackers (0001, 9999), not dates.
/// </summary>
internal static class ItemTimes
{
    public const int FirstYear = 1970;
    public const int LastYear = 2100;

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    /// <summary>Reads ISO 8601 and its near kin: <c>2024-02-01</c>, <c>2024-02-01T15:04:05+01:00</c>, <c>2024-02-01 15:04:05 UTC</c>.</summary>
    public static DateTimeOffset? ReadIso(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.EndsWith(" UTC", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[..^4];
        return trimmed.Length >= 8 && trimmed[4] is '-' or '/'
            && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, Utc, out var at)
            ? at
            : null;
    }

    public static DateTimeOffset? ReadExact(string text, params string[] formats) =>
        DateTimeOffset.TryParseExact(text.Trim(), formats, CultureInfo.InvariantCulture, Utc, out var at) ? at : null;

    public static bool IsPlausible(DateTimeOffset at) => at.Year is >= FirstYear and <= LastYear;
}
