using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests;

/// <summary>What people see of the instances, and clearing up.</summary>
public sealed class LookingTests : IAsyncDisposable
{
    private readonly Engines engines = new(CallsAll.Entry, WaitsThenCalls.Entry, Sleeps.Entry, Retries.Entry);

    [Fact]
    public async Task A_listing_says_what_an_instance_waits_for_and_until_when()
    {
        var runner = await engines.StartAsync();
        var begin = engines.Time.GetUtcNow();
        await runner.StartAsync(WaitsThenCalls.Ref, "waits", "x", Engines.None);
        await runner.StartAsync(Sleeps.Ref, "sleeps", 3, Engines.None);
        await SettledAsync(runner);

        var listed = (await runner.ListAsync(new InstanceFilter(InstanceStatus.Running), 10)).ToDictionary(l => l.State.Id);

        listed["waits"].Waits.ShouldBe([new OpenWait("go", begin.AddDays(2))]);
        listed["sleeps"].Waits.ShouldBe([new OpenWait(null, begin.AddDays(3))]);
    }

    [Fact]
    public async Task A_listing_says_why_the_last_attempt_failed_and_when_the_next_comes()
    {
        var runner = await engines.StartAsync(new Gate { IsOpen = true, Fault = "No connection." });
        await runner.StartAsync(Retries.Ref, "one", "x", Engines.None);
        await SettledAsync(runner);

        var call = (await runner.ListAsync(new InstanceFilter(), 1)).Single().Calls.Single();

        call.ShouldBe(new OpenCall(nameof(Gated), 2, IsRunning: false, engines.Time.GetUtcNow().AddSeconds(10), "No connection."));
    }

    [Fact]
    public async Task Instances_are_counted_by_orchestration_and_status()
    {
        var runner = await engines.StartAsync();
        await runner.StartAsync(CallsAll.Ref, "one", ["x"], Engines.None);
        await runner.StartAsync(CallsAll.Ref, "two", ["x"], Engines.None);
        await runner.StartAsync(Sleeps.Ref, "three", 1, Engines.None);
        await SettledAsync(runner);

        (await runner.CountsAsync()).ShouldBe(
            [new InstanceCount(nameof(CallsAll), InstanceStatus.Completed, 2), new InstanceCount(nameof(Sleeps), InstanceStatus.Running, 1)]);
    }

    [Theory]
    [InlineData(InstanceStatus.Completed, null, null, "a1,a2")]
    [InlineData(null, nameof(Sleeps), null, "b1")]
    [InlineData(null, null, "a", "a1,a2")]
    [InlineData(null, null, null, "a1,a2,b1")]
    public async Task A_listing_can_be_narrowed(InstanceStatus? status, string? orchestration, string? prefix, string ids)
    {
        var runner = await engines.StartAsync();
        await runner.StartAsync(CallsAll.Ref, "a1", ["x"], Engines.None);
        await runner.StartAsync(CallsAll.Ref, "a2", ["x"], Engines.None);
        await runner.StartAsync(Sleeps.Ref, "b1", 1, Engines.None);
        await SettledAsync(runner);

        var listed = await runner.ListAsync(new InstanceFilter(status, orchestration, prefix), 10);

        listed.Select(l => l.State.Id).Order().ShouldBe(ids.Split(','));
    }

    [Fact]
    public async Task A_program_may_look_while_it_cannot_write()
    {
        var runner = await engines.StartAsync();
        await runner.StartAsync(Sleeps.Ref, "one", 1, Engines.None);
        await SettledAsync(runner);

        var looking = engines.Open(engines.Options() with { ReadOnly = true });

        (await looking.ListAsync(new InstanceFilter(), 10)).Single().State.Status.ShouldBe(InstanceStatus.Running);
        await Should.ThrowAsync<InvalidOperationException>(() => looking.StartAsync(Sleeps.Ref, "two", 1, Engines.None));
    }

    [Fact]
    public async Task Purging_deletes_what_ended_before_a_time_with_its_history_and_nothing_else()
    {
        var runner = await engines.StartAsync();
        for (var i = 0; i < 450; i++)
            await runner.StartAsync(CallsAll.Ref, $"old{i}", ["x"], Engines.None);
        await runner.StartAsync(Sleeps.Ref, "sleeps", 30, Engines.None);
        await SettledAsync(runner);
        engines.Time.Advance(TimeSpan.FromDays(10));
        await runner.StartAsync(CallsAll.Ref, "new", ["x"], Engines.None);
        await SettledAsync(runner);

        var purged = await runner.PurgeAsync(engines.Time.GetUtcNow().AddDays(-5));

        purged.ShouldBe(450);
        (await runner.ListAsync(new InstanceFilter(), 1000)).Select(l => l.State.Id).Order().ShouldBe(["new", "sleeps"]);
        engines.Count("history").ShouldBe(5);
        engines.Count("waits").ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_for_what_was_never_started_says_so()
    {
        var runner = await engines.StartAsync();

        (await Should.ThrowAsync<InvalidOperationException>(() => runner.WaitAsync("nobody", Engines.Patience)))
            .Message.ShouldBe("There is no instance 'nobody'.");
    }

    public ValueTask DisposeAsync() => engines.DisposeAsync();

    private static Task SettledAsync(LocalRunner runner) => Engines.UntilAsync(runner.IsIdleAsync);

    /// <summary>Calls with ten seconds between two attempts.</summary>
    private sealed class Retries : IOrchestration<string, string>
    {
        public static readonly OrchestrationRef<string, string> Ref = new(nameof(Retries));

        public static readonly OrchestrationEntry Entry = OrchestrationEntry.Of<Retries, string, string>(Ref);

        public Task<string> RunAsync(IOrchestrationContext context, string input) =>
            context.CallAsync(Gated.Ref with { Retry = new RetryPolicy(3, TimeSpan.FromSeconds(10)) }, input);
    }
}
