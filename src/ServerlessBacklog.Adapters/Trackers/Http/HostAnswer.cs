using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>What an answer tells of the host's limits, GitHub's and Azure DevOps' words alike.</summary>
internal sealed record HostAnswer
{
    /// <summary>No answer came, or none that was read.</summary>
    public static HostAnswer None { get; } = new();

    public bool IsKnown { get; private init; }

    /// <summary>The request was not carried out, because there were too many.</summary>
    public bool IsRefused { get; private init; }

    /// <summary>Nothing is left of the host's hour.</summary>
    public bool IsUsedUp => Limit is { Left: <= 0 };

    /// <summary>"Not modified", asked for in the name of an account: GitHub does not count it.</summary>
    public bool IsFree { get; private init; }

    /// <summary>The host asks for a pause of so long.</summary>
    public TimeSpan? Wait { get; private init; }

    public HostLimit? Limit { get; private init; }

    /// <summary>The counter that <see cref="Limit"/> belongs to; null when it is not told.</summary>
    public string? Resource { get; private init; }

    /// <summary>A longer pause is not believed: a garbled header must not stop everything for years.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>What GitHub and Azure DevOps say when 403 means "too many" and not "no right".</summary>
    private static readonly string[] RefusalWords = ["rate limit", "abuse detection", "too many requests", "TF400733"];

    /// <param name="response">With its content in memory.</param>
    public static async Task<HostAnswer> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, DateTimeOffset now)
    {
        var resource = Text(response, "x-ratelimit-resource");
        var delay = Number(response, "x-ratelimit-delay");
        var isCounted = delay is null && resource is null or { Length: <= 40 } && (resource is null || resource.All(c => char.IsAsciiLetterLower(c) || c == '_'));
        var left = Number(response, "x-ratelimit-remaining");
        var resetIn = ResetIn(response, now);
        var limit = isCounted && left is not null && resetIn is not null
            ? new HostLimit(
                (int)Math.Clamp(Number(response, "x-ratelimit-limit") ?? left.Value, 0, int.MaxValue),
                (int)Math.Clamp(left.Value, 0, int.MaxValue),
                (long)Number(response, "x-ratelimit-reset")!.Value,
                now + resetIn.Value)
            : null;
        return new HostAnswer
        {
            IsKnown = true,
            IsRefused = await IsRefusalAsync(request, response, left),
            IsFree = response.StatusCode == HttpStatusCode.NotModified && request.Headers.Authorization is not null,
            Wait = RetryAfter(response, now)
                ?? (delay > 0 ? Seconds(delay.Value) : null)
                ?? (!isCounted && left <= 0 ? resetIn : null),
            Limit = limit,
            Resource = resource,
        };
    }

    private static async Task<bool> IsRefusalAsync(HttpRequestMessage request, HttpResponseMessage response, double? left) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.Forbidden => response.Headers.Contains("Retry-After") || left <= 0 || SaysRefused(await response.Content.ReadAsByteArrayAsync()),
        HttpStatusCode.OK => left <= 0 && RequestKinds.IsGraphQl(request) && GraphQlText.IsRateLimited(await response.Content.ReadAsByteArrayAsync()),
        _ => false,
    };

    /// <summary>Only the host's own words count, not what people wrote and the answer quotes.</summary>
    private static bool SaysRefused(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
                && RefusalWords.Any(word => message.GetString()!.Contains(word, StringComparison.OrdinalIgnoreCase));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        if (Text(response, "Retry-After") is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return seconds > 0 ? Seconds(seconds) : null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return date > HostNow(response, now) ? Bounded(date - HostNow(response, now) + Second) : null;
        return TimeSpan.FromMinutes(1);
    }

    /// <summary>Measured by the host's clock where it tells the time, because ours may differ; a second more, because its figures are whole seconds.</summary>
    private static TimeSpan? ResetIn(HttpResponseMessage response, DateTimeOffset now) =>
        Number(response, "x-ratelimit-reset") is { } reset and > 0 and < 253_402_300_799
            ? Bounded(DateTimeOffset.FromUnixTimeSeconds((long)reset) - HostNow(response, now) + Second)
            : null;

    private static DateTimeOffset HostNow(HttpResponseMessage response, DateTimeOffset now) => response.Headers.Date ?? now;

    private static TimeSpan? Seconds(double seconds) => Bounded(TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds)));

    private static TimeSpan Bounded(TimeSpan wait) => wait < Second ? Second : wait > LongestWait ? LongestWait : wait;

    private static string? Text(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault()?.Trim() : null;

    private static double? Number(HttpResponseMessage response, string header) =>
        double.TryParse(Text(response, header), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
