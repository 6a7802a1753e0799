using System.Net;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Workflow;
using Route = ServerlessBacklog.Triage.Intake.Route;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>Maps the routes that both hosts have. What they do and answer stands in <see cref="Requests"/>.</summary>
internal static class ApiRoutes
{
    public static void MapApiRoutes(this WebApplication app, IServiceProvider services)
    {
        var requests = services.GetRequiredService<Requests>();
        var client = services.GetRequiredService<IOrchestrationClient>();
        foreach (var route in Routes.All)
            app.MapMethods($"/{route.Template}", [route.Method], context => AnswerAsync(context, route, requests, client));
    }

    /// <summary>
    /// Another site that a browser shows can send requests here, also under a name of its own that it points to this machine: only our
    /// own names are answered.
    /// </summary>
    public static void RefuseForeignNames(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
            await next();
        else
            await SendAsync(context, Reply.Error(StatusCodes.Status421MisdirectedRequest, "This answers to localhost only."));
    });

    private static async Task AnswerAsync(HttpContext context, Route route, Requests requests, IOrchestrationClient client)
    {
        if (HttpMethods.IsPost(route.Method) && !context.Request.HasJsonContentType())
        {
            // A page of another site cannot send this header unasked.
            await SendAsync(context, Reply.Error(StatusCodes.Status415UnsupportedMediaType, "Send the header 'Content-Type: application/json', also without a body."));
            return;
        }

        var body = await Call.ReadBodyAsync(context.Request.Body, context.RequestAborted);
        // Not the request's own token: what has begun is done whether or not the caller waits.
        await SendAsync(context, body is null
            ? Reply.Error(StatusCodes.Status413PayloadTooLarge, $"A body has at most {Call.MaxBody:N0} bytes.")
            : await requests.HandleAsync(route, new Call(Parameter, body, client, CancellationToken.None)));

        string? Parameter(string name) => context.Request.RouteValues.GetValueOrDefault(name) as string ?? context.Request.Query[name];
    }

    private static async Task SendAsync(HttpContext context, Reply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(reply.ToJson());
    }
}
