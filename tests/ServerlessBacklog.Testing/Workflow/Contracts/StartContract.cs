using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>Starting, looking, terminating.</summary>
public abstract class StartContract : WorkflowContract
{
    [Fact]
    public async Task A_started_instance_can_be_looked_at()
    {
        var before = Driver.Time.GetUtcNow();

        var answer = await Client.StartAsync(AsksOnce.Ref, "one", new Ask("approval"), None);

        await Driver.SettleAsync();
        var state = (await Client.FindAsync("one", None)).ShouldNotBeNull();
        answer.ShouldBe(StartAnswer.Started);
        (state.Id, state.Orchestration, state.Status).ShouldBe(("one", nameof(AsksOnce), InstanceStatus.Running));
        (state.Output, state.Error, state.CustomStatus).ShouldBe((null, null, null));
        state.CreatedAt.ShouldBe(before, TimeSpan.FromSeconds(5));
        state.UpdatedAt.ShouldBeGreaterThanOrEqualTo(state.CreatedAt);
    }

    [Fact]
    public async Task There_is_no_state_of_what_was_never_started() =>
        (await Client.FindAsync("nobody", None)).ShouldBeNull();

    [Fact]
    public async Task A_second_start_of_a_running_id_changes_nothing()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("first"));

        var answer = await Client.StartAsync(AsksOnce.Ref, "one", new Ask("second"), None);

        await RaiseAsync("one", "first", "yes");
        answer.ShouldBe(StartAnswer.AlreadyRunning);
        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("yes");
    }

    [Fact]
    public async Task An_id_that_has_completed_runs_again_from_the_beginning()
    {
        await RunAsync(CallsOnce.Ref, "one", "first");
        var rows = await Driver.HistoryRowsAsync("one");

        var answer = await Client.StartAsync(CallsOnce.Ref, "one", "second", None);

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("second");
        answer.ShouldBe(StartAnswer.Started);
        (await Driver.HistoryRowsAsync("one")).ShouldBe(rows);
        Executions.All.Select(e => e.Key).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task An_id_that_has_failed_or_was_terminated_runs_again()
    {
        await RunAsync(Throws.Ref, "one", "No.");
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval"));
        await Client.TerminateAsync("one", "Not wanted.", None);
        await Driver.EndAsync("one");

        var end = await RunAsync(CallsOnce.Ref, "one", "x");

        (end.Status, end.Error, end.Orchestration).ShouldBe((InstanceStatus.Completed, null, nameof(CallsOnce)));
    }

    [Fact]
    public async Task Simultaneous_starts_of_one_id_give_one_run()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 10)
            .Select(i => Task.Run(() => Client.StartAsync(AsksInTurn.Ref, "one", new Asks(["a", "b"], TimeSpan.Zero), None))));
        await Driver.SettleAsync();

        await RaiseAsync("one", "a", "1");
        await RaiseAsync("one", "b", "2");

        answers.ShouldContain(StartAnswer.Started);
        (await Driver.EndAsync("one", Late)).OutputAs<string[]>().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Simultaneous_starts_run_their_activity_once()
    {
        await Task.WhenAll(Enumerable.Range(1, 10)
            .Select(i => Task.Run(() => Client.StartAsync(Greets.Ref, "one", "x", None))));

        await Driver.SettleAsync();

        Executions.Count(nameof(Echo), "Hello, x").ShouldBe(1);
    }

    [Fact]
    public async Task Many_instances_run_side_by_side()
    {
        var ids = Enumerable.Range(1, 50).Select(i => $"item-{i}").ToList();
        foreach (var id in ids)
            await Client.StartAsync(FansOut.Ref, id, 3, None);

        var ends = await Task.WhenAll(ids.Select(Driver.EndAsync));

        ends.ShouldAllBe(e => e.Status == InstanceStatus.Completed && e.OutputAs<string[]>().Length == 3);
        Executions.All.Count.ShouldBe(150);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a|b")]
    [InlineData("@a")]
    [InlineData("a\nb")]
    public async Task An_id_that_some_runtime_cannot_take_is_refused(string id)
    {
        var refusal = await Should.ThrowAsync<ArgumentException>(() => Client.StartAsync(CallsOnce.Ref, id, "x", None));

        refusal.Message.ShouldContain("An instance id has");
    }

    [Theory]
    [InlineData("github:owner~repo:12")]
    [InlineData("Großes Ö, leer'und %41 100%")]
    public async Task An_id_may_hold_other_characters(string id)
    {
        var end = await RunAsync(CallsOnce.Ref, id, "x");

        end.Id.ShouldBe(id);
        (await Client.RaiseAsync(id, "late", new Answer(""), None)).ShouldBe(RaiseAnswer.Finished);
    }

    [Fact]
    public async Task A_terminated_instance_ends_and_says_why()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval"));

        var answer = await Client.TerminateAsync("one", "Closed by hand.", None);

        var end = await Driver.EndAsync("one");
        answer.ShouldBeTrue();
        end.Status.ShouldBe(InstanceStatus.Terminated);
        end.Error.ShouldNotBeNull().ShouldContain("Closed by hand.");
        (await Client.RaiseAsync("one", "approval", new Answer("yes"), None)).ShouldBe(RaiseAnswer.Finished);
    }

    [Fact]
    public async Task What_a_terminated_instance_had_begun_is_not_tried_again_and_does_not_wake_it()
    {
        await StartAsync(CallsUnreliable.Ref, "one", new Unreliable("x", 2));
        await Client.TerminateAsync("one", "Closed by hand.", None);
        await Driver.EndAsync("one");

        await Driver.AdvanceAsync(TimeSpan.FromSeconds(2) + Late);

        (await StatusAsync("one")).ShouldBe(InstanceStatus.Terminated);
        Executions.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_started_while_the_runtime_was_down_runs_at_the_restart()
    {
        await CrashAsync();
        var answer = await Client.StartAsync(CallsOnce.Ref, "one", "late", None);
        var status = await StatusAsync("one");

        await Driver.RestartAsync();

        (answer, status).ShouldBe((StartAnswer.Started, InstanceStatus.Pending));
        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("late");
    }

    [Fact]
    public async Task What_was_terminated_while_the_runtime_was_down_does_not_wake()
    {
        await StartAsync(AsksForApproval.Ref, "one", new Revision(1, TimeSpan.FromSeconds(3)));
        await CrashAsync();
        await Client.RaiseAsync("one", "approval:1", new Answer("yes"), None);
        await Client.TerminateAsync("one", "Closed by hand.", None);

        await Driver.RestartAsync();
        await Driver.AdvanceAsync(TimeSpan.FromSeconds(3) + Late);

        (await StatusAsync("one")).ShouldBe(InstanceStatus.Terminated);
        Executions.All.ShouldNotContain(e => e.Key.StartsWith("revision", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_does_not_run_cannot_be_terminated()
    {
        await RunAsync(CallsOnce.Ref, "ended", "x");

        (await Client.TerminateAsync("ended", "Not wanted.", None)).ShouldBeFalse();
        (await Client.TerminateAsync("nobody", "Not wanted.", None)).ShouldBeFalse();
    }
}
