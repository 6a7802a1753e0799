using System.Net;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http;

public sealed class PoliteHttpTests : IDisposable
{
    private static readonly PaceOptions Patient = new() { MaxWait = TimeSpan.FromHours(1) };

    private PoliteHttpDriver driver = new();

    [Fact]
    public void Writes_are_a_second_apart_and_reads_are_not()
    {
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete, HttpMethod.Get, HttpMethod.Get })
            driver.Send(method, body: "{}");

        driver.Gaps.ShouldBe([1, 1, 0, 0]);
    }

    [Fact]
    public void A_process_that_starts_anew_knows_the_last_write()
    {
        driver.Send(HttpMethod.Post);

        driver.Restart();
        driver.Send(HttpMethod.Post);

        driver.Gaps.ShouldBe([1]);
    }

    [Fact]
    public void Accounts_have_budgets_of_their_own()
    {
        driver.Send(HttpMethod.Post, account: "installation:1");
        driver.Send(HttpMethod.Post, account: "installation:2");

        driver.Gaps.ShouldBe([0]);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(404)]
    public void A_pause_that_the_host_asks_for_is_kept_whatever_the_status(int status)
    {
        driver.Network.Then(status, ("Retry-After", "17"));

        driver.Send(HttpMethod.Get);
        driver.Restart();
        driver.Send(HttpMethod.Get);

        driver.Gaps.ShouldBe([17]);
    }

    [Fact]
    public void A_pause_until_a_date_is_measured_by_the_clock_of_the_host()
    {
        driver.Network.Then(200, ("Date", "Sun, 01 Mar 2026 11:00:00 GMT"), ("Retry-After", "Sun, 01 Mar 2026 11:00:20 GMT"));

        driver.Send(HttpMethod.Get);
        driver.Send(HttpMethod.Get);

        driver.Gaps.ShouldBe([21]);
    }

    [Fact]
    public void A_write_that_was_refused_for_its_rate_is_sent_again_after_its_pause()
    {
        driver.Network.Then(429, ("Retry-After", "20")).Then(201);

        driver.Send(HttpMethod.Post, body: """{"body":"text"}""").StatusCode.ShouldBe(HttpStatusCode.Created);

        driver.Gaps.ShouldBe([20]);
    }

    [Fact]
    public void Refusals_that_name_no_time_wait_a_minute_and_then_twice_as_long_each_time()
    {
        Use(Patient);
        driver.Network.Then(403, """{"message":"You have exceeded a secondary rate limit"}""").Then(429).Then(429).Then(200).Then(429).Then(200);

        driver.Send(HttpMethod.Get);
        driver.Send(HttpMethod.Get);

        driver.Gaps.ShouldBe([60, 120, 240, 0, 60]);
    }

    [Fact]
    public void A_403_that_is_no_matter_of_rate_is_passed_on_at_once()
    {
        driver.Network.Then(403, """{"message":"Resource not accessible by integration","issue":"rate limit"}""", ("x-ratelimit-remaining", "4999"));

        driver.Send(HttpMethod.Post).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        driver.Send(HttpMethod.Get);

        driver.Gaps.ShouldBe([0]);
    }

    [Fact]
    public void What_would_wait_too_long_is_not_sent_and_leaves_no_trace()
    {
        driver.Network.Then(200, ("Retry-After", "600"));
        driver.Send(HttpMethod.Get);

        var exhausted = Should.Throw<BudgetExhaustedException>(() => driver.Send(HttpMethod.Post));
        driver.Time.Advance(TimeSpan.FromSeconds(600));
        driver.Send(HttpMethod.Post);

        exhausted.Until.ShouldBe(driver.Network.Sent[0].At.AddSeconds(600));
        driver.Gaps.ShouldBe([600]);
    }

    [Fact]
    public void An_hour_that_is_used_up_is_waited_for_and_other_counters_go_on()
    {
        Use(Patient);
        var reset = driver.Time.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
        driver.Network.Then(200, ("X-RateLimit-Limit", "5000"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", $"{reset}"), ("X-RateLimit-Resource", "core"));

        driver.Send(HttpMethod.Get);
        driver.Send(HttpMethod.Post, "/graphql", """{"query":"{ viewer { login } }"}""");
        driver.Send(HttpMethod.Get);

        driver.Gaps.ShouldBe([0, 601]);
    }

    [Fact]
    public void What_is_left_of_the_hour_is_counted_down_without_asking()
    {
        Use(Patient);
        var reset = driver.Time.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds();
        driver.Network.Then(200, ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "2"), ("X-RateLimit-Reset", $"{reset}"));

        for (var i = 0; i < 4; i++)
            driver.Send(HttpMethod.Get, account: "anonymous");

        driver.Gaps.ShouldBe([0, 0, 1801]);
    }

    [Fact]
    public void Azure_DevOps_slows_us_down_with_a_200()
    {
        driver.Network
            .Then(200, ("X-RateLimit-Resource", "Service/Core"), ("X-RateLimit-Delay", "2.5"), ("X-RateLimit-Limit", "200"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1772355900"))
            .Then(200, ("X-RateLimit-Resource", "Service/Core"), ("X-RateLimit-Delay", "2.5"), ("Retry-After", "12"));

        for (var i = 0; i < 3; i++)
            driver.Send(HttpMethod.Get);

        driver.Gaps.ShouldBe([2.5, 12]);
    }

    [Fact]
    public void Reads_are_tried_again_after_faults_and_writes_are_not()
    {
        driver.Network.ThenFault().Then(502).Then(503).Then(200);
        driver.Send(HttpMethod.Get).StatusCode.ShouldBe(HttpStatusCode.OK);

        driver.Network.Then(502);
        driver.Send(HttpMethod.Post).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        driver.Network.ThenFault();
        Should.Throw<HttpRequestException>(() => driver.Send(HttpMethod.Post));

        driver.Network.Sent.Count.ShouldBe(6);
        driver.Gaps.Take(3).ShouldBe([0.5, 1, 2]);
    }

    [Fact]
    public void Reads_that_go_on_failing_end_with_what_the_host_said()
    {
        for (var i = 0; i < 4; i++)
            driver.Network.Then(504);

        driver.Send(HttpMethod.Get).StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);

        driver.Network.Sent.Count.ShouldBe(4);
    }

    [Fact]
    public void Scheduled_work_takes_a_tenth_of_the_hour_and_anonymous_calls_all_of_it()
    {
        var reset = driver.Time.GetUtcNow().AddMinutes(50).ToUnixTimeSeconds();
        driver.Network.Then(200, ("X-RateLimit-Limit", "100"), ("X-RateLimit-Remaining", "99"), ("X-RateLimit-Reset", $"{reset}"));
        driver.Send(HttpMethod.Get);

        using (BudgetShare.Scheduled())
        {
            for (var i = 0; i < 10; i++)
                driver.Send(HttpMethod.Get);
            Should.Throw<BudgetExhaustedException>(() => driver.Send(HttpMethod.Get)).Until.ShouldBeGreaterThan(driver.Time.GetUtcNow().AddMinutes(59));
            for (var i = 0; i < 20; i++)
                driver.Send(HttpMethod.Get, account: "anonymous");
        }

        driver.Send(HttpMethod.Get).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void A_query_that_is_refused_with_a_200_is_asked_again()
    {
        Use(Patient);
        var reset = driver.Time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        driver.Network
            .Then(200, """{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}""", ("X-RateLimit-Limit", "5000"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", $"{reset}"), ("X-RateLimit-Resource", "graphql"))
            .Then(200, """{"data":{}}""");

        driver.Send(HttpMethod.Post, "/graphql", """{"query":"{ viewer { login } }"}""");

        driver.Gaps.ShouldBe([301]);
    }

    [Fact]
    public void No_token_is_stored()
    {
        driver.Send(HttpMethod.Post);

        var stored = driver.StoredText();

        stored.ShouldContain("installation:1");
        stored.ShouldNotContain("secret-token");
    }

    public void Dispose() => driver.Dispose();

    private void Use(PaceOptions options)
    {
        driver.Dispose();
        driver = new PoliteHttpDriver(options);
    }
}
