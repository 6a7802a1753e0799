using System.Net;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Workflow;
using Route = ServerlessBacklog.Triage.Intake.Route;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>Maps the routes that both hosts have. What they do and answer stands in <see cref="Requests"/>.</summary>
internal static class ApiRoutes
{
    /// <param name="deliveryWaits">Told that a delivery was stored and waits to be started.</param>
    public static void MapApiRoutes(this WebApplication app, IServiceProvider services, Action deliveryWaits)
    {
        var requests = services.GetRequiredService<Requests>();
        var client = services.GetRequiredService<IOrchestrationClient>();
        foreach (var route in Routes.All)
        {
            app.MapMethods($"/{route.Template}", [route.Method], context => AnswerAsync(context, route, requests, client, deliveryWaits));
        }

        // Chosen only for other methods.
        foreach (var routes in Routes.All.GroupBy(r => r.Template))
            app.Map($"/{routes.Key}", context => RefuseMethodAsync(context, string.Join(", ", routes.Select(r => r.Method))));
    }

    /// <summary>
    /// Another site that a browser shows can send requests here, also under a name of its own that it points to this machine: only our
    /// own names are answered. Webhooks come through tunnels and proxies under any name, and prove by themselves where they come from.
    /// </summary>
    public static void RefuseForeignNames(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (IsHook(context.Request) || context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
            await next();
        else
            await SendAsync(context, Reply.Error(StatusCodes.Status421MisdirectedRequest, "This answers to localhost only."));
    });

    private static bool IsHook(HttpRequest request) => RouteMatch.Of(request.Method, request.Path.Value ?? "/", [.. Routes.All.Where(r => r.IsHook)]) is { Route: not null } or { Allowed.Count: > 0 };

    private static async Task AnswerAsync(HttpContext context, Route route, Requests requests, IOrchestrationClient client, Action deliveryWaits)
    {
        if (!route.IsHook && HttpMethods.IsPost(route.Method) && !context.Request.HasJsonContentType())
        {
            // A page of another site cannot send this header unasked.
            await SendAsync(context, Reply.Error(StatusCodes.Status415UnsupportedMediaType, "Send the header 'Content-Type: application/json', also without a body."));
            return;
        }

        var body = await Call.ReadBodyAsync(context.Request.Body, context.Request.ContentLength, route.MaxBody, context.RequestAborted);
        // Not the request's own token: what has begun is done whether or not the caller waits.
        await SendAsync(context, body is { } whole
            ? await requests.HandleAsync(route, new Call(Parameter, whole, client, CancellationToken.None) { Header = Header, DeliveryWaits = deliveryWaits })
            : route.TooLong());

        string? Header(string name) => context.Request.Headers.TryGetValue(name, out var values) ? (string?)values : null;

        string? Parameter(string name) => context.Request.RouteValues.GetValueOrDefault(name) as string ?? context.Request.Query[name];
    }

    private static Task RefuseMethodAsync(HttpContext context, string methods)
    {
        context.Response.Headers.Allow = methods;
        return SendAsync(context, Reply.Error(StatusCodes.Status405MethodNotAllowed, $"This address takes {methods} only."));
    }

    private static async Task SendAsync(HttpContext context, Reply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        var body = reply.ToBytes();
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body);
    }
}
