using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>The runtime dies after its first durable write, after its second, … and after its last; what comes out is always the same.</summary>
public abstract class CrashContract : WorkflowContract
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_walk_ends_the_same_and_computes_no_recorded_result_again(bool eventFirst) => AtEveryCrashAsync(async run =>
    {
        await run.Client.StartAsync(WalksThrough.Ref, "walk", new Leg(1, []), None);
        if (!eventFirst)
            await run.SettleAsync();
        await run.Client.RaiseAsync("walk", "go", new Answer("yes"), None);

        var end = await run.EndAsync("walk", Within);

        end.Status.ShouldBe(InstanceStatus.Completed, end.Error);
        end.OutputAs<string[]>().ShouldBe(WalksThrough.Results);
        ShouldRepeatNothingRecorded(run);
    });

    [Fact]
    public Task Events_across_generations_are_neither_lost_nor_doubled() => AtEveryCrashAsync(async run =>
    {
        await run.Client.StartAsync(Collects.Ref, "one", new Collected(4, []), None);
        foreach (var text in (string[])["1", "2"])
            await run.Client.RaiseAsync("one", "answer", new Answer(text), None);
        await run.SettleAsync();
        foreach (var text in (string[])["3", "4"])
            await run.Client.RaiseAsync("one", "answer", new Answer(text), None);

        var end = await run.EndAsync("one", Within);

        end.OutputAs<string[]>().ShouldBe(["1", "2", "3", "4"]);
    });

    [Fact]
    public Task A_replaced_child_is_replaced_once() => AtEveryCrashAsync(async run =>
    {
        await run.Client.StartAsync(LeavesChildBehind.Ref, "one", 1, None);
        await run.Client.RaiseAsync("one", "next", new Answer(""), None);
        await run.SettleAsync();
        await run.Client.RaiseAsync("one|only", "answer", new Answer("yes"), None);

        var end = await run.EndAsync("one", Within);

        end.OutputAs<string>().ShouldBe("child of generation 2: yes");
    });

    [Fact]
    public Task Failures_and_their_retries_end_the_same() => AtEveryCrashAsync(async run =>
    {
        await run.Client.StartAsync(ToleratesFailures.Ref, "one", [new Unreliable("bad", 99), new Unreliable("good", 1)], None);

        var end = await run.EndAsync("one", Within);

        var results = end.OutputAs<string[]>();
        results[0].ShouldStartWith("bad: ");
        results[1].ShouldBeOneOf("good: attempt 1", "good: attempt 2");
        run.Before.Concat(run.After).Count(e => e is { Activity: nameof(FailsUntil), Key: "bad" }).ShouldBeInRange(4, 5);
    });

    [Fact]
    public async Task A_restart_at_every_rest_computes_nothing_again()
    {
        Assert.SkipUnless(Driver.CanRestart, "Cannot restart.");
        await StartAsync(WalksThrough.Ref, "walk", new Leg(1, []));
        for (var second = 0; second < 4; second++)
        {
            await Driver.RestartAsync();
            await Driver.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        await RaiseAsync("walk", "go", "yes");
        await Driver.RestartAsync();

        (await Driver.EndAsync("walk", Within)).OutputAs<string[]>().ShouldBe(WalksThrough.Results);
        Executions.All.Select(e => e.Key).Order(StringComparer.Ordinal).ShouldBe(
            ["1 call", "2 wide a", "2 wide b", "2 wide c", "3 retry", "3 retry", "4 child", "5 awake", "6 anew"]);
    }

    [Fact]
    public async Task A_runtime_that_dies_again_and_again_still_comes_to_the_end()
    {
        Assert.SkipUnless(Driver.CanCrash && Driver.HasVirtualTime, "Cannot crash.");
        await Client.StartAsync(WalksThrough.Ref, "walk", new Leg(1, []), None);
        await Client.RaiseAsync("walk", "go", new Answer("yes"), None);

        InstanceState? state = null;
        for (var restart = 0; restart < 400 && state is not { HasEnded: true }; restart++)
        {
            await Driver.RestartAsync();
            Driver.CrashAfter(2);
            await Driver.AdvanceAsync(TimeSpan.FromSeconds(1));
            state = await Client.FindAsync("walk", None);
        }

        state.ShouldNotBeNull().OutputAs<string[]>().ShouldBe(WalksThrough.Results);
    }

    private static void ShouldRepeatNothingRecorded(CrashRun run)
    {
        if (!run.Crashed || run.Before.Count == 0)
            return;
        var reached = run.Before.Max(Stage);
        run.After.ShouldAllBe(e => Stage(e) >= reached, "A stage had been left behind when the runtime died, and is done again.");
        foreach (var activity in run.Before.Concat(run.After).GroupBy(e => e.Key))
            activity.Count().ShouldBeLessThanOrEqualTo(activity.Key == "3 retry" ? 3 : 2, activity.Key);
    }

    private static int Stage(Execution execution) => execution.Key[0] - '0';

    /// <summary>Runs a scenario with a crash after the first write, after the second, … until it gets through without one.</summary>
    private async Task AtEveryCrashAsync(Func<CrashRun, Task> scenario)
    {
        Assert.SkipUnless(Driver.CanCrash && Driver.HasVirtualTime, "Cannot crash.");
        for (var writes = 1; ; writes++)
        {
            writes.ShouldBeLessThan(500, "The scenario never gets through without a crash.");
            var executions = new Executions();
            await using var services = WorkflowCode.Services(executions);
            await using var driver = CreateDriver(WorkflowCode.All, services);
            var run = new CrashRun(driver, executions);
            await run.StartAsync(writes);
            await RunAsync(run, scenario, writes);
            if (run.Crashed)
                continue;
            writes.ShouldBeGreaterThan(3, "The driver never crashed.");
            return;
        }
    }

    private static async Task RunAsync(CrashRun run, Func<CrashRun, Task> scenario, int writes)
    {
        try
        {
            await scenario(run);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"With a crash after write {writes}: {failure.Message}", failure);
        }
    }
}
