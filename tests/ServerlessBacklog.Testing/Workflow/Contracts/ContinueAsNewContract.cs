using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>Instances that begin anew, and what they take with them.</summary>
public abstract class ContinueAsNewContract : WorkflowContract
{
    [Fact]
    public async Task A_new_generation_has_the_new_input_and_the_output_of_the_last_counts()
    {
        var end = await RunAsync(CountsDown.Ref, "one", 2);

        end.Status.ShouldBe(InstanceStatus.Completed);
        end.OutputAs<string>().ShouldBe("zero");
        Executions.All.Select(e => e.Key).ShouldBe(["2", "1", "0"]);
    }

    [Fact]
    public async Task Two_hundred_generations_leave_the_history_of_one()
    {
        await RunAsync(CountsDown.Ref, "one", 0);
        var one = await Driver.HistoryRowsAsync("one");

        var end = await RunAsync(CountsDown.Ref, "many", 200);

        end.OutputAs<string>().ShouldBe("zero");
        Executions.All.Count.ShouldBe(202);
        (await Driver.HistoryRowsAsync("many")).ShouldBe(one);
    }

    [Fact]
    public async Task Events_that_nobody_has_waited_for_are_carried_over_in_order()
    {
        var texts = Enumerable.Range(1, 40).Select(i => $"{i}").ToList();
        await Client.StartAsync(Collects.Ref, "one", new Collected(texts.Count, []), None);

        foreach (var text in texts)
            await Client.RaiseAsync("one", "answer", new Answer(text), None);

        (await Driver.EndAsync("one")).OutputAs<string[]>().ShouldBe(texts);
    }

    [Fact]
    public async Task Events_that_came_while_the_runtime_was_down_are_carried_over_in_order()
    {
        await StartAsync(Collects.Ref, "one", new Collected(4, []));
        await CrashAsync();
        foreach (var text in (string[])["1", "2", "3", "4"])
            await Client.RaiseAsync("one", "answer", new Answer(text), None);

        await Driver.RestartAsync();

        (await Driver.EndAsync("one")).OutputAs<string[]>().ShouldBe(["1", "2", "3", "4"]);
    }

    [Fact]
    public async Task An_approval_that_came_with_the_supersession_reaches_the_next_generation()
    {
        await StartAsync(AsksForApproval.Ref, "one", new Revision(1));
        await CrashAsync();
        await Client.RaiseAsync("one", "superseded", new Revision(2), None);
        await Client.RaiseAsync("one", "approval:1", new Answer("late"), None);
        await Client.RaiseAsync("one", "approval:2", new Answer("yes"), None);

        await Driver.RestartAsync();

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("revision 2: yes");
    }

    [Fact]
    public async Task Events_of_other_names_are_carried_over_too()
    {
        await StartAsync(AsksForApproval.Ref, "one", new Revision(1));
        await RaiseAsync("one", "approval:2", "early");

        await Client.RaiseAsync("one", "superseded", new Revision(2), None);

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("revision 2: early");
    }

    [Fact]
    public async Task A_superseded_ask_begins_anew_and_its_late_approval_changes_nothing()
    {
        await StartAsync(AsksForApproval.Ref, "one", new Revision(1));
        await Client.RaiseAsync("one", "superseded", new Revision(2), None);
        await Driver.SettleAsync();

        await RaiseAsync("one", "approval:1", "late");
        var afterLate = await StatusAsync("one");
        await RaiseAsync("one", "approval:2", "yes");

        afterLate.ShouldBe(InstanceStatus.Running);
        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("revision 2: yes");
        Executions.All.Select(e => e.Key).ShouldBe(["revision 2: yes"]);
    }

    [Fact]
    public async Task Several_supersessions_at_once_end_with_the_last()
    {
        await StartAsync(AsksForApproval.Ref, "one", new Revision(1));
        foreach (var number in (int[])[2, 3, 4])
            await Client.RaiseAsync("one", "superseded", new Revision(number), None);
        await Driver.SettleAsync();

        await RaiseAsync("one", "approval:4", "yes");

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("revision 4: yes");
    }

    [Fact]
    public async Task The_time_out_of_a_superseded_ask_does_not_reach_the_next()
    {
        await StartAsync(AsksForApproval.Ref, "one", new Revision(1, TimeSpan.FromSeconds(3)));
        await Client.RaiseAsync("one", "superseded", new Revision(2), None);
        await Driver.SettleAsync();
        await Driver.AdvanceAsync(TimeSpan.FromSeconds(3) + Late);

        await RaiseAsync("one", "approval:2", "yes");

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("revision 2: yes");
    }

    [Fact]
    public async Task Calls_timers_and_waits_of_the_last_generation_do_not_reach_the_next()
    {
        Assert.SkipUnless(Driver.HasVirtualTime, "Would take a minute.");
        await StartAsync(LeavesWorkBehind.Ref, "one", 1);
        await RaiseAsync("one", "next", "");
        await RaiseAsync("one", "answer 1", "too late");

        await Driver.AdvanceAsync(TimeSpan.FromSeconds(19));
        var before = await StatusAsync("one");
        var end = await Driver.EndAsync("one", TimeSpan.FromMinutes(1));

        before.ShouldBe(InstanceStatus.Running);
        end.OutputAs<string>().ShouldBe("generation 2: 3 attempts, silence");
    }

    [Fact]
    public async Task A_new_generation_lives_on_after_a_restart()
    {
        Assert.SkipUnless(Driver.CanRestart, "Cannot restart.");
        await StartAsync(AsksForApproval.Ref, "one", new Revision(1));
        await Client.RaiseAsync("one", "superseded", new Revision(2), None);
        await Driver.SettleAsync();

        await Driver.RestartAsync();
        await RaiseAsync("one", "approval:2", "yes");

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("revision 2: yes");
    }
}
