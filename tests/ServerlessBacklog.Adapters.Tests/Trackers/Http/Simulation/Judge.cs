namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

/// <summary>
/// Reads the log of what arrived and says which of the hosts' rules were broken (FACTS: GitHub's limits and best practices). Knows
/// nothing of how the rules are kept.
/// </summary>
/// <param name="Spread">What it takes for one process to learn what another was told.</param>
internal sealed record Judge(TimeSpan Spread)
{
    /// <summary>What a write whose turn has come takes to ask whether writing is stopped: what the process is told meanwhile comes too late for it.</summary>
    public TimeSpan Leaving { get; init; }

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public IReadOnlyList<string> Breaches(IEnumerable<Arrival> log) =>
        [.. log.GroupBy(a => a.Account).SelectMany(account => BreachesOf([.. account.OrderBy(a => a.ArrivedAt)]).Select(b => $"{account.Key}: {b}")).Take(20)];

    private IEnumerable<string> BreachesOf(List<Arrival> log)
    {
        var writes = log.Where(a => a.IsWrite).ToList();
        return
        [
            .. Serial(writes),
            .. Window(writes, Minute, 50, _ => 1, "writes a minute"),
            .. Window(writes, Hour, 300, _ => 1, "writes an hour"),
            .. Window([.. log.Where(a => !a.IsGraphQl)], Minute, 900, a => a.Points, "REST points a minute"),
            .. Window([.. log.Where(a => a.IsGraphQl)], Minute, 2000, a => a.Points, "GraphQL points a minute"),
            .. Window([.. log.Where(a => a.IsScheduled && a.Account != "anonymous")], Hour, log.Max(a => a.Limit) / 10, _ => 1, "scheduled requests an hour"),
            .. Pauses(log),
            .. log.GroupBy(a => a.Process).SelectMany(p => AtOnce([.. p.Where(a => !a.IsWrite)])),
        ];
    }

    private static IEnumerable<string> Serial(List<Arrival> writes)
    {
        foreach (var (before, after) in writes.Zip(writes.Skip(1)))
        {
            if (after.ArrivedAt < before.AnsweredAt)
                yield return $"write at {after.ArrivedAt:HH:mm:ss.fff} beside the one of {before.ArrivedAt:HH:mm:ss.fff}";
            if (after.SentAt < (before.ReceivedAt ?? before.ArrivedAt) + Second)
                yield return $"write at {after.SentAt:HH:mm:ss.fff} too soon after {before.ReceivedAt:HH:mm:ss.fff}";
        }
    }

    private static IEnumerable<string> Window(List<Arrival> arrivals, TimeSpan length, int cap, Func<Arrival, int> points, string what)
    {
        for (int first = 0, last = 0, sum = 0; last < arrivals.Count; last++)
        {
            sum += points(arrivals[last]);
            while (arrivals[first].ArrivedAt <= arrivals[last].ArrivedAt - length)
                sum -= points(arrivals[first++]);
            if (sum > cap)
                yield return $"{sum} {what} at {arrivals[last].ArrivedAt:HH:mm:ss.fff}, {cap} are allowed";
        }
    }

    private IEnumerable<string> Pauses(List<Arrival> log)
    {
        var row = 0;
        var lastRefusal = DateTimeOffset.MinValue;
        foreach (var answer in log.Where(a => a.ReceivedAt is not null).OrderBy(a => a.ReceivedAt))
        {
            var untimed = answer is { IsRefused: true, RetryAfter: null, Remaining: > 0 };
            if (untimed && answer.SentAt > lastRefusal)
                row++;
            if (untimed)
                lastRefusal = answer.ReceivedAt!.Value;
            else if (!answer.IsRefused && answer.SentAt > lastRefusal)
                row = 0;

            var until = answer.RetryAfter is { } wait ? answer.ReceivedAt!.Value + wait
                : answer.Remaining == 0 ? answer.Reset
                : untimed ? answer.ReceivedAt!.Value + (Minute * Math.Min(Math.Pow(2, row - 1), 60))
                : DateTimeOffset.MinValue;
            foreach (var other in log.Where(o => o.SentAt > answer.ReceivedAt + (o.Process != answer.Process ? Spread : o.Method == HttpMethod.Get ? TimeSpan.Zero : Leaving) && o.SentAt < until))
            {
                if (answer.RetryAfter is not null || untimed || other.IsGraphQl == answer.IsGraphQl)
                    yield return $"sent at {other.SentAt:HH:mm:ss.fff} though told at {answer.ReceivedAt:HH:mm:ss.fff} to wait until {until:HH:mm:ss.fff} ({answer.Status})";
            }
        }
    }

    private static IEnumerable<string> AtOnce(List<Arrival> reads) =>
        reads.Where(r => reads.Count(o => o.SentAt <= r.SentAt && (o.ReceivedAt ?? o.SentAt) > r.SentAt) > 4)
            .Select(r => $"a fifth read at once at {r.SentAt:HH:mm:ss.fff}");
}
