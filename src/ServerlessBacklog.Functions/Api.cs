using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Adapters.SignIn;

namespace ServerlessBacklog.Functions;

/// <summary>What comes in over HTTP: below api/ with a key of the function app, webhooks that prove where they come from, and pages for whoever has signed in.</summary>
public sealed class Api(FrontDoor door)
{
    // The host takes the first route that fits, in an order that nobody promises: so no two of them fit the same path.
    private const string ApiRoute = "api/{*path:regex(^(?!health$))}";
    private const string StartRoute = "{root:regex(^$)?}";
    private const string PagesRoute = "{*path:regex(^(?!(api|hooks|admin|runtime)(/|$)))}";

    [Function("Health")]
    public Task<HttpResponseData> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(call, durable, isKeyed: false);

    [Function("Api")]
    public Task<HttpResponseData> Keyed([HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = ApiRoute)] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(call, durable, isKeyed: true);

    [Function("Hook")]
    public Task<HttpResponseData> Hook([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "hooks/{*path}")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(call, durable, isKeyed: false);

    [Function("Start")]
    public Task<HttpResponseData> Start([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = StartRoute)] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(call, durable, isKeyed: false);

    [Function("Pages")]
    public Task<HttpResponseData> Pages([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = PagesRoute)] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(call, durable, isKeyed: false);

    private async Task<HttpResponseData> HandleAsync(HttpRequestData call, DurableTaskClient durable, bool isKeyed)
    {
        var answer = await door.AnswerAsync(new FrontCall(call.Method, call.Url, Header, call.Body, new DurableClient(durable)), isKeyed);
        var response = call.CreateResponse();
        response.StatusCode = (HttpStatusCode)answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers.Add(name, value);
        await response.Body.WriteAsync(answer.Body);
        return response;

        string? Header(string name) => call.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
    }
}
