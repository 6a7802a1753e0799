using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

/// <summary>
/// A server that answers as a test scripts it and writes down what it was asked. Scripts that come later go first. What nobody scripted is
/// answered 500, which no test takes for an answer.
/// </summary>
internal sealed class ScriptedAzure : IAsyncDisposable
{
    private readonly List<(string Method, Regex Path, Func<Asked, Reply> Answer)> scripts = [];
    private readonly List<Asked> calls = [];
    private StandInServer server = null!;

    public Uri Address => server.Address;

    public IReadOnlyList<Asked> Calls
    {
        get
        {
            lock (calls)
                return [.. calls];
        }
    }

    public IEnumerable<Asked> Writes => Calls.Where(c => c.Method is "PATCH" or "DELETE" || (c.Method == "POST" && c.Path.EndsWith("/comments", StringComparison.Ordinal)));

    /// <summary>Starts it with a project <c>Web Shop</c> of the organization <c>contoso</c>, of the Agile process.</summary>
    public static async Task<ScriptedAzure> StartAsync()
    {
        var azure = new ScriptedAzure();
        azure.server = await StandInServer.StartAsync(app => app.Run(azure.AnswerAsync));
        azure
            .On("GET", "/contoso/_apis/projects/[^/]+", _ => Reply.Json(new { id = AnItem.ProjectId, name = "Web Shop", url = $"{azure.Address}contoso/_apis/projects/{AnItem.ProjectId}" }))
            .On("GET", "/contoso/_apis/connectionData", _ => Reply.Json(new { authenticatedUser = new { id = "me-id" } }))
            .On("GET", "/contoso/_apis/wit/workitemrelationtypes", _ => Reply.Json(AnItem.RelationTypes()))
            .On("GET", "/contoso/Web Shop/_apis/wit/workitemtypes/[^/]+/states", _ => Reply.Json(AnItem.AgileStates()))
            .On("GET", "/contoso/Web Shop/_apis/wit/workitemtypes/[^/]+/fields", _ => Reply.List([new { referenceName = "Microsoft.VSTS.Scheduling.StoryPoints" }]))
            .On("GET", "/contoso/Web Shop/_apis/wit/recyclebin", _ => Reply.List([]))
            .On("GET", @"/contoso/Web Shop/_apis/wit/workItems/\d+/comments", _ => Reply.Json(new { totalCount = 0, comments = Array.Empty<object>() }))
            .On("GET", @"/contoso/Web Shop/_apis/wit/workItems/\d+/updates", _ => Reply.List([]));
        return azure;
    }

    /// <param name="path">A regular expression over the whole unescaped path, whatever its case.</param>
    public ScriptedAzure On(string method, string path, Func<Asked, Reply> answer)
    {
        scripts.Insert(0, (method, new Regex($"^{path}$", RegexOptions.IgnoreCase), answer));
        return this;
    }

    public AzureDevOpsTracker Tracker(Func<AzureDevOpsOptions, AzureDevOpsOptions>? with = null)
    {
        var options = new AzureDevOpsOptions { BaseUrl = Address, Token = "hush-token" };
        options = with?.Invoke(options) ?? options;
        return new AzureDevOpsTracker(options, new AzureDevOpsCredentials(options), new PlainHttp(), new FakeTimeProvider(An.Instant));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var asked = new Asked(
            context.Request.Method,
            context.Request.Path.Value!,
            context.Request.Query.ToDictionary(q => q.Key, q => $"{q.Value}"),
            await reader.ReadToEndAsync(),
            context.Request.ContentType,
            context.Request.Headers.ToDictionary(h => h.Key, h => $"{h.Value}", StringComparer.OrdinalIgnoreCase));
        lock (calls)
            calls.Add(asked);
        var script = scripts.Find(s => s.Method == asked.Method && s.Path.IsMatch(asked.Path));
        var reply = script.Answer?.Invoke(asked) ?? new Reply(500, "text/plain", $"Nobody scripted {asked.Method} {asked.Path}.");
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.Type;
        if (reply.Location is { } location)
            context.Response.Headers.Location = location;
        await context.Response.WriteAsync(reply.Text);
    }

    private sealed class PlainHttp : ITrackerHttp
    {
        private static readonly SocketsHttpHandler Handler = new();

        public HttpMessageHandler HandlerFor(string account) => Handler;
    }
}

internal sealed record Asked(
    string Method, string Path, Dictionary<string, string> Query, string Body, string? ContentType, Dictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The steps of a patch, one a line: <c>add /fields/System.Tags "a; b"</c>.</summary>
    public string[] Patch =>
        [.. Json.EnumerateArray().Select(o => $"{o.GetProperty("op")} {o.GetProperty("path")}{(o.TryGetProperty("value", out var value) ? $" {value.GetRawText()}" : "")}")];
}

internal sealed record Reply(int Status, string Type, string Text, string? Location = null)
{
    public static Reply Json(object body) => new(200, "application/json; charset=utf-8", JsonSerializer.Serialize(body));

    public static Reply List(IReadOnlyList<object?> value) => Json(new { count = value.Count, value });

    public static Reply Error(int status, string message) =>
        new(status, "application/json; charset=utf-8", JsonSerializer.Serialize(new { message, typeKey = "VssServiceException", errorCode = 0 }));

    public static Reply Page(int status, string? location = null) => new(status, "text/html; charset=utf-8", "<html><body>Sign in to your account</body></html>", location);
}
