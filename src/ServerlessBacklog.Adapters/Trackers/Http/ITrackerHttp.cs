namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>Gives trackers their way to the network. What passes through it keeps the rules of its host: budgets, pauses, the write stop.</summary>
public interface ITrackerHttp
{
    /// <summary>
    /// The handler for all requests in the name of one account; safe to use from several threads, disposing it does nothing. It waits for a
    /// turn, so that a client over it sets no time-out of its own (<see cref="Timeout.InfiniteTimeSpan"/>). It follows no redirect: a caller
    /// that wants to sends the request to the new address, which then counts like any other.
    /// </summary>
    /// <param name="account">
    /// Names what the host counts by, without telling a secret: <c>installation:42</c>, <c>token:3f9a…</c> (a digest), <c>anonymous</c>.
    /// </param>
    HttpMessageHandler HandlerFor(string account);
}

/// <summary>What a request does, as far as budgets care.</summary>
public enum RequestKind
{
    Read,

    /// <summary>Creates or changes content that people see. Kept apart by a second or more, capped per minute and hour, held by the write stop.</summary>
    Write,

    /// <summary>A POST that changes no content: a token, a query, a redelivery.</summary>
    Upkeep,
}

public static class RequestKinds
{
    private static readonly HttpRequestOptionsKey<RequestKind> Key = new("ServerlessBacklog.RequestKind");

    /// <summary>Says what a request does where its method does not tell.</summary>
    public static HttpRequestMessage As(this HttpRequestMessage request, RequestKind kind)
    {
        request.Options.Set(Key, kind);
        return request;
    }

    /// <summary>As told by <see cref="As"/>; else GET and HEAD read, and POST to a GraphQL address or for a token is upkeep; all others write.</summary>
    public static RequestKind Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out var kind) ? kind
        : request.Method == HttpMethod.Get || request.Method == HttpMethod.Head ? RequestKind.Read
        : request.Method == HttpMethod.Post && IsUpkeep(request.RequestUri?.AbsolutePath ?? "") ? RequestKind.Upkeep
        : RequestKind.Write;

    public static bool IsGraphQl(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post && request.RequestUri is { } address && address.AbsolutePath.EndsWith("/graphql", StringComparison.OrdinalIgnoreCase);

    /// <summary>As <see cref="Of"/>, and a GraphQL mutation writes whatever it is called: the write stop must not be passed by a word.</summary>
    internal static async Task<RequestKind> ReadAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        IsGraphQl(request) && request.Content is { } content && GraphQlText.MayChange(await content.ReadAsByteArrayAsync(cancellation))
            ? RequestKind.Write
            : Of(request);

    private static bool IsUpkeep(string path) =>
        path.EndsWith("/graphql", StringComparison.Ordinal)
        || path.EndsWith("/access_tokens", StringComparison.Ordinal)
        || path.EndsWith("/attempts", StringComparison.Ordinal);
}
