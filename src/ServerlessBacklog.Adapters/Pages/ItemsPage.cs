using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>The table of open items, and below it the page of each item: what was found, decided and done, and why; with what is asked and can be taken back.</summary>
internal sealed class ItemsPage(ViewKeeper views, IBacklogStore store, Reporting reporting, Why why, ReviewReading review, ReviewAnswers answers, PageDoor door, TimeProvider time) : IPage
{
    private const int LongestCommand = 300;

    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation)
    {
        if (visit.Rest.Length > 0)
            return await ShowItemAsync(visit, cancellation);
        return await PageRendering.RenderAsync<ItemList>(
            cancellation,
            (nameof(ItemList.Site), visit.Site),
            (nameof(ItemList.View), await views.CurrentAsync(visit.Backlog, cancellation)),
            (nameof(ItemList.Query), ItemQuery.Of(visit.Call)),
            (nameof(ItemList.Now), time.GetUtcNow()));
    }

    /// <summary>A command on an item, as it would stand in a comment: <c>undo</c>, <c>keep</c> …</summary>
    public async Task<PageReply> TakeAsync(PageVisit visit, PageForm form, CancellationToken cancellation)
    {
        if (!WorkItemRef.TryParse(visit.Rest, out var item))
            return PageVisit.Missing($"There is no item '{visit.Rest}' here.");
        var command = form["say"].Trim();
        var said = command.Length is 0 or > LongestCommand
            ? new ReviewSaid([new SaidLine($"A command has 1 to {LongestCommand} characters. Nothing was done.", true, [])])
            : await answers.SayAsync(visit.Client, visit.Site.Person!, visit.Backlog, item!, command, cancellation);
        var back = form["on"] == ReviewPlace.Duplicates ? visit.Site.Paths.Page(visit.Backlog, "duplicates") : visit.Site.Paths.Item(visit.Backlog, item!);
        return PageReply.Redirect(back, 303).With(await door.NoteAsync(visit.Call, visit.Visitor, said, cancellation));
    }

    private async Task<PageReply> ShowItemAsync(PageVisit visit, CancellationToken cancellation)
    {
        if (!WorkItemRef.TryParse(visit.Rest, out var item) || await reporting.ItemAsync(visit.Backlog, item!, cancellation) is not { } report)
            return PageVisit.Missing($"There is no item '{visit.Rest}' here.");
        var newest = report.Decisions.FirstOrDefault(d => d.By is null);
        var model = new ItemModel(
            report,
            await why.LookAsync(visit.Backlog, item!, cancellation),
            (await store.OutcomesAsync(visit.Backlog, item!, cancellation)).ToDictionary(o => o.Decision, StringComparer.Ordinal),
            newest?.Verdict == Verdict.Ask ? await review.OnItemAsync(visit.Site, visit.Backlog, newest, item!, cancellation) : []);
        return await PageRendering.RenderAsync<ItemView>(cancellation, (nameof(ItemView.Site), visit.Site), (nameof(ItemView.Model), model));
    }
}

/// <param name="Outcomes">What became of each decision, by its id.</param>
/// <param name="Asks">What is asked now.</param>
public sealed record ItemModel(ItemReport Report, WhyItem Why, IReadOnlyDictionary<string, DecisionOutcome> Outcomes, IReadOnlyList<ReviewAsk> Asks)
{
    /// <summary>True when something of the decision was done and can be taken back.</summary>
    public bool CanUndo(string decision) => Outcomes.GetValueOrDefault(decision) is { } outcome
        && outcome.Changes.Any(c => c is { State: ChangeState.Applied or ChangeState.Waiting, Inverse: not null, Change: not AddReply });
}
