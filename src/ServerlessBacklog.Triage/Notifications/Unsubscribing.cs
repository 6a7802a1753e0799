using System.Net;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>
/// What the link at the end of a message leads to. Looking at it changes nothing, because programs that check mail look at every link; the button, and the
/// one click of a mail program (RFC 8058), take the message off the list.
/// </summary>
public sealed class Unsubscribing(NotificationLinks links, Subscriptions subscriptions)
{
    public async Task<Reply> LookAsync(Call call) => await FindAsync(call) is not { } found
        ? NoLink()
        : Page(200, found.To.Digests.Contains(found.Kind) ? "Stop these messages?" : "These messages have stopped", found.To.Digests.Contains(found.Kind)
            ? $"""<p>{Say(found)} will not be sent here any more.</p><form method="post"><button type="submit">Stop them</button></form>"""
            : $"<p>{Say(found)} are not sent here any more. Whoever runs this backlog can start them again.</p>");

    public async Task<Reply> StopAsync(Call call)
    {
        if (await FindAsync(call) is not { } found)
            return NoLink();
        await subscriptions.StopAsync(call.Required("backlog"), found.To.To, found.Kind, call.Cancellation);
        return Page(200, "These messages have stopped", $"<p>{Say(found)} are not sent here any more.</p>");
    }

    private Task<(Subscriber To, DigestKind Kind)?> FindAsync(Call call) => links.FindAsync(call.Required("backlog"), call.Parameter("kind"), call.Parameter("seal"), call.Cancellation);

    private static Reply NoLink() => Page(404, "This link leads nowhere", "<p>It is incomplete, or the address is on no list any more: then nothing is sent to it.</p>");

    private static string Say((Subscriber To, DigestKind Kind) found) => found.Kind switch
    {
        DigestKind.Manager => "The weekly digests of this backlog",
        DigestKind.Team => "The daily digests of this backlog",
        DigestKind.Personal => "Your own daily digests of this backlog",
        DigestKind.Alert => "Alerts of this backlog",
        _ => "Questions of this backlog",
    };

    private static Reply Page(int status, string title, string body) => Reply.Html(status, $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'">
        <title>{{WebUtility.HtmlEncode(title)}}</title>
        <style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem;min-height:44px}</style>
        </head>
        <body><main><h1>{{WebUtility.HtmlEncode(title)}}</h1>{{body}}</main></body>
        </html>
        """);
}
