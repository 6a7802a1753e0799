using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.OpenApi;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Questions;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Setup;
using ServerlessBacklog.Triage.Views;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>What a call over HTTP does and answers, on every host.</summary>
public sealed class Requests(
    IBacklogStore store, ViewKeeper views, WebhookIntake intake, DeliveryStart starts, IDeliveryStore deliveries, IAlarms alarms, IWriteStop writes,
    SetupDoctor doctor, AnswerDesk answers, TrackerRoles roles, ReviewQueue queue, TimeProvider time, Unsubscribing? unsubscribing = null,
    ChatDoor? chat = null, ChatRequests? conversation = null)
{
    private const int MaxAsks = 200;
    private const int MaxNote = 2000;
    private const int MaxName = 200;

    /// <summary>Runs a route; whatever the caller did wrong becomes an answer.</summary>
    public async Task<Reply> HandleAsync(Route route, Call call)
    {
        try
        {
            return await route.Handle(this, call);
        }
        catch (BadCallException wrong)
        {
            return Reply.Error(400, wrong.Message);
        }
        catch (UserErrorException wrong)
        {
            return Reply.Error(503, wrong.Message);
        }
    }

    internal static Task<Reply> HealthAsync() => Task.FromResult(new Reply(200, new HealthReply("ok", Reporting.ProductVersion)));

    internal async Task<Reply> StatusAsync(Call call)
    {
        var backlog = call.Required("backlog");
        if (!await ExistsAsync(backlog, call.Cancellation))
            return NoBacklog(backlog);
        var view = await views.HeadAsync(backlog, call.Cancellation);
        var report = view.Report;
        var sweep = await call.Client.FindAsync(InstanceIds.OfSweep(backlog), call.Cancellation);
        var pulled = await PullChanges.StateAsync(store, backlog, call.Cancellation);
        return new Reply(200, new StatusReply(
            report.Name,
            report.AsOf,
            report.Counts,
            report.Readiness.Grade,
            view.Waiting,
            // What changed since is not in these figures.
            view.BuiltAt,
            Math.Round(Math.Max(0, (time.GetUtcNow() - view.BuiltAt).TotalSeconds), 1),
            sweep is null ? null : Show(sweep),
            // What was left out is part of the truth about a backlog.
            pulled is null ? null : new ReadingReply(pulled.RunStartedAt is null, pulled.CompletedAt, pulled.Left, pulled.StoppedUntil),
            await deliveries.CountAsync(call.Cancellation),
            await alarms.ListAsync(call.Cancellation),
            await writes.FindAsync(call.Cancellation)));
    }

    internal async Task<Reply> DoctorAsync(Call call)
    {
        var areas = await doctor.LookAsync(null, call.Cancellation);
        return new Reply(200, new DoctorReply(areas, !areas.Any(a => a.IsWrong)));
    }

    internal async Task<Reply> HookAsync(Call call)
    {
        var received = await intake.ReceiveAsync(call.Required("tracker"), new HookRequest(call.Header, call.Body), call.Cancellation);
        if (received.Pending is { } delivery)
        {
            if (call.DeliveryWaits is { } tell)
                tell();
            else
                await starts.StartAsync(call.Client, delivery, call.Cancellation);
        }

        return received.Reply;
    }

    internal async Task<Reply> SweepAsync(Call call)
    {
        var backlog = call.Required("backlog");
        if (!await ExistsAsync(backlog, call.Cancellation))
            return NoBacklog(backlog);
        var id = InstanceIds.OfSweep(backlog);
        var started = await call.Client.StartAsync(SweepBacklog.Ref, id, new SweepInput(backlog) { Trace = Tracing.Current }, call.Cancellation);
        return new Reply(202, new SweepReply(id, started == StartAnswer.Started));
    }

    internal async Task<Reply> TriageAsync(Call call)
    {
        var backlog = call.Required("backlog");
        var item = Item(call);
        if (!await ExistsAsync(backlog, call.Cancellation))
            return NoBacklog(backlog);
        if (await store.FindStampsAsync(backlog, [item], call.Cancellation) is not [var stamp])
            return Reply.Error(404, $"The backlog '{backlog}' has no item {item}.");
        var answer = await ItemTriage.StartAsync(call.Client, backlog, item, stamp.ContentHash, call.Cancellation);
        return new Reply(202, new TriageReply(InstanceIds.OfItem(backlog, item), answer.ToString()));
    }

    internal async Task<Reply> AnswerAsync(Call call)
    {
        var (backlog, item, decision) = (call.Required("backlog"), Item(call), call.Required("decision"));
        var given = call.Read<GivenAnswer>("""{"approved": true, "by": "ada", "note": "Yes, the same crash."}""");
        if ((given.Approved is null && given.SnoozeUntil is null) || string.IsNullOrWhiteSpace(given.By))
            return Reply.Error(400, "An answer says 'approved' (true or false) or 'snooze_until' (a moment), and 'by' (who gives it).");
        if (given.By.Length > MaxName || given.Note?.Length > MaxNote)
            return Reply.Error(400, $"'by' has at most {MaxName} characters, 'note' {MaxNote}.");
        var person = new Person(given.By.Trim());
        if (await roles.OfAsync(item, person, call.Cancellation) < TrackerRole.Triager && roles.Knows(item))
            return Reply.Error(403, $"{person} may not triage items of {item.Project}, so the tracker says: a maintainer has to answer.");
        var answer = new ApprovalAnswer(given.Approved == true, person.Login, given.Note) { Only = given.Only, SnoozeUntil = given.SnoozeUntil };
        var reply = await answers.AnswerAsync(call.Client, backlog, item, decision, answer, call.Cancellation);
        return reply.Kind switch
        {
            AnswerKind.Taken => new Reply(202, new AnsweredReply(true)),
            AnswerKind.Late => Reply.Error(409, reply.Why!),
            AnswerKind.Wrong => Reply.Error(400, reply.Why!),
            _ => Reply.Error(404, reply.Why!),
        };
    }

    /// <summary>What waits for a person, surest first.</summary>
    internal async Task<Reply> ReviewAsync(Call call)
    {
        var backlog = call.Required("backlog");
        if (!await ExistsAsync(backlog, call.Cancellation))
            return NoBacklog(backlog);
        var waiting = await queue.ListAsync(backlog, time.GetUtcNow(), call.Parameter("step"), call.Cancellation);
        return new Reply(200, new ReviewReply(backlog, waiting.Count,
        [
            .. waiting.Take(MaxAsks).Select(q => new AskReply(
                q.Ask.Item, q.Ask.Decision, q.Ask.OpenedAt, q.Ask.Until, q.Decision.Reason,
                [.. q.Asked.Select(c => new AskedChangeReply(c.Change.Slot, c.Change.Describe(), c.Step, c.Confidence.Value, c.Why))])),
        ]));
    }

    /// <summary>The conversation (<see cref="ChatRequests"/>).</summary>
    internal Task<Reply> ChatAsync(Call call) => conversation?.AnswerAsync(call) ?? NotHere();

    /// <summary>What all these calls take and answer.</summary>
    internal static Task<Reply> OpenApiAsync() => Task.FromResult(new Reply(200, OpenApiDocument.Json));

    internal Task<Reply> LookAtLinkAsync(Call call) => unsubscribing?.LookAsync(call) ?? NotHere();

    internal Task<Reply> UnsubscribeAsync(Call call) => unsubscribing?.StopAsync(call) ?? NotHere();

    internal Task<Reply> SlackAsync(Call call) => chat?.ReceiveAsync("slack", call) ?? NotHere();

    private static Task<Reply> NotHere() => Task.FromResult(Reply.Error(404, "Nothing of the kind is done by this program."));

    private async Task<bool> ExistsAsync(string backlog, CancellationToken cancellation) =>
        (await store.BacklogsAsync(cancellation)).Contains(backlog);

    private static Reply NoBacklog(string backlog) => Reply.Error(404, $"There is no backlog '{backlog}' here.");

    private static WorkItemRef Item(Call call) => WorkItemRef.TryParse(call.Required("item"), out var item)
        ? item!
        : throw new BadCallException("The parameter 'item' is written tracker:project#number, for example github:owner/repo#12, and escaped for a URL (# is %23).");

    private static InstanceReply Show(InstanceState state) => new(state.Status.ToString(), state.UpdatedAt, state.Error);

    internal sealed record GivenAnswer(
        bool? Approved, string? By, string? Note, IReadOnlyList<string>? Only, [property: JsonPropertyName("snooze_until")] DateTimeOffset? SnoozeUntil);
}
