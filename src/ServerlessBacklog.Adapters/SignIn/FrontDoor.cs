using System.Web;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.SignIn;

/// <summary>Everything that comes in over HTTP on a host that maps no addresses by itself: a route, or else a page for whoever has signed in.</summary>
public sealed class FrontDoor(Requests requests, PageDesk desk, PageSignIn signIn)
{
    /// <param name="isKeyed">True where the host has asked for a key. Only then is a route answered that is not open.</param>
    public async Task<FrontAnswer> AnswerAsync(FrontCall call, bool isKeyed)
    {
        var found = RouteMatch.Of(call.Method, call.Url.AbsolutePath, Routes.All);
        if (found.Route is { } route)
            return isKeyed || route.IsOpen ? await RouteAsync(call, route, found.Values) : Plain(Reply.Error(401, "This address asks for a key of the function app."));
        if (found.Allowed.Count > 0 || isKeyed)
            return Plain(found.Refusal());
        // A caller that hangs up must not cut a call in two, so no token is passed on.
        if (await Call.ReadBodyAsync(call.Body, null, PageCall.MaxBody, CancellationToken.None) is not { } body)
            return Page(PageReply.Text(413, "The form is too long."));
        return Page(await desk.HandleAsync(
            new PageCall(call.Method.ToUpperInvariant(), call.Url.AbsolutePath, call.Client)
            {
                Query = call.Url.Query,
                Origin = call.Url.GetLeftPart(UriPartial.Authority),
                Person = signIn.PersonOf(call.Header),
                SignIns = signIn.Ways,
                Header = call.Header,
                Body = body,
            },
            CancellationToken.None));
    }

    private async Task<FrontAnswer> RouteAsync(FrontCall call, Route route, IReadOnlyDictionary<string, string> values)
    {
        if (await Call.ReadBodyAsync(call.Body, null, route.MaxBody, CancellationToken.None) is not { } body)
            return Plain(route.TooLong());
        var query = HttpUtility.ParseQueryString(call.Url.Query);
        return Plain(await requests.HandleAsync(route, new Call(name => values.GetValueOrDefault(name) ?? query[name], body, call.Client, CancellationToken.None) { Header = call.Header }));
    }

    private static FrontAnswer Plain(Reply reply) => new(reply.Status, [("Content-Type", reply.ContentType)], reply.ToBytes());

    private static FrontAnswer Page(PageReply reply) =>
        new(reply.Status, reply.ContentType is { } type ? [.. reply.Headers, ("Content-Type", type)] : reply.Headers, reply.Body);
}

/// <param name="Header">A header by name, whatever its case; null when it is not there.</param>
/// <param name="Client">Speaks to the runtime of this host.</param>
public sealed record FrontCall(string Method, Uri Url, Func<string, string?> Header, Stream Body, IOrchestrationClient Client);

/// <param name="Headers">A name may come twice (<c>Set-Cookie</c>).</param>
public sealed record FrontAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, ReadOnlyMemory<byte> Body);
