using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Answers requests for pages, the same on every host: finds the page and the backlog, lets forms through the door, and adds the headers.</summary>
public sealed class PageDesk
{
    private readonly IServiceProvider services;
    private readonly PageReaders readers;
    private readonly ViewKeeper views;
    private readonly PageDoor door;

    public PageDesk(IServiceProvider services)
    {
        this.services = services;
        (readers, views, door) = (services.GetRequiredService<PageReaders>(), services.GetRequiredService<ViewKeeper>(), services.GetRequiredService<PageDoor>());
    }

    /// <summary>The answer to a call, with all its headers. What the caller did wrong is an answer too.</summary>
    public async Task<PageReply> HandleAsync(PageCall call, CancellationToken cancellation)
    {
        try
        {
            return await AnswerAsync(call, cancellation);
        }
        catch (UserErrorException wrong)
        {
            var reply = await RefuseAsync(call, new Site { Paths = new SitePaths(call.BasePath), Links = call.Links, Person = call.Person }, 503, wrong.Message);
            return reply.With(Headers(reply));
        }
    }

    private async Task<PageReply> AnswerAsync(PageCall call, CancellationToken cancellation)
    {
        if (call.Path.StartsWith("/assets/", StringComparison.Ordinal))
            return SiteAssets.Find(call.Path["/assets/".Length..]) ?? PageReply.Text(404, "There is no such file.");
        if (call.Person is not { } person)
            return await AskWhoAsync(call);
        var (visitor, cookie) = PageDoor.VisitorOf(call);
        var (said, forget) = call.Method == "POST" ? (null, null) : await door.SaidAsync(call, visitor, cancellation);
        var site = new Site
        {
            Paths = new SitePaths(call.BasePath),
            Token = await door.TokenAsync(visitor, cancellation),
            Person = person,
            Backlogs = await readers.BacklogsOfAsync(person, cancellation),
            Links = call.Links,
            Said = said,
        };
        var reply = await AnswerAsync(call, site, visitor, cancellation);
        (string, string)?[] cookies = [cookie, forget];
        return reply.With([.. cookies.OfType<(string, string)>(), .. Headers(reply)]);
    }

    private async Task<PageReply> AnswerAsync(PageCall call, Site site, string visitor, CancellationToken cancellation)
    {
        var isPost = call.Method == "POST";
        var form = isPost && call.IsForm ? new PageForm(call.ReadForm()) : null;
        if (isPost && form is null)
            return await RefuseAsync(call, site, 415, "Answers are taken from the forms of our own pages only.");
        if (form is not null && await door.WhyRefusedAsync(call, form[PageDoor.Field], cancellation) is { } why)
            return await RefuseAsync(call, site, 403, why);

        if (Find(call.Path, site, form) is not { } found)
            return await ElsewhereAsync(call, site, cancellation);
        var waiting = (await views.HeadAsync(found.Backlog, cancellation)).Waiting;
        var visit = new PageVisit(call, site with { Backlog = found.Backlog, Current = found.Entry.Word, Waiting = waiting }, visitor, found.Backlog, found.Below);
        var page = (IPage)services.GetRequiredService(found.Entry.Page);
        var reply = form is null ? await page.ShowAsync(visit, cancellation) : await page.TakeAsync(visit, form, CancellationToken.None);
        return reply is { Status: >= 400, ContentType: not PageReply.Html } ? await RefuseAsync(call, visit.Site, reply.Status, System.Text.Encoding.UTF8.GetString(reply.Body.Span)) : reply;
    }

    /// <summary>The page that a path names, and the backlog that exists: the one with the longest name that fits.</summary>
    private static (PageEntry Entry, string Backlog, string Below)? Find(string path, Site site, PageForm? form)
    {
        var review = PageList.All.First(p => p.Word == PageList.Review);
        if (form is not null && path is "/review/answer" or "/review/confirm")
            return site.Backlogs.Contains(form!["backlog"]) ? (review, form["backlog"], path["/review/".Length..]) : null;
        var (isReview, named) = path.StartsWith("/review/", StringComparison.Ordinal) ? (true, path["/review/".Length..])
            : path.StartsWith("/backlogs/", StringComparison.Ordinal) ? (false, path["/backlogs/".Length..]) : (false, "");
        var text = Uri.UnescapeDataString(named).TrimEnd('/');
        foreach (var backlog in site.Backlogs.OrderByDescending(b => b.Length))
        {
            if (isReview && text == backlog)
                return (review, backlog, "");
            if (!isReview && (text == backlog || text.StartsWith($"{backlog}/", StringComparison.Ordinal)) && PageList.Find(text.Length == backlog.Length ? "" : text[(backlog.Length + 1)..]) is { } page)
                return (page.Entry, backlog, page.Below);
        }

        return null;
    }

    private static async Task<PageReply> ElsewhereAsync(PageCall call, Site site, CancellationToken cancellation) => (call.Path, site.Backlogs) switch
    {
        ("/", [var only]) when call.Asked("all") is null => PageReply.Redirect(site.Paths.Backlog(only)),
        ("/", _) => await PageRendering.RenderAsync<StartPage>(cancellation, (nameof(StartPage.Site), site)),
        ("/backlogs" or "/backlogs/", _) => PageReply.Redirect(site.Paths.Start),
        ("/review" or "/review/", [var only]) => PageReply.Redirect(site.Paths.Review(only)),
        ("/review" or "/review/", _) => PageReply.Redirect(site.Paths.Start),
        _ => await RefuseAsync(call, site, 404, call.Path.StartsWith("/backlogs/", StringComparison.Ordinal) || call.Path.StartsWith("/review", StringComparison.Ordinal)
            ? "There is no such backlog, item or page here. The start page lists the backlogs that are."
            : "There is no such page. The start page lists the backlogs."),
    };

    private static async Task<PageReply> RefuseAsync(PageCall call, Site site, int status, string why)
    {
        var reply = await PageRendering.RenderAsync<RefusedPage>(CancellationToken.None, (nameof(RefusedPage.Site), site), (nameof(RefusedPage.Why), why), (nameof(RefusedPage.WasAnswer), call.Method == "POST"));
        return reply with { Status = status };
    }

    private static async Task<PageReply> AskWhoAsync(PageCall call)
    {
        var site = new Site { Paths = new SitePaths(call.BasePath), SignIns = call.SignIns };
        var reply = await PageRendering.RenderAsync<SignInPage>(CancellationToken.None, (nameof(SignInPage.Site), site));
        return (reply with { Status = 401 }).With(Headers(reply));
    }

    /// <summary>A page that brings a policy of its own keeps it.</summary>
    private static IEnumerable<(string, string)> Headers(PageReply reply)
    {
        if (!reply.Headers.Any(h => h.Name == "Content-Security-Policy"))
            yield return ("Content-Security-Policy", SiteAssets.ContentSecurityPolicy);
        yield return ("X-Frame-Options", "DENY");
        yield return ("X-Content-Type-Options", "nosniff");
        // With no-referrer, a browser would call the origin of our own forms null.
        yield return ("Referrer-Policy", "same-origin");
        yield return ("Cache-Control", "no-store");
    }
}
