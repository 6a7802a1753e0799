using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Functions;

/// <summary>Every line of the list of routes: those below api/ ask for a key of the function app, webhooks prove by themselves where they come from.</summary>
public sealed class Api(Requests requests)
{
    [Function("Health")]
    public Task<HttpResponseData> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(call, durable);

    [Function("Api")]
    public Task<HttpResponseData> Any([HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "api/{*path}")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(call, durable);

    [Function("Hook")]
    public Task<HttpResponseData> Hook([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "hooks/{*path}")] HttpRequestData call, [DurableClient] DurableTaskClient durable) =>
        HandleAsync(call, durable);

    // A caller that hangs up must not cut a call in two, so no token is passed on.
    private async Task<HttpResponseData> HandleAsync(HttpRequestData call, DurableTaskClient durable)
    {
        var found = RouteMatch.Of(call.Method, call.Url.AbsolutePath, Routes.All);
        var reply = found.Route is not { } route ? found.Refusal()
            : await Call.ReadBodyAsync(call.Body, null, route.MaxBody, CancellationToken.None) is not { } body ? route.TooLong()
            : await requests.HandleAsync(route, new Call(n => found.Values.GetValueOrDefault(n) ?? call.Query[n], body, new DurableClient(durable), CancellationToken.None) { Header = call.HeaderOf });
        var response = call.CreateResponse();
        response.StatusCode = (HttpStatusCode)reply.Status;
        response.Headers.Add("Content-Type", reply.ContentType);
        await response.Body.WriteAsync(reply.ToBytes());
        return response;
    }
}
