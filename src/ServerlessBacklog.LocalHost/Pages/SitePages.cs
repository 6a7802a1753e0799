using Microsoft.AspNetCore.Http.Features;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>Maps every address that is no route to the pages of the site (<see cref="PageDesk"/>). Whoever can open them is the operator of this machine.</summary>
internal static class SitePages
{
    private static readonly IReadOnlyList<PageLink> Beside = [new("Live", LivePages.Path), new("Guides", GuidePages.Path)];

    private static readonly SitePaths Paths = new("");

    /// <summary>Path of the page about one item.</summary>
    public static string PathOf(string name, WorkItemRef item) => Paths.Item(name, item);

    public static void MapSitePages(this WebApplication app, IServiceProvider services)
    {
        var desk = services.GetRequiredService<PageDesk>();
        var runner = services.GetRequiredService<LocalRunner.LocalRunner>();
        app.MapFallback("{*path}", context => AnswerAsync(context, desk, runner));
    }

    /// <summary>Rendered whole before it is sent: the renderer writes synchronously, and half a page helps nobody.</summary>
    internal static async Task<IResult> PageAsync(Func<Stream, Task> render)
    {
        using var page = new MemoryStream();
        await render(page);
        return Results.Bytes(page.ToArray(), PageReply.Html);
    }

    private static async Task AnswerAsync(HttpContext context, PageDesk desk, LocalRunner.LocalRunner runner)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsPost(request.Method))
        {
            await SendAsync(context, PageReply.Text(StatusCodes.Status405MethodNotAllowed, "Pages are read by GET and answered by POST.").With(("Allow", "GET, HEAD, POST")));
            return;
        }

        var body = HttpMethods.IsPost(request.Method) ? await Call.ReadBodyAsync(request.Body, request.ContentLength, PageCall.MaxBody, context.RequestAborted) : default(ReadOnlyMemory<byte>);
        if (body is null)
        {
            await SendAsync(context, PageReply.Text(StatusCodes.Status413PayloadTooLarge, "The form is too long."));
            return;
        }

        // As it stands in the address: what is unescaped once must not be unescaped again.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0];
        var call = new PageCall(request.Method, path.StartsWith('/') ? path : request.Path.Value ?? "/", runner)
        {
            Query = request.QueryString.Value ?? "",
            Origin = $"{request.Scheme}://{request.Host}",
            Person = new PagePerson(PersonRun.Operator(null)) { IsOperator = true },
            Header = name => request.Headers.TryGetValue(name, out var values) ? (string?)values : null,
            Body = body.Value,
            Links = Beside,
        };
        await SendAsync(context, await desk.HandleAsync(call, context.RequestAborted));
    }

    private static async Task SendAsync(HttpContext context, PageReply reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
            response.Headers.Append(name, value);
        if (reply.ContentType is { } type)
        {
            response.ContentType = type;
            response.ContentLength = reply.Body.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
                await response.Body.WriteAsync(reply.Body, context.RequestAborted);
        }
    }
}
