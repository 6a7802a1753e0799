using Microsoft.AspNetCore.Http.Features;
using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>
/// What waits for a person, and their answers: <c>/review</c> (the only backlog, or the one that was read last), <c>/review/{backlog}</c>;
/// <c>POST /review/confirm</c> lists a batch, <c>POST /review/answer</c> takes an answer. Whoever can open it is the operator of this machine.
/// </summary>
internal static class ReviewPages
{
    public const string Path = "/review";

    private const int LongestForm = 256 * 1024;

    /// <summary>Path of the queue of a backlog, whose name may hold slashes.</summary>
    public static string PathOf(string backlog) => $"{Path}/{string.Join('/', backlog.Split('/').Select(Uri.EscapeDataString))}";

    public static void MapReviewPages(this WebApplication app, IServiceProvider services)
    {
        var desk = new Desk(
            services.GetRequiredService<IBacklogStore>(), services.GetRequiredService<ReviewLook>(), services.GetRequiredService<ReviewRun>(), services.GetRequiredService<TimeProvider>());
        app.MapGet(Path, async (CancellationToken cancellation) => Results.Redirect(await desk.StartAsync(cancellation)));
        app.MapGet(Path + "/{*backlog}", desk.ShowAsync);
        app.MapPost(Path + "/confirm", context => desk.TakeAsync(context, desk.ConfirmAsync));
        app.MapPost(Path + "/answer", context => desk.TakeAsync(context, desk.AnswerAsync));
    }

    private sealed class Desk(IBacklogStore store, ReviewLook look, ReviewRun run, TimeProvider time)
    {
        private readonly ReviewDoor door = new();
        private readonly ReviewNotes notes = new();

        public async Task<string> StartAsync(CancellationToken cancellation) => await store.BacklogsAsync(cancellation) switch
        {
            [] => "/",
            [var only] => PathOf(only),
            var several => PathOf(await TriageRun.LastAsync(store, several, cancellation)),
        };

        public async Task ShowAsync(HttpContext context)
        {
            var cancellation = context.RequestAborted;
            if (context.Request.RouteValues["backlog"] is not string backlog || !(await store.BacklogsAsync(cancellation)).Contains(backlog))
            {
                await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such backlog here. The start page lists those that are.");
                return;
            }

            var query = context.Request.Query;
            var view = await look.ReadAsync(
                backlog, query["step"].ToString() is { Length: > 0 } step ? step : null, int.TryParse(query["page"], out var page) ? page : 1, door.Token(context), notes.Find(query["said"]), cancellation);
            await SendAsync(context, StatusCodes.Status200OK, output => ReviewHtml.RenderAsync(view, output, cancellation));
        }

        /// <summary>Reads a form and lets it through the door; what is wrong with it is answered here.</summary>
        public async Task TakeAsync(HttpContext context, Func<HttpContext, ReviewForm, Task> take)
        {
            if (!context.Request.HasFormContentType)
            {
                await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "Answers are taken from the forms of the review page only.");
                return;
            }

            IFormCollection form;
            try
            {
                context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LongestForm;
                form = await context.Request.ReadFormAsync(context.RequestAborted);
            }
            catch (Exception wrong) when (wrong is BadHttpRequestException or InvalidDataException)
            {
                await RefuseAsync(context, (wrong as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest, "The form is too long, or not whole.");
                return;
            }

            var given = ReviewForm.Of(form);
            if (door.WhyRefused(context, form) is { } why)
                await RefuseAsync(context, StatusCodes.Status403Forbidden, why);
            else if (!(await store.BacklogsAsync(context.RequestAborted)).Contains(given.Backlog))
                await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such backlog here. The start page lists those that are.");
            else
                await take(context, given);
        }

        /// <summary>Shows what is about to be approved together. Nothing is done.</summary>
        public async Task ConfirmAsync(HttpContext context, ReviewForm form)
        {
            var asks = await look.ChosenAsync(form.Backlog, form.Picks.ToHashSet(), context.RequestAborted);
            var batch = new ReviewBatch(
                form.Backlog, BackOf(form, null), form.Step, form.Page, door.Token(context), door.SealOf(context, asks.Select(a => a.Pick)), asks, form.Picks.Count - asks.Count);
            await SendAsync(context, StatusCodes.Status200OK, output => ReviewHtml.RenderBatchAsync(batch, output, context.RequestAborted));
        }

        public async Task AnswerAsync(HttpContext context, ReviewForm form)
        {
            // Not the request's own token: what has begun is done whether or not the browser waits.
            var said = WhyWrong(context, form) is { } wrong
                ? new ReviewSaid([new SaidLine(wrong, true, [])])
                : form.Answer == "keep"
                    ? await run.KeepAsync(form.Backlog, form.Picks[0].Item, PersonRun.Operator(null), CancellationToken.None)
                    : await run.AnswerAsync(form.Backlog, form.Picks, AnswerOf(form), CancellationToken.None);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = BackOf(form, notes.Keep(said));
        }

        /// <summary>What is wrong with an answer, in one sentence; null when it can be given.</summary>
        private string? WhyWrong(HttpContext context, ReviewForm form) => form switch
        {
            { Picks.Count: 0 } => "Nothing was chosen.",
            { Answer: "batch" } => door.WasShown(context, form.PickTexts, form.Seal) ? null : "Only a batch that was listed here can be approved. Choose and list it again.",
            { Picks.Count: > 1 } => "One answer is for one item; choose several to approve them together.",
            { Answer: "approve", Slots.Count: 0 } => "No change was ticked, so nothing was done. To refuse all of them, reject with a reason.",
            { Answer: "reject", Because: "" } => "A no needs its reason: the system learns from it. Nothing was done.",
            { Answer: "reject", Because.Length: > ReviewForm.LongestReason } => $"A reason has at most {ReviewForm.LongestReason} characters. Nothing was done.",
            { Answer: "snooze", Days: null } => $"Put it off by 1 to {ReviewForm.MostDays} days. Nothing was done.",
            { Answer: "approve" or "reject" or "snooze" or "keep" } => null,
            _ => "There is no such answer.",
        };

        private ApprovalAnswer AnswerOf(ReviewForm form)
        {
            var by = PersonRun.Operator(null);
            return form.Answer switch
            {
                "approve" => new ApprovalAnswer(true, by) { Only = form.Slots },
                "batch" => new ApprovalAnswer(true, by),
                "snooze" => new ApprovalAnswer(false, by) { SnoozeUntil = time.GetUtcNow().AddDays(form.Days!.Value) },
                _ => new ApprovalAnswer(false, by, form.Because),
            };
        }

        private static string BackOf(ReviewForm form, string? note) =>
            $"{PathOf(form.Backlog)}?{(form.Step is null ? "" : $"step={Uri.EscapeDataString(form.Step)}&")}page={form.Page}{(note is null ? "" : $"&said={note}")}";
    }

    private static Task RefuseAsync(HttpContext context, int status, string why) => SendAsync(context, status, output => ReviewHtml.RenderRefusedAsync(why, output));

    private static async Task SendAsync(HttpContext context, int status, Func<Stream, Task> render)
    {
        using var page = new MemoryStream();
        await render(page);
        var (response, headers) = (context.Response, context.Response.Headers);
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        headers.ContentSecurityPolicy = ReviewHtml.ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        // With no-referrer, a browser would call the origin of our own forms null.
        headers["Referrer-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), context.RequestAborted);
    }
}
