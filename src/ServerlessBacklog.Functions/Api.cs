using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Functions;

/// <summary>One function for each line of the list of routes.</summary>
public sealed class Api(Requests requests)
{
    [Function("Health")]
    public Task<HttpResponseData> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Health, call, durable);

    [Function("Status")]
    public Task<HttpResponseData> Status([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/status/{*backlog}")] HttpRequestData call, [DurableClient] DurableTaskClient durable, string backlog) =>
        HandleAsync(Routes.Status, call, durable, backlog);

    [Function("StartSweep")]
    public Task<HttpResponseData> StartSweep([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/sweep")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Sweep, call, durable);

    [Function("StartTriage")]
    public Task<HttpResponseData> StartTriage([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/triage")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Triage, call, durable);

    [Function("AnswerAsk")]
    public Task<HttpResponseData> AnswerAsk([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/answer")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Answer, call, durable);

    [Function("Review")]
    public Task<HttpResponseData> Review([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/review/{*backlog}")] HttpRequestData call, [DurableClient] DurableTaskClient durable, string backlog) =>
        HandleAsync(Routes.Review, call, durable, backlog);

    [Function("Doctor")]
    public Task<HttpResponseData> Doctor([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/doctor")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Doctor, call, durable);

    [Function("Chat")]
    public Task<HttpResponseData> Chat([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/chat")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Chat, call, durable);

    [Function("OpenApi")]
    public Task<HttpResponseData> OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.OpenApi, call, durable);

    [Function("Hook")]
    public Task<HttpResponseData> Hook([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hooks/{tracker}")] HttpRequestData call, [DurableClient] DurableTaskClient durable, string tracker) =>
        HandleAsync(Routes.Hook, call, durable, tracker);

    [Function("Slack")]
    public Task<HttpResponseData> Slack([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hooks/slack")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Slack, call, durable);

    [Function("UnsubscribePage")]
    public Task<HttpResponseData> UnsubscribePage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hooks/unsubscribe")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.UnsubscribePage, call, durable);

    [Function("Unsubscribe")]
    public Task<HttpResponseData> Unsubscribe([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hooks/unsubscribe")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Unsubscribe, call, durable);

    // A caller that hangs up must not cut a call in two, so no token is passed on.
    private async Task<HttpResponseData> HandleAsync(Route route, HttpRequestData call, DurableTaskClient durable, string? segment = null)
    {
        var reply = await Call.ReadBodyAsync(call.Body, null, route.MaxBody, CancellationToken.None) is { } body
            ? await requests.HandleAsync(route, new Call(Parameter, body, new DurableClient(durable), CancellationToken.None) { Header = Header })
            : route.TooLong();
        var response = call.CreateResponse();
        response.StatusCode = (HttpStatusCode)reply.Status;
        response.Headers.Add("Content-Type", reply.ContentType);
        await response.Body.WriteAsync(reply.ToBytes());
        return response;

        string? Header(string name) => call.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

        string? Parameter(string name) => segment is not null && route.Template.Contains($"{name}}}", StringComparison.Ordinal) ? segment : call.Query[name];
    }
}
