using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests;

/// <summary>Instances that cannot go on, and how they go on after all.</summary>
public sealed class HeldTests : IAsyncDisposable
{
    private readonly Engines engines = new(Forbidden.Entry, WaitsThenCalls.Entry, CallsAll.Entry);

    [Theory]
    [InlineData("delay")]
    [InlineData("delay after a call")]
    [InlineData("run")]
    [InlineData("configure")]
    [InlineData("configure at the end")]
    [InlineData("delay beside a call")]
    [InlineData("never")]
    public async Task An_orchestration_that_awaits_something_foreign_is_held_and_others_go_on(string foreign)
    {
        var runner = await engines.StartAsync();
        await runner.StartAsync(Forbidden.Ref, "bad", foreign, Engines.None);

        var state = await HeldAsync(runner, "bad");

        state.Error.ShouldNotBeNull().ShouldContain("not of its context");
        await runner.StartAsync(CallsAll.Ref, "good", ["x"], Engines.None);
        (await runner.WaitAsync("good", Engines.Patience)).Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public async Task Orchestrations_that_block_their_threads_are_held_and_others_go_on()
    {
        var runner = await engines.StartAsync(with: o => o with { WakeLimit = TimeSpan.FromMilliseconds(200) });
        var ids = Enumerable.Range(1, 3).Select(i => $"bad{i}").ToList();
        foreach (var id in ids)
            await runner.StartAsync(Forbidden.Ref, id, "wait", Engines.None);

        foreach (var id in ids)
            (await HeldAsync(runner, id)).Error.ShouldNotBeNull().ShouldContain("kept its thread");

        await runner.StartAsync(CallsAll.Ref, "good", ["x"], Engines.None);
        (await runner.WaitAsync("good", Engines.Patience)).Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public async Task A_history_of_a_newer_format_is_held_until_a_person_lets_it_go()
    {
        var runner = await engines.StartAsync();
        await runner.StartAsync(WaitsThenCalls.Ref, "one", "x", Engines.None);
        await Engines.UntilAsync(async () => (await runner.FindAsync("one", Engines.None))!.Status == InstanceStatus.Running);
        engines.Change("UPDATE instances SET format = 99");
        await runner.RaiseAsync("one", "go", "now", Engines.None);
        var held = await HeldAsync(runner, "one");

        engines.Change("UPDATE instances SET format = 1");
        var answer = await runner.RetryAsync("one");

        held.Error.ShouldBe("Its history was written by a newer version of this program (format 99; this one knows 1). Update the program.");
        answer.ShouldBeTrue();
        (await runner.WaitAsync("one", Engines.Patience)).OutputAs<string>().ShouldBe("x now");
    }

    [Fact]
    public async Task A_program_that_runs_already_goes_on_with_what_another_one_had_to_hold()
    {
        var knowing = engines.Code;
        var runner = await engines.StartAsync(with: o => o with { Registry = new WorkflowRegistry([], []) });
        await runner.StartAsync(CallsAll.Ref, "one", ["x"], Engines.None);
        var held = await HeldAsync(runner, "one");

        await engines.StartAsync(with: o => o with { Registry = knowing });

        held.Error.ShouldBe("This program has no orchestration 'CallsAll'. Start a program that has it, or terminate the instance.");
        (await runner.WaitAsync("one", Engines.Patience)).OutputAs<string[]>().ShouldBe(["x"]);
    }

    [Fact]
    public async Task A_failed_instance_starts_again_with_its_input_and_its_events()
    {
        var gate = new Gate { IsOpen = true, Fault = "No connection." };
        var runner = await engines.StartAsync(gate);
        await runner.StartAsync(WaitsThenCalls.Ref, "one", "x", Engines.None);
        await runner.RaiseAsync("one", "go", "now", Engines.None);
        var failed = await runner.WaitAsync("one", Engines.Patience);

        gate.Fault = null;
        var answer = await runner.RetryAsync("one");

        failed.Error.ShouldBe("Gated failed: No connection.");
        answer.ShouldBeTrue();
        var end = await runner.WaitAsync("one", Engines.Patience);
        end.OutputAs<string>().ShouldBe("x now");
        end.Error.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_neither_held_nor_failed_is_not_retried()
    {
        var runner = await engines.StartAsync();
        await runner.StartAsync(CallsAll.Ref, "ended", ["x"], Engines.None);
        await runner.WaitAsync("ended", Engines.Patience);

        (await runner.RetryAsync("ended")).ShouldBeFalse();
        (await runner.RetryAsync("nobody")).ShouldBeFalse();
    }

    public ValueTask DisposeAsync() => engines.DisposeAsync();

    private static async Task<InstanceState> HeldAsync(LocalRunner runner, string id)
    {
        await Engines.UntilAsync(async () => (await runner.FindAsync(id, Engines.None))!.Status == InstanceStatus.Held);
        return (await runner.FindAsync(id, Engines.None))!;
    }
}
