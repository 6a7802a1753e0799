namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>What all processes together know and have used of one host in the name of one account. One row; <see cref="Pace"/> holds the rules.</summary>
internal sealed record PaceState
{
    /// <summary>When the writes of the last hour ended, Unix milliseconds rounded up, oldest first.</summary>
    public IReadOnlyList<long> Writes { get; init; } = [];

    /// <summary>The write that is under way, in whatever process.</summary>
    public WriteHold? Writing { get; init; }

    /// <summary>Points of REST requests.</summary>
    public Tally Rest { get; init; } = new();

    /// <summary>Points of GraphQL requests.</summary>
    public Tally GraphQl { get; init; } = new();

    /// <summary>Scheduled requests.</summary>
    public Tally Scheduled { get; init; } = new();

    /// <summary>The host's own counters by their name: <c>core</c>, <c>graphql</c>, <c>search</c>.</summary>
    public IReadOnlyDictionary<string, HostLimit> Limits { get; init; } = new Dictionary<string, HostLimit>();

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>When the host last asked for a pause.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Refusals in a row that named no time.</summary>
    public int Refusals { get; init; }

    /// <summary>Requests so far.</summary>
    public long Sequence { get; init; }
}

/// <param name="Until">Then the write is over in any case: its process gives up before, or is dead.</param>
internal sealed record WriteHold(string Id, DateTimeOffset Until);

/// <param name="Limit">Requests in the host's hour.</param>
/// <param name="Left">What is left of them, less what was sent since.</param>
/// <param name="Reset">When the host begins anew, in its own clock (Unix seconds): names the hour.</param>
/// <param name="Until">The same by our clock.</param>
internal sealed record HostLimit(int Limit, int Left, long Reset, DateTimeOffset Until);

/// <summary>Leave to send one request.</summary>
/// <param name="Until">By then the answer must be there.</param>
/// <param name="Left">What the host is taken to have left after it; null when that is not known.</param>
/// <param name="Refusals"><see cref="PaceState.Refusals"/> when it was given.</param>
internal sealed record Permit(string Id, DateTimeOffset At, DateTimeOffset Until, long Sequence, int? Left, int Refusals);

/// <summary>Counts over a sliding time, in slots: one that has begun counts until all of it is out of the time.</summary>
internal sealed record Tally
{
    public IReadOnlyList<Slot> Slots { get; init; } = [];

    public Tally Add(DateTimeOffset now, int points, TimeSpan width)
    {
        var number = now.ToUnixTimeMilliseconds() / (long)width.TotalMilliseconds;
        return Slots is [.., var last] && last.Number >= number
            ? new Tally { Slots = [.. Slots.Take(Slots.Count - 1), last with { Points = last.Points + points }] }
            : new Tally { Slots = [.. Slots, new Slot(number, points)] };
    }

    /// <summary>Takes back what <see cref="Add"/> counted at <paramref name="at"/>, where it still counts.</summary>
    public Tally Remove(DateTimeOffset at, int points, TimeSpan width)
    {
        var number = at.ToUnixTimeMilliseconds() / (long)width.TotalMilliseconds;
        return new Tally { Slots = [.. Slots.Select(s => s.Number == number ? s with { Points = Math.Max(0, s.Points - points) } : s)] };
    }

    public Tally Forget(DateTimeOffset now, TimeSpan width, TimeSpan window) =>
        new() { Slots = [.. Slots.Where(s => s.Ends(width) + window > now)] };

    /// <summary>When <paramref name="points"/> more stay within <paramref name="cap"/>; the past when they do now.</summary>
    public DateTimeOffset RoomAt(int points, int cap, TimeSpan width, TimeSpan window)
    {
        var sum = Slots.Sum(s => s.Points) + points;
        var at = DateTimeOffset.MinValue;
        foreach (var slot in Slots.TakeWhile(_ => sum > cap))
        {
            sum -= slot.Points;
            at = slot.Ends(width) + window;
        }

        return at;
    }
}

internal readonly record struct Slot(long Number, int Points)
{
    public DateTimeOffset Ends(TimeSpan width) => DateTimeOffset.FromUnixTimeMilliseconds((Number + 1) * (long)width.TotalMilliseconds);
}
