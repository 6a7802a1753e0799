using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>There is no GraphQL behind this address: an old or trimmed server.</summary>
internal sealed class NoGraphQlException : Exception;

/// <summary>The query took GitHub too long: a smaller page may do.</summary>
internal sealed class QueryTooLargeException() : HttpRequestException("GitHub took too long to answer a query.");

/// <summary>Asks over GraphQL, where refusals come with HTTP 200 and stand in <c>errors</c>.</summary>
internal static class GraphQlClient
{
    private static readonly string[] Slow = ["timeout", "timed out", "Something went wrong while executing your query"];

    public static async Task<GraphQlAnswer> AskAsync(GitHubConnection connection, string query, object variables, CancellationToken cancellation)
    {
        var reply = await connection.SendAsync(HttpMethod.Post, connection.Address.GraphQl, new { query, variables }, RequestKind.Upkeep, cancellation);
        if (reply.Code == 404)
            throw new NoGraphQlException();
        if (reply.Code is 502 or 504)
            throw new QueryTooLargeException();
        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, "the GraphQL query", connection.Now);
        if (reply.Body.ValueKind != JsonValueKind.Object)
            throw new HttpRequestException("GitHub's answer to a GraphQL query is not an object.");
        var answer = new GraphQlAnswer(Json.ObjectOrNull(reply.Body, "data"), [.. Json.List(reply.Body, "errors").Select(GraphQlError.Of)]);
        return Refusal(answer.Errors, reply, connection.Now) is { } refused ? throw refused : answer;
    }

    /// <summary>What no part of the answer makes up for.</summary>
    private static Exception? Refusal(IReadOnlyList<GraphQlError> errors, Reply reply, DateTimeOffset now)
    {
        foreach (var error in errors)
        {
            if (error.Type is "RATE_LIMITED" or "RATE_LIMIT" || error.Message.Contains("rate limit", StringComparison.OrdinalIgnoreCase))
                return new BudgetExhaustedException("GitHub's limit for GraphQL is used up for now.") { Until = Reset(reply, now) };
            if (error.IsSingleSignOn)
                return GitHubErrors.SingleSignOn();
            if (error.Type == "INSUFFICIENT_SCOPES")
                return new UserErrorException($"The token lacks a scope that GitHub asks for ({Reply.OneLine(error.Message)}). Give it repo, or public_repo for public repositories.");
            if (Slow.Any(s => error.Message.Contains(s, StringComparison.OrdinalIgnoreCase)))
                return new QueryTooLargeException();
        }

        return null;
    }

    private static DateTimeOffset Reset(Reply reply, DateTimeOffset now) =>
        long.TryParse(reply.Header("X-RateLimit-Reset"), out var seconds) && seconds > now.ToUnixTimeSeconds() && seconds < now.AddDays(1).ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : now.AddMinutes(1);
}

/// <param name="Data">Null when the query was not run.</param>
internal sealed record GraphQlAnswer(JsonElement? Data, IReadOnlyList<GraphQlError> Errors);

/// <param name="Type">GitHub's word for what went wrong while running: <c>NOT_FOUND</c>, <c>FORBIDDEN</c>; null when the query is not valid.</param>
/// <param name="Path">Where, by member names: <c>repository/issue</c>; empty when it is nowhere.</param>
internal sealed record GraphQlError(string? Type, string Message, string Path, bool IsSingleSignOn)
{
    public static GraphQlError Of(JsonElement error)
    {
        var path = string.Join('/', Json.List(error, "path").Select(p => p.ToString()));
        var message = Json.TextOrNull(error, "message") ?? "";
        var isSso = message.Contains("SAML", StringComparison.Ordinal)
            || (Json.ObjectOrNull(error, "extensions") is { } more && Json.IsTrue(more, "saml_failure"));
        return new GraphQlError(Json.Find(error, "type") is { ValueKind: JsonValueKind.String } type ? type.GetString() : null, message, path, isSso);
    }
}
