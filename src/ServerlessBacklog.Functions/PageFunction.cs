using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Adapters.SignIn;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Functions;

/// <summary>Every other address is a page, for whoever App Service says has signed in.</summary>
public sealed class PageFunction(PageDesk desk, PageSignIn signIn)
{
    [Function("Pages")]
    public async Task<HttpResponseData> Pages([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "{*path}")] HttpRequestData call, [DurableClient] DurableTaskClient durable)
    {
        var reply = await Call.ReadBodyAsync(call.Body, null, PageCall.MaxBody, CancellationToken.None) is not { } body ? PageReply.Text(413, "The form is too long.")
            : await desk.HandleAsync(
                new PageCall(call.Method.ToUpperInvariant(), call.Url.AbsolutePath, new DurableClient(durable))
                {
                    Query = call.Url.Query,
                    Origin = call.Url.GetLeftPart(UriPartial.Authority),
                    Person = signIn.PersonOf(call.HeaderOf),
                    SignIns = signIn.Ways,
                    Header = call.HeaderOf,
                    Body = body,
                },
                CancellationToken.None);
        var response = call.CreateResponse();
        response.StatusCode = (HttpStatusCode)reply.Status;
        foreach (var (name, value) in reply.Headers)
            response.Headers.Add(name, value);
        if (reply.ContentType is { } type)
            response.Headers.Add("Content-Type", type);
        await response.Body.WriteAsync(reply.Body);
        return response;
    }
}
