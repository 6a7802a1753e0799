using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

/// <summary>A server over real HTTP that answers what a test tells it to, and remembers what it was asked. Anything else is a 418.</summary>
internal sealed class ScriptedGitHub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<Call, Answer>> answers = new();
    private readonly ConcurrentQueue<Call> calls = new();
    private StandInServer server = null!;

    public Uri Address => server.Address;

    public string Base => Address.ToString().TrimEnd('/');

    public IReadOnlyList<Call> Calls => [.. calls];

    public IReadOnlyList<string> Asked => [.. calls.Select(c => $"{c.Method} {c.Path}")];

    /// <summary>What would change content, and what would not be answered.</summary>
    public IReadOnlyList<Call> Writes => [.. calls.Where(c => c.Method != "GET" && c.Path is not "/graphql" && !c.Path.EndsWith("/access_tokens", StringComparison.Ordinal))];

    public static async Task<ScriptedGitHub> StartAsync()
    {
        var scripted = new ScriptedGitHub();
        scripted.server = await StandInServer.StartAsync(app => app.Run(scripted.AnswerAsync));
        return scripted;
    }

    /// <param name="call">Method and path: <c>GET /repos/o/r</c>.</param>
    public ScriptedGitHub On(string call, Func<Call, Answer> answer)
    {
        answers[call] = answer;
        return this;
    }

    public ScriptedGitHub On(string call, object body, int status = 200) => On(call, _ => new Answer(status, body));

    public GitHubOptions Options => new() { ApiBaseUrl = Base, Token = "t0ken" };

    public GitHubTracker Tracker(GitHubOptions? options = null, TimeProvider? time = null) =>
        new(options ?? Options, new PlainHttp(), time ?? TimeProvider.System);

    /// <summary>A tracker whose way to the network lets no write pass.</summary>
    public GitHubTracker Stopped() => new(Options, new StoppedHttp(), TimeProvider.System);

    public GitHubTracker Anonymous() => Tracker(Options with { Token = null });

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = context.Request;
        var call = new Call(request.Method, request.Path.Value!, request.QueryString.ToString(), request.Headers.Authorization.ToString(), await reader.ReadToEndAsync())
        {
            Target = context.Features.Get<IHttpRequestFeature>()!.RawTarget,
        };
        calls.Enqueue(call);
        var answer = answers.TryGetValue($"{call.Method} {call.Path}", out var script) ? script(call) : new Answer(418, new { message = $"no script for {call.Method} {call.Path}" });
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        if (answer.Body is null)
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.Body as string ?? JsonSerializer.Serialize(answer.Body));
    }

    private sealed class PlainHttp : ITrackerHttp
    {
        public HttpMessageHandler HandlerFor(string account) => new SocketsHttpHandler { AllowAutoRedirect = false };
    }

    private sealed class StoppedHttp : ITrackerHttp
    {
        public HttpMessageHandler HandlerFor(string account) => new Stop { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } };

        private sealed class Stop : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                RequestKinds.Of(request) == RequestKind.Write ? throw new WritesStoppedException() : base.SendAsync(request, cancellationToken);
        }
    }
}

internal sealed record Call(string Method, string Path, string Query, string Authorization, string Body)
{
    /// <summary>Path and query as they were sent.</summary>
    public string Target { get; init; } = "";

    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <param name="Body">An object to serialize, or JSON text; null for none.</param>
internal sealed record Answer(int Status, object? Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public static Answer Of(object body, string? link = null) => new(200, body) { Headers = link is null ? [] : new() { ["Link"] = link } };
}
