using System.Net;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>
/// Asks whether an answer has changed since it came last: GitHub does not count a "not modified"
/// (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api). Only in the name of an account, because
/// otherwise it does count. What the caller gets is the whole answer either way.
/// </summary>
internal sealed class ConditionalHandler(string account, AnswerCache cache) : DelegatingHandler
{
    private const string IfNoneMatch = "If-None-Match";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsAsked(request))
            return await base.SendAsync(request, cancellationToken);

        var key = $"{account}\n{request.RequestUri!.AbsoluteUri}\n{request.Headers.Accept}";
        var kept = cache.Find(key);
        if (kept is not null)
            request.Headers.TryAddWithoutValidation(IfNoneMatch, kept.ETag);
        var response = await base.SendAsync(request, cancellationToken);
        request.Headers.Remove(IfNoneMatch);

        if (response.StatusCode == HttpStatusCode.NotModified && kept is not null)
        {
            using (response)
                return kept.AnswerFor(request, response);
        }

        if (response.StatusCode == HttpStatusCode.OK && response.Headers.ETag is not null && IsJson(response))
            cache.Keep(key, await KeptAnswer.OfAsync(response, cancellationToken));
        return response;
    }

    /// <summary>The handler belongs to <see cref="PoliteHttp"/>: clients come and go over it.</summary>
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);

    private static bool IsAsked(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        && request.Headers.Authorization is not null
        && request.Headers.Range is null
        && !request.Headers.Contains(IfNoneMatch)
        && !request.Headers.Contains("If-Modified-Since");

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.OrdinalIgnoreCase);
}
