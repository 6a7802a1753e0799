using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>A new program meets the instances of an old one.</summary>
public abstract class VersionContract : WorkflowContract
{
    private static readonly OrchestrationEntry Version2 = OrchestrationEntry.Of<GreetsLater, string, string>(GreetsLater.Ref);

    [Fact]
    public async Task An_instance_in_flight_ends_on_its_version_and_new_ones_run_the_new()
    {
        Assert.SkipUnless(Driver.CanReplaceCode, "Cannot replace the code.");
        await StartAsync(Greets.Ref, "old", "Ada");

        await Driver.RestartAsync(WorkflowCode.With(Version2));
        await StartAsync(GreetsLater.Ref, "new", "Bob");
        await RaiseAsync("old", "answer", "yes");
        await RaiseAsync("new", "answer", "no");

        (await Driver.EndAsync("old")).OutputAs<string>().ShouldBe("Version 1: Ada, yes");
        (await Driver.EndAsync("new", TimeSpan.FromSeconds(2) + Late)).OutputAs<string>().ShouldBe("Version 2: Bob, no");
        (await Client.FindAsync("new", None)).ShouldNotBeNull().Orchestration.ShouldBe("Greets-2");
    }

    [Fact]
    public async Task An_instance_whose_version_is_gone_is_held_and_others_go_on()
    {
        await MeetAsync(WorkflowCode.Without(nameof(Greets), Version2));

        var state = (await Client.FindAsync("one", None)).ShouldNotBeNull();
        state.Status.ShouldBe(InstanceStatus.Held);
        state.HasEnded.ShouldBeFalse();
        state.Error.ShouldNotBeNull().ShouldContain(nameof(Greets));
        (await RunAsync(CallsOnce.Ref, "other", "x")).OutputAs<string>().ShouldBe("x");
    }

    [Fact]
    public async Task A_held_instance_goes_on_when_its_code_is_back()
    {
        await MeetAsync(WorkflowCode.Without(nameof(Greets), Version2));

        await Driver.RestartAsync(WorkflowCode.All);

        var end = await Driver.EndAsync("one");
        end.OutputAs<string>().ShouldBe("Version 1: Ada, yes");
        end.Error.ShouldBeNull();
        Executions.Count(nameof(Echo), "Hello, Ada").ShouldBe(1);
    }

    [Fact]
    public async Task An_instance_that_is_held_no_more_runs_and_shows_no_error()
    {
        SkipUnlessHolding();
        await StartAsync(AsksInTurn.Ref, "one", new Asks(["first", "second"], TimeSpan.Zero));
        await Driver.RestartAsync(WorkflowCode.Without(nameof(AsksInTurn)));
        await RaiseAsync("one", "first", "1");
        var held = (await Client.FindAsync("one", None)).ShouldNotBeNull();

        await Driver.RestartAsync(WorkflowCode.All);
        await Driver.SettleAsync();

        var state = (await Client.FindAsync("one", None)).ShouldNotBeNull();
        (held.Status, held.Error is null).ShouldBe((InstanceStatus.Held, false));
        (state.Status, state.Error).ShouldBe((InstanceStatus.Running, null));
    }

    [Fact]
    public async Task A_held_instance_keeps_its_events_and_timers()
    {
        SkipUnlessHolding();
        await StartAsync(AsksOnce.Ref, "timer", new Ask("approval", TimeSpan.FromSeconds(3)));
        await StartAsync(AsksOnce.Ref, "event", new Ask("approval"));
        await Driver.RestartAsync(WorkflowCode.Without(nameof(AsksOnce)));
        var raised = await Client.RaiseAsync("event", "approval", new Answer("yes"), None);
        await Driver.AdvanceAsync(TimeSpan.FromSeconds(3) + Late);

        await Driver.RestartAsync(WorkflowCode.All);

        raised.ShouldBe(RaiseAnswer.Delivered);
        (await Driver.EndAsync("event")).OutputAs<string>().ShouldBe("yes");
        (await Driver.EndAsync("timer")).OutputAs<string>().ShouldBe("silence");
    }

    [Theory]
    [InlineData(nameof(ToleratesChildFailure))]
    [InlineData(nameof(ThrowsOnAnswer))]
    public async Task A_parent_or_child_that_was_held_finds_the_other_again(string gone)
    {
        SkipUnlessHolding();
        await StartAsync(ToleratesChildFailure.Ref, "one", "answer");
        await Driver.RestartAsync(WorkflowCode.Without(gone));
        await RaiseAsync("one|only", "answer", "No such project.");

        await Driver.RestartAsync(WorkflowCode.All);

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldStartWith("caught: ");
        (await StatusAsync("one|only")).ShouldBe(InstanceStatus.Failed);
    }

    [Fact]
    public async Task A_held_instance_is_not_started_again_but_can_be_terminated()
    {
        await MeetAsync(WorkflowCode.Without(nameof(Greets), Version2));

        var started = await Client.StartAsync(CallsOnce.Ref, "one", "x", None);
        var terminated = await Client.TerminateAsync("one", "Given up.", None);

        started.ShouldBe(StartAnswer.AlreadyRunning);
        terminated.ShouldBeTrue();
        (await Driver.EndAsync("one")).Status.ShouldBe(InstanceStatus.Terminated);
    }

    [Fact]
    public async Task Another_sequence_of_calls_under_the_same_version_holds_the_instance_and_says_so()
    {
        await MeetAsync(Changed<GreetsLater>());

        var state = (await Client.FindAsync("one", None)).ShouldNotBeNull();
        state.Status.ShouldBe(InstanceStatus.Held);
        state.Error.ShouldNotBeNull().ShouldContain("version");
    }

    [Fact]
    public async Task A_call_that_was_left_out_under_the_same_version_holds_the_instance()
    {
        await MeetAsync(Changed<GreetsCurtly>());

        (await StatusAsync("one")).ShouldBe(InstanceStatus.Held);
    }

    [Fact]
    public async Task An_end_before_the_calls_that_were_made_holds_the_instance()
    {
        await MeetAsync(Changed<Returns>());

        (await StatusAsync("one")).ShouldBe(InstanceStatus.Held);
    }

    [Fact]
    public async Task An_instance_held_for_its_sequence_of_calls_goes_on_when_its_code_is_back()
    {
        await MeetAsync(Changed<GreetsLater>());

        await Driver.RestartAsync(WorkflowCode.All);

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("Version 1: Ada, yes");
        Executions.Count(nameof(Echo), "Hello, Ada").ShouldBe(1);
    }

    private static WorkflowRegistry Changed<T>()
        where T : IOrchestration<string, string>, new() =>
        WorkflowCode.Without(nameof(Greets), OrchestrationEntry.Of<T, string, string>(Greets.Ref));

    private void SkipUnlessHolding() => Assert.SkipUnless(Driver.CanHoldInstances && Driver.CanReplaceCode, "Holds no instances.");

    /// <summary>Lets the code meet an instance of version 1 that waits, and wakes it.</summary>
    private async Task MeetAsync(WorkflowRegistry code)
    {
        SkipUnlessHolding();
        await StartAsync(Greets.Ref, "one", "Ada");
        await Driver.RestartAsync(code);
        await RaiseAsync("one", "answer", "yes");
    }
}
