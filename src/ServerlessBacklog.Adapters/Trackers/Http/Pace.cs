namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>What a request takes from the budget.</summary>
/// <param name="Resource">The host's counter that it is taken to go on: <c>core</c>, <c>graphql</c>, <c>search</c>.</param>
/// <param name="IsScheduled">Whether it goes on the part for scheduled work.</param>
internal sealed record PaceAsk(RequestKind Kind, string Resource, int Points, bool IsScheduled);

/// <param name="Permit">Set when the request may be sent.</param>
/// <param name="Wake">Else when to ask again.</param>
/// <param name="Until">Else when it can be sent at the latest, as far as is known.</param>
internal sealed record Turn(Permit? Permit, DateTimeOffset Wake, DateTimeOffset Until);

/// <summary>
/// The rules of good conduct, pure. A write counts from its end, which is never before it reached the host, and one whose process died
/// counts as having ended when its hold lapses: so no window of the host's sees more than a window of ours.
/// </summary>
internal static class Pace
{
    public const string Core = "core";
    public const string GraphQl = "graphql";
    public const string Search = "search";

    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>A host that has less left than we count, by so many, is shared with somebody else: then its figure is written down.</summary>
    private const int Slack = 8;

    private const int MaxResources = 8;

    /// <summary>From the last moment at which an answer is waited for to the moment at which others take a write for over.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Gives leave and counts it, or says when to ask again and leaves the state as it is.</summary>
    public static (PaceState Next, Turn Turn) Ask(PaceState state, PaceAsk ask, DateTimeOffset now, PaceOptions options)
    {
        var before = state;
        state = Forget(state, now);
        var at = Earliest(state, ask, now, options);
        if (ask.Kind == RequestKind.Write && state.Writing is { } other)
        {
            var look = now + (options.WriteSpacing < Second ? options.WriteSpacing : Second);
            return (before, new Turn(null, Later(at, look < other.Until ? look : other.Until), Later(at, other.Until + options.WriteSpacing)));
        }

        if (at > now)
            return (before, new Turn(null, at, at));

        var left = LimitOf(state, ask.Resource, now)?.Left - 1;
        var permit = new Permit(Guid.NewGuid().ToString("N"), now, now + options.RequestTimeout, state.Sequence + 1, left, state.Refusals);
        return (Count(state, ask, permit), new Turn(permit, now, now));
    }

    /// <summary>Gives back what <see cref="Ask"/> took: the request was not sent.</summary>
    public static PaceState Release(PaceState state, PaceAsk ask, Permit permit) => TakeBack(state, ask, permit) with
    {
        Writing = state.Writing?.Id == permit.Id ? null : state.Writing,
        Rest = ask.Resource == GraphQl ? state.Rest : state.Rest.Remove(permit.At, ask.Points, Second),
        GraphQl = ask.Resource == GraphQl ? state.GraphQl.Remove(permit.At, ask.Points, Second) : state.GraphQl,
    };

    /// <summary>The part that the host still allows of its hour, 0 … 1: its scarcest counter. Null when it has told nothing.</summary>
    public static double? Left(PaceState state, DateTimeOffset now)
    {
        var told = new[] { LimitOf(state, Core, now), LimitOf(state, GraphQl, now) }.OfType<HostLimit>().Where(l => l.Limit > 0).ToList();
        return told.Count == 0 ? null : told.Min(l => Math.Clamp((double)l.Left / l.Limit, 0, 1));
    }

    /// <summary>True when the answer tells something that other requests must know.</summary>
    public static bool IsNews(PaceAsk ask, Permit permit, HostAnswer answer) =>
        ask.Kind == RequestKind.Write || answer.Wait is not null || answer.IsRefused || answer.IsFree || permit.Refusals > 0
        || (answer.Limit is { } told && (permit.Left is not { } left || told.Left < left - Slack || told.Left <= 0 || told.Left > left + Slack));

    /// <summary>Writes down the end of a request and what the host told.</summary>
    public static PaceState Finish(PaceState state, PaceAsk ask, Permit permit, HostAnswer answer, DateTimeOffset now, PaceOptions options)
    {
        state = Forget(state, now);
        if (ask.Kind == RequestKind.Write)
            state = AddWrite(state with { Writing = state.Writing?.Id == permit.Id ? null : state.Writing }, now);
        if (answer.IsFree)
            state = TakeBack(state, ask, permit);
        return Pause(Learn(state, ask, permit, answer, now), permit, answer, now, options);
    }

    private static PaceState Forget(PaceState state, DateTimeOffset now)
    {
        if (state.Writing is { } hold && hold.Until <= now)
            state = AddWrite(state with { Writing = null }, hold.Until);
        return state with
        {
            Writes = [.. state.Writes.Where(w => At(w) + Hour > now)],
            Rest = state.Rest.Forget(now, Second, Minute),
            GraphQl = state.GraphQl.Forget(now, Second, Minute),
            Scheduled = state.Scheduled.Forget(now, Minute, Hour),
        };
    }

    private static DateTimeOffset Earliest(PaceState state, PaceAsk ask, DateTimeOffset now, PaceOptions options)
    {
        var at = Later(now, state.PausedUntil ?? now);
        if (LimitOf(state, ask.Resource, now) is { Left: <= 0 } used)
            at = Later(at, used.Until);
        at = Later(at, ask.Resource == GraphQl
            ? state.GraphQl.RoomAt(ask.Points, options.GraphQlPointsPerMinute, Second, Minute)
            : state.Rest.RoomAt(ask.Points, options.RestPointsPerMinute, Second, Minute));
        if (ask.IsScheduled)
            at = Later(at, state.Scheduled.RoomAt(1, ScheduledCap(state, options), Minute, Hour));
        return ask.Kind == RequestKind.Write ? Later(at, WriteAt(state.Writes, options)) : at;
    }

    private static DateTimeOffset WriteAt(IReadOnlyList<long> writes, PaceOptions options)
    {
        var at = DateTimeOffset.MinValue;
        if (writes.Count > 0)
            at = At(writes[^1]) + options.WriteSpacing;
        if (writes.Count >= options.WritesPerMinute)
            at = Later(at, At(writes[^options.WritesPerMinute]) + Minute);
        return writes.Count >= options.WritesPerHour ? Later(at, At(writes[^options.WritesPerHour]) + Hour) : at;
    }

    /// <summary>Of the counters that go by the hour: the one for searches does not.</summary>
    private static int ScheduledCap(PaceState state, PaceOptions options)
    {
        var told = state.Limits.Where(l => l.Key is Core or GraphQl).Select(l => l.Value.Limit).DefaultIfEmpty(options.AssumedHourlyLimit);
        return Math.Max(1, (int)(told.Min() * options.ScheduledShare));
    }

    /// <summary>What the host last told, while its hour lasts.</summary>
    private static HostLimit? LimitOf(PaceState state, string resource, DateTimeOffset now) =>
        state.Limits.GetValueOrDefault(resource) is { } limit && limit.Until > now ? limit : null;

    private static PaceState Count(PaceState state, PaceAsk ask, Permit permit) => AddLeft(state, ask.Resource, -1) with
    {
        Sequence = permit.Sequence,
        Writing = ask.Kind == RequestKind.Write ? new WriteHold(permit.Id, permit.Until + Margin) : state.Writing,
        Rest = ask.Resource == GraphQl ? state.Rest : state.Rest.Add(permit.At, ask.Points, Second),
        GraphQl = ask.Resource == GraphQl ? state.GraphQl.Add(permit.At, ask.Points, Second) : state.GraphQl,
        Scheduled = ask.IsScheduled ? state.Scheduled.Add(permit.At, 1, Minute) : state.Scheduled,
    };

    private static PaceState TakeBack(PaceState state, PaceAsk ask, Permit permit) =>
        (permit.Left is null ? state : AddLeft(state, ask.Resource, 1)) with
        {
            Scheduled = ask.IsScheduled ? state.Scheduled.Remove(permit.At, 1, Minute) : state.Scheduled,
        };

    private static PaceState AddLeft(PaceState state, string resource, int count) =>
        state.Limits.GetValueOrDefault(resource) is { } limit ? Set(state, resource, limit with { Left = limit.Left + count }) : state;

    /// <summary>
    /// Within the host's hour only the lower figure is believed: an answer may be overtaken by another. Of a new hour's first figure goes
    /// what was sent since that request.
    /// </summary>
    private static PaceState Learn(PaceState state, PaceAsk ask, Permit permit, HostAnswer answer, DateTimeOffset now)
    {
        if (answer.Limit is not { } told)
            return state;
        var resource = answer.Resource ?? ask.Resource;
        var known = LimitOf(state, resource, now);
        if (known is null || told.Reset > known.Reset)
            return Set(state, resource, told with { Left = told.Left - (int)(state.Sequence - permit.Sequence) });
        return told.Reset < known.Reset ? state : Set(state, resource, known with { Limit = told.Limit, Left = Math.Min(known.Left, told.Left) });
    }

    private static PaceState Pause(PaceState state, Permit permit, HostAnswer answer, DateTimeOffset now, PaceOptions options)
    {
        var isLater = state.PausedAt is not { } pausedAt || permit.At > pausedAt;
        if (answer.Wait is { } wait)
            return state with { PausedUntil = Later(now + wait, state.PausedUntil ?? now), PausedAt = now };
        if (answer is { IsRefused: true, IsUsedUp: false })
        {
            var refusals = isLater ? state.Refusals + 1 : Math.Max(1, state.Refusals);
            var penalty = options.FirstPenalty * Math.Pow(2, Math.Min(refusals - 1, 10));
            var until = now + (penalty < Hour ? penalty : Hour);
            return state with { PausedUntil = Later(until, state.PausedUntil ?? now), PausedAt = now, Refusals = refusals };
        }

        return !answer.IsRefused && answer.IsKnown && isLater ? state with { Refusals = 0 } : state;
    }

    private static PaceState AddWrite(PaceState state, DateTimeOffset end) =>
        state with { Writes = [.. state.Writes.Append(end.ToUnixTimeMilliseconds() + 1).Order()] };

    private static PaceState Set(PaceState state, string resource, HostLimit limit) =>
        state.Limits.Count >= MaxResources && !state.Limits.ContainsKey(resource)
            ? state
            : state with { Limits = new Dictionary<string, HostLimit>(state.Limits) { [resource] = limit } };

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
