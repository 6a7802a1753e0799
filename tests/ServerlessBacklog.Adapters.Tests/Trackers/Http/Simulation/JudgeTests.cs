namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

/// <summary>A judge that never finds anything proves nothing.</summary>
public sealed class JudgeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, double[], string> Breaches => new()
    {
        { "POST", [0, 0.9], "too soon" },
        { "POST", [.. Enumerable.Range(0, 51).Select(i => i * 1.15)], "51 writes a minute" },
        { "POST", [.. Enumerable.Range(0, 301).Select(i => i * 11.9)], "301 writes an hour" },
        { "GET", [.. Enumerable.Range(0, 901).Select(i => i * 0.06)], "901 REST points a minute" },
        { "GET", [0, 0, 0, 0, 0], "a fifth read at once" },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public void The_judge_sees_what_comes_too_soon_or_too_often(string method, double[] seconds, string breach) =>
        new Judge(TimeSpan.Zero).Breaches(seconds.Select(s => At(s, method))).ShouldContain(b => b.Contains(breach));

    [Fact]
    public void The_judge_sees_writes_that_overlap()
    {
        var slow = At(0, "POST");
        slow.AnsweredAt = Start.AddSeconds(5);

        new Judge(TimeSpan.Zero).Breaches([slow, At(3, "POST")]).ShouldContain(b => b.Contains("beside"));
    }

    [Fact]
    public void The_judge_sees_scheduled_work_that_takes_more_than_a_tenth() =>
        new Judge(TimeSpan.Zero).Breaches(Enumerable.Range(0, 11).Select(i => At(i, "GET", isScheduled: true, limit: 100)))
            .ShouldContain(b => b.Contains("11 scheduled"));

    public static TheoryData<int, int?, int, double> Pauses => new()
    {
        { 200, 30, 10, 29 },
        { 403, null, 10, 59 },
        { 429, 120, 10, 119 },
        { 200, null, 0, 3599 },
    };

    [Theory]
    [MemberData(nameof(Pauses))]
    public void The_judge_sees_what_is_sent_in_a_pause(int status, int? retryAfter, int remaining, double second)
    {
        var told = At(0, "GET");
        (told.Status, told.RetryAfter, told.Remaining) = (status, retryAfter is { } s ? TimeSpan.FromSeconds(s) : null, remaining);

        new Judge(TimeSpan.Zero).Breaches([told, At(second, "GET")]).ShouldContain(b => b.Contains("though told"));
        new Judge(TimeSpan.Zero).Breaches([told, At(second + 2, "GET")]).ShouldBeEmpty();
    }

    [Fact]
    public void The_judge_asks_for_two_minutes_after_a_second_refusal()
    {
        var (first, second) = (At(0, "GET"), At(61, "GET"));
        (first.Status, second.Status) = (403, 403);

        new Judge(TimeSpan.Zero).Breaches([first, second, At(125, "GET")]).ShouldContain(b => b.Contains("though told"));
    }

    private static Arrival At(double seconds, string method, bool isScheduled = false, int limit = 5000)
    {
        var at = Start.AddSeconds(seconds);
        return new Arrival
        {
            Process = 0,
            Account = "a",
            Method = new HttpMethod(method),
            IsGraphQl = false,
            IsScheduled = isScheduled,
            SentAt = at,
            ArrivedAt = at,
            AnsweredAt = at.AddMilliseconds(20),
            ReceivedAt = at.AddMilliseconds(40),
            Status = 200,
            Limit = limit,
            Remaining = 10,
            Reset = Start.AddHours(1),
        };
    }
}
