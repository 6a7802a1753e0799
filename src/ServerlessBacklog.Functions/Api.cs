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
    public Task<HttpResponseData> Health(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Health, call, durable);

    [Function("Status")]
    public Task<HttpResponseData> Status(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/status/{*backlog}")] HttpRequestData call, [DurableClient] DurableTaskClient durable, string backlog) =>
        HandleAsync(Routes.Status, call, durable, backlog);

    [Function("StartSweep")]
    public Task<HttpResponseData> StartSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/sweep")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Sweep, call, durable);

    [Function("StartTriage")]
    public Task<HttpResponseData> StartTriage(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/triage")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Triage, call, durable);

    [Function("AnswerAsk")]
    public Task<HttpResponseData> AnswerAsk(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/answer")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(Routes.Answer, call, durable);

    // A caller that hangs up must not cut a call in two, so no token is passed on.
    private async Task<HttpResponseData> HandleAsync(Route route, HttpRequestData call, DurableTaskClient durable, string? backlog = null)
    {
        var reply = await Call.ReadBodyAsync(call.Body, CancellationToken.None) is { } body
            ? await requests.HandleAsync(route, new Call(Parameter, body, new DurableClient(durable), CancellationToken.None))
            : Reply.Error(413, $"A body has at most {Call.MaxBody:N0} bytes.");
        var response = call.CreateResponse();
        response.StatusCode = (HttpStatusCode)reply.Status;
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        await response.Body.WriteAsync(reply.ToJson());
        return response;

        string? Parameter(string name) => name == nameof(backlog) && backlog is not null ? backlog : call.Query[name];
    }
}
