using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http;

public sealed class WriteStopTests : IDisposable
{
    private readonly PoliteHttpDriver driver = new();

    [Theory]
    [InlineData("POST", "/repos/o/r/issues/1/comments", "{}")]
    [InlineData("PATCH", "/repos/o/r/issues/1", "{}")]
    [InlineData("DELETE", "/repos/o/r/issues/1/labels/graphql", null)]
    [InlineData("PUT", "/repos/o/r/issues/1/lock/access_tokens", null)]
    [InlineData("POST", "/graphql", """{"query":"mutation { addComment }"}""")]
    [InlineData("POST", "/graphql", """{"query":"query A { viewer { login } } # a\n mutation B { addComment }","operationName":"B"}""")]
    [InlineData("POST", "/graphql", "not JSON")]
    public void No_write_leaves_while_writing_is_stopped(string method, string path, string? body)
    {
        driver.Stop.On = new WriteStop("a drill", driver.Time.GetUtcNow());

        Should.Throw<WritesStoppedException>(() => driver.Send(new HttpMethod(method), path, body)).Message.ShouldContain("a drill");

        driver.Network.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "/repos/o/r/issues/1", null)]
    [InlineData("POST", "/app/installations/1/access_tokens", null)]
    [InlineData("POST", "/app/hook/deliveries/1/attempts", null)]
    [InlineData("POST", "/graphql", """{"query":"query { search(query: \"a mutation { in quotes\", first: 1) { nodes { mutation } } }"}""")]
    public void Reads_and_upkeep_go_on(string method, string path, string? body)
    {
        driver.Stop.On = new WriteStop("a drill", driver.Time.GetUtcNow());

        driver.Send(new HttpMethod(method), path, body);

        driver.Network.Sent.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_write_that_waits_is_held_by_a_stop_that_comes_meanwhile()
    {
        driver.Network.Then(200, ("Retry-After", "20"));
        driver.Send(HttpMethod.Get);

        driver.Time.Run(async () =>
        {
            var waiting = driver.SendAsync(HttpMethod.Post, "/repos/o/r/issues");
            await Task.Delay(TimeSpan.FromSeconds(5), driver.Time);
            driver.Stop.On = new WriteStop("a drill", driver.Time.GetUtcNow());
            (await FaultOfAsync(waiting)).ShouldBeOfType<WritesStoppedException>();
        });

        driver.Network.Sent.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_write_that_is_to_be_sent_again_is_held_too()
    {
        driver.Network.Then(429, ("Retry-After", "20"));

        driver.Time.Run(async () =>
        {
            var refused = driver.SendAsync(HttpMethod.Post, "/repos/o/r/issues");
            await Task.Delay(TimeSpan.FromSeconds(5), driver.Time);
            driver.Stop.On = new WriteStop("a drill", driver.Time.GetUtcNow());
            (await FaultOfAsync(refused)).ShouldBeOfType<WritesStoppedException>();
        });

        driver.Network.Sent.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_write_that_was_held_takes_nothing_from_the_budget()
    {
        driver.Stop.On = new WriteStop("a drill", driver.Time.GetUtcNow());
        for (var i = 0; i < 60; i++)
            Should.Throw<WritesStoppedException>(() => driver.Send(HttpMethod.Post));

        driver.Stop.On = null;
        var before = driver.Time.GetUtcNow();
        driver.Send(HttpMethod.Post);

        (driver.Network.Sent.Single().At - before).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_way_a_request_is_called_does_not_open_the_stop_for_a_mutation()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/graphql").As(RequestKind.Read);
        request.Content = new StringContent("""{"query":"mutation { addComment }"}""");
        driver.Stop.On = new WriteStop("a drill", driver.Time.GetUtcNow());

        Should.Throw<WritesStoppedException>(() => driver.Time.Run(() => driver.SendAsync(request)));

        driver.Network.Sent.ShouldBeEmpty();
    }

    public void Dispose() => driver.Dispose();

    /// <summary>By hand, so that all stays on the thread of the clock.</summary>
    private static async Task<Exception?> FaultOfAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (WritesStoppedException fault)
        {
            return fault;
        }
    }
}
