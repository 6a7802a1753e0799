using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.Triage.Orchestrations;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>What waits for a person, and their answers: <c>confirm</c> lists a batch, <c>answer</c> takes an answer and leads back.</summary>
internal sealed class QueuePage(ReviewReading reading, ReviewAnswers answers, PageDoor door, TimeProvider time) : IPage
{
    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation)
    {
        var view = await reading.ReadAsync(visit.Site, visit.Backlog, visit.Asked("step"), visit.Asked("page", 1, 1, 100_000), cancellation);
        return await PageRendering.RenderAsync<ReviewPage>(cancellation, (nameof(ReviewPage.View), view with { Site = visit.Site with { Waiting = view.All } }));
    }

    public async Task<PageReply> TakeAsync(PageVisit visit, PageForm form, CancellationToken cancellation)
    {
        var given = ReviewForm.Of(form);
        return visit.Rest == "confirm" ? await ConfirmAsync(visit, given, cancellation) : await AnswerAsync(visit, given, cancellation);
    }

    /// <summary>Shows what is about to be approved together. Nothing is done.</summary>
    private async Task<PageReply> ConfirmAsync(PageVisit visit, ReviewForm form, CancellationToken cancellation)
    {
        var asks = await reading.ChosenAsync(visit.Site, visit.Backlog, form.Picks.ToHashSet(), cancellation);
        var seal = await door.SealOfAsync(visit.Visitor, asks.Select(a => a.Pick), cancellation);
        var batch = new ReviewBatch(visit.Site, visit.Backlog, BackOf(visit, form), form.Place, seal, asks, form.Picks.Count - asks.Count);
        return await PageRendering.RenderAsync<BatchPage>(cancellation, (nameof(BatchPage.Batch), batch));
    }

    private async Task<PageReply> AnswerAsync(PageVisit visit, ReviewForm form, CancellationToken cancellation)
    {
        var person = visit.Site.Person!;
        var said = await WhyWrongAsync(visit, form, cancellation) is { } wrong
            ? new ReviewSaid([new SaidLine(wrong, true, [])])
            : form.Answer == "keep"
                ? await answers.SayAsync(visit.Client, person, visit.Backlog, form.Picks[0].Item, "keep", cancellation)
                : await answers.AnswerAsync(visit.Client, person, visit.Backlog, form.Picks, AnswerOf(form, person.Login), cancellation);
        return PageReply.Redirect(BackOf(visit, form), 303).With(await door.NoteAsync(visit.Call, visit.Visitor, said, cancellation));
    }

    /// <summary>What is wrong with an answer, in one sentence; null when it can be given.</summary>
    private async Task<string?> WhyWrongAsync(PageVisit visit, ReviewForm form, CancellationToken cancellation) => form switch
    {
        { Picks.Count: 0 } => "Nothing was chosen.",
        { Answer: "batch" } => await door.WasShownAsync(visit.Visitor, form.PickTexts, form.Seal, cancellation) ? null : "Only a batch that was listed here can be approved. Choose and list it again.",
        { Picks.Count: > 1 } => "One answer is for one item; choose several to approve them together.",
        { Answer: "approve", Slots.Count: 0 } => "No change was ticked, so nothing was done. To refuse all of them, reject with a reason.",
        { Answer: "reject", Because: "" } => "A no needs its reason: the system learns from it. Nothing was done.",
        { Answer: "reject", Because.Length: > ReviewForm.LongestReason } => $"A reason has at most {ReviewForm.LongestReason} characters. Nothing was done.",
        { Answer: "snooze", Days: null } => $"Put it off by 1 to {ReviewForm.MostDays} days. Nothing was done.",
        { Answer: "approve" or "reject" or "snooze" or "keep" } => null,
        _ => "There is no such answer.",
    };

    private ApprovalAnswer AnswerOf(ReviewForm form, string by) => form.Answer switch
    {
        "approve" => new ApprovalAnswer(true, by) { Only = form.Slots },
        "batch" => new ApprovalAnswer(true, by),
        "snooze" => new ApprovalAnswer(false, by) { SnoozeUntil = time.GetUtcNow().AddDays(form.Days!.Value) },
        _ => new ApprovalAnswer(false, by, form.Because),
    };

    private static string BackOf(PageVisit visit, ReviewForm form) => (form.Place.On, form.Picks) switch
    {
        (ReviewPlace.Item, [var (item, _)]) => visit.Site.Paths.Item(visit.Backlog, item),
        (ReviewPlace.Duplicates, _) => visit.Site.Paths.Page(visit.Backlog, "duplicates"),
        _ => SitePaths.With(visit.Site.Paths.Review(visit.Backlog), ("step", form.Place.Step), ("page", form.Place.Page == 1 ? null : $"{form.Place.Page}")),
    };
}
