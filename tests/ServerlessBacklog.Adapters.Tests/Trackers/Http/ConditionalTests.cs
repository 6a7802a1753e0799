namespace ServerlessBacklog.Adapters.Tests.Trackers.Http;

public sealed class ConditionalTests : IDisposable
{
    private PoliteHttpDriver driver = new();

    [Fact]
    public async Task An_answer_that_has_not_changed_is_given_again()
    {
        driver.Network.Then(200, """[{"number":1}]""", ("ETag", "W/\"a\""), ("Link", "<https://api.example/p2>; rel=\"next\"")).Then(304, "", ("ETag", "W/\"a\""));

        driver.Send(HttpMethod.Get);
        var again = driver.Send(HttpMethod.Get);

        driver.Network.Sent.Select(s => s.IfNoneMatch).ShouldBe([null, "W/\"a\""]);
        ((int)again.StatusCode).ShouldBe(200);
        (await again.Content.ReadAsStringAsync()).ShouldBe("""[{"number":1}]""");
        again.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        again.Headers.GetValues("Link").ShouldHaveSingleItem();
    }

    [Fact]
    public void An_answer_that_has_changed_replaces_the_old_one()
    {
        driver.Network.Then(200, "1", ("ETag", "\"a\"")).Then(200, "2", ("ETag", "\"b\"")).Then(304);

        for (var i = 0; i < 3; i++)
            driver.Send(HttpMethod.Get);

        driver.Network.Sent[2].IfNoneMatch.ShouldBe("\"b\"");
    }

    [Fact]
    public void One_account_is_not_given_what_another_was_told()
    {
        driver.Network.Then(200, "1", ("ETag", "\"a\""));

        driver.Send(HttpMethod.Get, account: "installation:1");
        driver.Send(HttpMethod.Get, account: "installation:2");

        driver.Network.Sent[1].IfNoneMatch.ShouldBeNull();
    }

    [Fact]
    public void Without_an_account_it_is_not_asked_because_it_would_count()
    {
        driver.Network.Then(200, "1", ("ETag", "\"a\""));

        driver.Send(HttpMethod.Get, account: "anonymous", hasToken: false);
        driver.Send(HttpMethod.Get, account: "anonymous", hasToken: false);

        driver.Network.Sent[1].IfNoneMatch.ShouldBeNull();
    }

    [Fact]
    public void What_has_not_changed_takes_nothing_from_the_hour()
    {
        var reset = driver.Time.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds();
        driver.Network.Then(200, "1", ("ETag", "\"a\""), ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "2"), ("X-RateLimit-Reset", $"{reset}"));
        driver.Send(HttpMethod.Get);

        for (var i = 0; i < 20; i++)
        {
            driver.Network.Then(304, "", ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "2"), ("X-RateLimit-Reset", $"{reset}"));
            driver.Send(HttpMethod.Get);
        }

        driver.Network.Sent.Count.ShouldBe(21);
    }

    [Fact]
    public void Only_so_much_is_kept_and_what_was_used_last_stays()
    {
        driver.Dispose();
        driver = new PoliteHttpDriver(new() { CacheMegabytes = 1 });
        for (var i = 0; i < 12; i++)
        {
            driver.Network.Then(200, new string('1', 100_000), ("ETag", $"\"{i}\""));
            driver.Send(HttpMethod.Get, $"/{i}");
        }

        driver.Network.Then(200, new string('1', 200_000), ("ETag", "\"big\""));
        driver.Send(HttpMethod.Get, "/big");
        foreach (var path in new[] { "/0", "/11", "/big" })
            driver.Send(HttpMethod.Get, path);

        driver.Network.Sent.TakeLast(3).Select(s => s.IfNoneMatch).ShouldBe([null, "\"11\"", null]);
    }

    public void Dispose() => driver.Dispose();
}
