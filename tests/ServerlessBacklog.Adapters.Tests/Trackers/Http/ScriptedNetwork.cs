using System.Net;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http;

/// <summary>Answers requests in the order of a script, and with an empty 200 when that is at its end. Keeps what came.</summary>
internal sealed class ScriptedNetwork(TimeProvider time) : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage>> script = new();

    public List<(DateTimeOffset At, HttpMethod Method, string Address, string? IfNoneMatch)> Sent { get; } = [];

    public ScriptedNetwork Then(int status, params (string Name, string Value)[] headers) => Then(status, "{}", headers);

    public ScriptedNetwork Then(int status, string body, params (string Name, string Value)[] headers)
    {
        script.Enqueue(_ => Response(status, body, headers));
        return this;
    }

    public ScriptedNetwork ThenFault()
    {
        script.Enqueue(_ => throw new HttpRequestException("connection reset"));
        return this;
    }

    public static HttpResponseMessage Response(int status, string body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, null, "application/json") };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add((time.GetUtcNow(), request.Method, request.RequestUri!.AbsoluteUri, request.Headers.IfNoneMatch.FirstOrDefault()?.ToString()));
        return Task.FromResult(script.TryDequeue(out var answer) ? answer(request) : Response(200, "{}"));
    }
}
