using Microsoft.Azure.Functions.Worker.Http;

namespace ServerlessBacklog.Functions;

internal static class Headers
{
    /// <summary>A header by name, whatever its case; null when it is not there.</summary>
    public static string? HeaderOf(this HttpRequestData call, string name) => call.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
