using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests;

/// <summary>Who runs what, and how much of it at once.</summary>
public sealed class SharingTests : IAsyncDisposable
{
    private readonly Engines engines = new(CallsAll.Entry, WaitsThenCalls.Entry);
    private readonly Gate gate = new();

    [Fact]
    public async Task Two_runners_on_one_file_share_the_work_and_do_none_of_it_twice()
    {
        var second = new Gate();
        var one = await engines.StartAsync(gate);
        await engines.StartAsync(second);
        var ids = Enumerable.Range(1, 50).Select(i => $"item{i}").ToList();
        foreach (var id in ids)
            await one.StartAsync(CallsAll.Ref, id, [$"{id} a", $"{id} b"], Engines.None);
        await Engines.UntilAsync(() => Task.FromResult(gate.Begun.Count == 4 && second.Begun.Count == 4));

        gate.Open();
        second.Open();

        var ends = await Task.WhenAll(ids.Select(id => one.WaitAsync(id, Engines.Patience)));
        ends.ShouldAllBe(e => e.Status == InstanceStatus.Completed);
        gate.Begun.Concat(second.Begun).Order().ShouldBe(ids.SelectMany(id => new[] { $"{id} a", $"{id} b" }).Order());
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_the_options_say()
    {
        var runner = await engines.StartAsync(gate, o => o with { Concurrency = 3 });
        await runner.StartAsync(CallsAll.Ref, "one", Words(10), Engines.None);
        await Engines.UntilAsync(() => Task.FromResult(gate.Begun.Count == 3));

        var calls = (await runner.ListAsync(new InstanceFilter(), 1)).Single().Calls;

        (calls.Count(c => c.IsRunning), calls.Count).ShouldBe((3, 10));
        gate.Open();
        (await runner.WaitAsync("one", Engines.Patience)).OutputAs<string[]>().ShouldBe(Words(10));
    }

    [Fact]
    public async Task A_single_call_does_not_queue_behind_the_ten_thousand_of_another_instance()
    {
        var runner = await engines.StartAsync(gate, o => o with { Concurrency = 1 });
        await runner.StartAsync(CallsAll.Ref, "wide", Words(10_000), Engines.None);
        await Engines.UntilAsync(() => Task.FromResult(gate.Begun.Count == 1));
        await runner.StartAsync(CallsAll.Ref, "single", ["single"], Engines.None);
        await Engines.UntilAsync(async () => (await runner.ListAsync(new InstanceFilter(IdPrefix: "single"), 1)).Single().Calls.Count == 1);

        gate.Open();

        await runner.WaitAsync("single", Engines.Patience);
        gate.Begun.ToList().IndexOf("single").ShouldBeInRange(1, 5);
    }

    [Fact]
    public async Task An_attempt_that_a_shutdown_cuts_off_does_not_count()
    {
        var runner = await engines.StartAsync(gate);
        await runner.StartAsync(CallsAll.Ref, "one", ["tried once"], Engines.None);
        await Engines.UntilAsync(() => Task.FromResult(gate.Begun.Count == 1));

        await runner.StopAsync();

        var call = (await runner.ListAsync(new InstanceFilter(), 1)).Single().Calls.Single();
        (call.Attempt, call.IsRunning, call.LastError).ShouldBe((1, false, null));
        gate.Open();
        await runner.StartAsync();
        (await runner.WaitAsync("one", Engines.Patience)).Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public async Task The_work_of_a_runner_elsewhere_is_taken_over_when_its_lease_has_run_out_and_its_late_result_is_dropped()
    {
        var silent = await engines.StartAsync(gate);
        await silent.StartAsync(CallsAll.Ref, "one", ["x"], Engines.None);
        await Engines.UntilAsync(() => Task.FromResult(gate.Begun.Count == 1));
        engines.Change("UPDATE runners SET process = 'another machine' || char(10) || '1' || char(10) || 'then' || char(10) || 'r'");
        var second = new Gate { IsOpen = true };
        var heir = await engines.StartAsync(second, o => o with { Time = LaterBy(TimeSpan.FromSeconds(29)) });
        await heir.StartAsync(CallsAll.Ref, "other", ["y"], Engines.None);
        await heir.WaitAsync("other", Engines.Patience);
        var before = second.Begun;

        await heir.DisposeAsync();
        heir = await engines.StartAsync(second, o => o with { Time = LaterBy(TimeSpan.FromSeconds(31)) });

        (await heir.WaitAsync("one", Engines.Patience)).Status.ShouldBe(InstanceStatus.Completed);
        before.ShouldBe(["y"]);
        second.Begun.ShouldBe(["y", "x"]);
        gate.Open();
        await silent.StopAsync();
        (await heir.FindAsync("one", Engines.None)).ShouldNotBeNull().Status.ShouldBe(InstanceStatus.Completed);
        engines.Count("activities").ShouldBe(0);
    }

    [Fact]
    public async Task A_runner_that_was_taken_for_dead_works_on_under_a_new_lease()
    {
        var runner = await engines.StartAsync(gate);
        await runner.StartAsync(CallsAll.Ref, "one", ["x"], Engines.None);
        await Engines.UntilAsync(() => Task.FromResult(gate.Begun.Count == 1));

        engines.Change("DELETE FROM runners");
        engines.Change("UPDATE activities SET owner = NULL");
        engines.Time.Advance(TimeSpan.FromSeconds(15));
        await Engines.UntilAsync(() => Task.FromResult(engines.Count("runners") == 1));
        gate.Open();

        (await runner.WaitAsync("one", Engines.Patience)).OutputAs<string[]>().ShouldBe(["x"]);
    }

    [Fact]
    public async Task A_program_that_runs_nothing_starts_raises_and_waits_for_what_another_runs()
    {
        gate.Open();
        await engines.StartAsync(gate);
        var client = engines.Open(engines.Options());

        await client.StartAsync(WaitsThenCalls.Ref, "one", "x", Engines.None);
        await client.RaiseAsync("one", "go", "now", Engines.None);

        (await client.WaitAsync("one", Engines.Patience)).OutputAs<string>().ShouldBe("x now");
    }

    public ValueTask DisposeAsync() => engines.DisposeAsync();

    private static string[] Words(int count) => [.. Enumerable.Range(0, count).Select(i => $"word{i}")];

    private FakeTimeProvider LaterBy(TimeSpan time) => new(engines.Time.GetUtcNow() + time);
}
