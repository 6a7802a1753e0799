using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>
/// Tells those who want it that a question waits, once. Only questions of single items that run out by themselves: what a sweep asks waits in the list, and
/// hundreds of messages would help nobody.
/// </summary>
public sealed class AskMessages(IPendingStore pending, IBacklogStore store, Subscriptions subscriptions, NotificationDesk desk, NotificationSite site, TimeProvider time)
{
    public async Task TellAsync(string backlog, CancellationToken cancellation)
    {
        if (!(await subscriptions.OfAsync(backlog, cancellation)).Any(s => s.Digests.Contains(DigestKind.Approval)))
            return;
        var now = time.GetUtcNow();
        foreach (var ask in (await pending.AsksAsync(backlog, cancellation)).Where(a => a is { State: AskState.Open, Until: not null } && a.Until > now).OrderBy(a => a.OpenedAt))
        {
            if (await store.FindItemsAsync(backlog, [ask.Item], cancellation) is [var item])
                await desk.TellAsync(backlog, Of(backlog, ask, item.Title, item.Url), ask.Decision, person: null, cancellation);
        }
    }

    private Digest Of(string backlog, Ask ask, string title, Uri? link) => new()
    {
        Kind = DigestKind.Approval,
        Backlog = backlog,
        Title = $"A question on {ask.Item.Project}#{ask.Item.Number}",
        AsOf = ask.OpenedAt,
        Figures = [new DigestFigure("ask.changes", "Changes that are asked about", ask.Changes.Count, ask.Changes.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))],
        Page = site.Address is { } home ? new AskLink(backlog, ask.Item, ask.Decision).On(home) : null,
        Sections =
        [
            new DigestSection("What is asked")
            {
                Items = [new DigestItem($"#{ask.Item.Number}", title, link, null)],
                Lines = [.. ask.Changes, $"Without an answer until {ask.Until:yyyy-MM-dd HH:mm} UTC nothing is done."],
                Actions = site.Address is { } page ? [new DigestAction("Look at it and answer", new AskLink(backlog, ask.Item, ask.Decision).On(page))] : [],
            },
        ],
    };
}
