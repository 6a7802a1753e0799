using System.Diagnostics;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>
/// Takes a webhook call in: verifies it, understands it, stores it as pending. Nothing is asked of a tracker or a model here, so that the
/// answer comes at once; what was stored is started afterwards (<see cref="DeliveryStart"/>), by this process or, should it die, by another.
/// </summary>
public sealed class WebhookIntake(IEnumerable<ITracker> trackers, IDeliveryStore deliveries, TimeProvider time)
{
    /// <summary>Bytes of the longest body that is read: several times the longest that an event of a work item has.</summary>
    public const int MaxBody = 5 * 1024 * 1024;

    private readonly Dictionary<string, ITrackerHooks> hooks =
        trackers.OfType<ILiveTracker>().ToDictionary(t => t.Name, t => t.Hooks, StringComparer.OrdinalIgnoreCase);

    public async Task<Received> ReceiveAsync(string tracker, HookRequest request, CancellationToken cancellation)
    {
        if (!hooks.TryGetValue(tracker, out var reader))
            return new Received(Reply.Error(404, $"Nothing takes webhooks in under that name. There is: {string.Join(", ", hooks.Keys.Select(name => $"/hooks/{name}"))}."));
        var verdict = reader.Verify(request);
        if (verdict != HookVerdict.Genuine)
            BacklogMetrics.Delivered(tracker.ToLowerInvariant(), DeliveryResults.Refused);
        switch (verdict)
        {
            case HookVerdict.NotConfigured:
                return new Received(Reply.Error(403, $"No secret is set for the webhooks of {tracker}, so that none can be trusted. Set one here and the same one there (docs/live.md)."));
            case HookVerdict.Unproven:
                return new Received(Reply.Error(401, "The call carries no signature or secret. Give the webhook the secret that is set here."));
            case HookVerdict.Forged:
                return new Received(Reply.Error(401, "The signature or secret is not one of those that are set here. Compare the two; while a secret is changed, both may be set."));
        }

        return await TakeAsync(tracker, request, cancellation);
    }

    /// <summary>Takes in what is known to come from the tracker. Here the trace of a delivery begins.</summary>
    public async Task<Received> TakeAsync(string tracker, HookRequest request, CancellationToken cancellation)
    {
        tracker = tracker.ToLowerInvariant();
        using var span = Tracing.Begin("receive delivery")?.SetTag(SpanTags.Tracker, tracker);
        try
        {
            var told = hooks[tracker].Read(request);
            span?.About(told.Backlog, told.Item).SetTag(SpanTags.Delivery, told.DeliveryId).SetTag(SpanTags.Event, told.Name);
            if (told.Kind != EventKind.Ping)
                return await StoreAsync(tracker, told, request, span, cancellation);
            Became(DeliveryResults.Ping);
            return new Received(new Reply(200, new HookReply(told.DeliveryId, null, "pong", null)));
        }
        catch (BadHookException wrong)
        {
            Became(DeliveryResults.Unreadable);
            return new Received(Reply.Error(wrong.Status, wrong.Message));
        }
        catch (Exception fault)
        {
            span?.Fail(fault);
            throw;
        }

        void Became(string result) => Note(span, tracker, result);
    }

    private static void Note(Activity? span, string tracker, string result)
    {
        span?.SetTag(SpanTags.Result, result);
        BacklogMetrics.Delivered(tracker, result);
    }

    private async Task<Received> StoreAsync(string tracker, TrackerEvent told, HookRequest request, Activity? span, CancellationToken cancellation)
    {
        var starts = told is { Kind: EventKind.Changed or EventKind.Removed, Item: not null, Backlog: not null }
            or { Kind: EventKind.Configured, Backlog: not null } or { Kind: EventKind.Changed, Signs.Count: > 0, Backlog: not null };
        var delivery = new Delivery
        {
            Tracker = tracker,
            Id = told.DeliveryId,
            Event = told.Name,
            ContentKey = told.ContentKey,
            ReceivedAt = time.GetUtcNow(),
            State = starts ? DeliveryState.Pending : told.Kind == EventKind.Unknown ? DeliveryState.Unknown : DeliveryState.Ignored,
            Why = told.Why,
            Backlog = told.Backlog,
            Item = told.Item,
            Headers = KeptHeaders.Of(request),
            Body = starts ? request.Body : ReadOnlyMemory<byte>.Empty,
            Trace = Tracing.Current,
        };
        return await deliveries.AddAsync(delivery, cancellation) switch
        {
            DeliveryAnswer.Repeated => Say(202, "repeated", DeliveryResults.Repeated),
            DeliveryAnswer.SameContent => Say(202, "told before", DeliveryResults.SameContent),
            _ when starts => Say(202, "accepted", DeliveryResults.Accepted) with { Pending = delivery },
            _ when delivery.State == DeliveryState.Unknown => Say(200, "unknown event", DeliveryResults.Unknown),
            _ => Say(200, "ignored", DeliveryResults.Ignored),
        };

        Received Say(int status, string result, string counted)
        {
            Note(span, tracker, counted);
            return new(new Reply(status, new HookReply(told.DeliveryId, told.Name, result, told.Why)));
        }
    }
}

/// <param name="Pending">The delivery that waits to be started; null when there is none.</param>
public sealed record Received(Reply Reply, Delivery? Pending = null);

/// <summary>The headers without which a body cannot be understood again. Signatures and secrets are not among them.</summary>
internal static class KeptHeaders
{
    private static readonly string[] Names = ["Content-Type", "X-GitHub-Event", "X-GitHub-Delivery", "X-GitHub-Hook-Installation-Target-Type"];

    public static IReadOnlyDictionary<string, string> Of(HookRequest request) =>
        Names.Select(name => (Name: name, Value: request.Header(name))).Where(h => h.Value is not null).ToDictionary(h => h.Name, h => h.Value!);

    public static HookRequest RequestOf(Delivery delivery)
    {
        var headers = new Dictionary<string, string>(delivery.Headers, StringComparer.OrdinalIgnoreCase);
        return new HookRequest(headers.GetValueOrDefault, delivery.Body);
    }
}
