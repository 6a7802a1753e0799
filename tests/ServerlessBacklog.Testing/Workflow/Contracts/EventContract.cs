using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>Events: kept, in time, in order, to the right wait, once.</summary>
public abstract class EventContract : WorkflowContract
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task An_event_reaches_the_instance_that_waits_for_it()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval"));
        var waiting = await StatusAsync("one");

        var answer = await Client.RaiseAsync("one", "approval", new Answer("yes"), None);

        waiting.ShouldBe(InstanceStatus.Running);
        answer.ShouldBe(RaiseAnswer.Delivered);
        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("yes");
    }

    [Fact]
    public async Task An_event_that_came_before_the_wait_is_kept_for_it()
    {
        await StartAsync(AsksInTurn.Ref, "one", new Asks(["first", "second"], TimeSpan.Zero));

        await RaiseAsync("one", "second", "2");
        await RaiseAsync("one", "first", "1");

        (await Driver.EndAsync("one", Seconds)).OutputAs<string[]>().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task An_event_raised_right_after_the_start_is_kept()
    {
        await Client.StartAsync(AsksOnce.Ref, "one", new Ask("approval"), None);
        await Client.RaiseAsync("one", "approval", new Answer("at once"), None);

        var end = await Driver.EndAsync("one");

        end.OutputAs<string>().ShouldBe("at once");
    }

    [Theory]
    [InlineData("first", "second")]
    [InlineData("same", "same")]
    public async Task An_event_between_two_waits_is_kept_for_the_second(string first, string second)
    {
        await StartAsync(AsksInTurn.Ref, "one", new Asks([first, second], Seconds));

        await RaiseAsync("one", first, "1");
        await RaiseAsync("one", second, "2");

        (await Driver.EndAsync("one", Seconds + Late)).OutputAs<string[]>().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Events_of_one_name_come_in_the_order_in_which_they_were_raised()
    {
        await StartAsync(AsksInTurn.Ref, "one", new Asks(["start", "same", "same", "same"], TimeSpan.Zero));
        foreach (var text in (string[])["1", "2", "3"])
            await RaiseAsync("one", "same", text);

        await RaiseAsync("one", "start", "0");

        (await Driver.EndAsync("one", Seconds + Late)).OutputAs<string[]>().ShouldBe(["0", "1", "2", "3"]);
    }

    [Fact]
    public async Task Events_raised_at_once_all_come_once()
    {
        await StartAsync(AsksInTurn.Ref, "one", new Asks([.. Enumerable.Repeat("same", 20)], TimeSpan.Zero));

        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(() => Client.RaiseAsync("one", "same", new Answer($"{i}"), None))));

        var answers = (await Driver.EndAsync("one", TimeSpan.FromMinutes(1))).OutputAs<string[]>();
        answers.ShouldBe(Enumerable.Range(1, 20).Select(i => $"{i}"), ignoreOrder: true);
    }

    [Fact]
    public async Task The_case_of_a_name_does_not_matter()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval:A1"));

        await RaiseAsync("one", "Approval:a1", "yes");

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("yes");
    }

    [Fact]
    public async Task The_case_of_a_name_does_not_matter_before_the_wait()
    {
        await StartAsync(AsksInTurn.Ref, "one", new Asks(["first", "approval:A1"], TimeSpan.Zero));
        await RaiseAsync("one", "Approval:a1", "yes");

        await RaiseAsync("one", "FIRST", "1");

        (await Driver.EndAsync("one", Seconds)).OutputAs<string[]>().ShouldBe(["1", "yes"]);
    }

    [Fact]
    public async Task A_wait_that_times_out_gives_null()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval", Seconds));

        await Driver.AdvanceAsync(Seconds);

        (await Driver.EndAsync("one", Late)).OutputAs<string>().ShouldBe("silence");
    }

    [Fact]
    public async Task A_wait_does_not_time_out_early()
    {
        Assert.SkipUnless(Driver.HasVirtualTime, "Needs a clock that stands still.");
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval", Seconds));

        await Driver.AdvanceAsync(Seconds - TimeSpan.FromMilliseconds(1));
        await RaiseAsync("one", "approval", "just in time");

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("just in time");
    }

    [Fact]
    public async Task An_event_of_another_name_does_not_end_a_wait()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval:2"));

        await RaiseAsync("one", "approval:1", "late");

        (await StatusAsync("one")).ShouldBe(InstanceStatus.Running);
    }

    [Fact]
    public async Task A_name_that_timed_out_is_not_waited_for_again()
    {
        await StartAsync(AsksAgain.Ref, "one", new Ask("approval", Seconds));
        await Driver.AdvanceAsync(Seconds + Late);
        await RaiseAsync("one", "approval", "late");

        var end = await Driver.EndAsync("one", TimeSpan.FromSeconds(5) + Late);

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("'approval' has timed out");
    }

    [Theory]
    [InlineData("approval", "approval")]
    [InlineData("approval", "APPROVAL")]
    public async Task Two_waits_for_one_name_are_forbidden(string first, string second)
    {
        var end = await RunAsync(AsksAtOnce.Ref, "one", [first, second]);

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("One waiter per name");
    }

    [Theory]
    [InlineData("approval")]
    [InlineData("superseded")]
    public async Task Of_two_waits_the_one_whose_event_comes_goes_on_and_the_other_stays_open(string raised)
    {
        await StartAsync(AsksAtOnce.Ref, "one", ["approval", "superseded"]);

        await RaiseAsync("one", raised, "came");

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe($"{raised}: came");
    }

    [Fact]
    public async Task Of_two_events_that_came_while_the_runtime_was_down_the_first_one_counts()
    {
        await StartAsync(AsksAtOnce.Ref, "one", ["approval", "superseded"]);
        await CrashAsync();
        await Client.RaiseAsync("one", "superseded", new Answer("1"), None);
        await Client.RaiseAsync("one", "approval", new Answer("2"), None);

        await Driver.RestartAsync();

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("superseded: 1");
    }

    [Fact]
    public async Task An_event_that_came_in_time_counts_although_the_runtime_was_down()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval", Seconds));
        await CrashAsync();
        await Client.RaiseAsync("one", "approval", new Answer("in time"), None);
        await Driver.AdvanceAsync(Seconds + Late);

        await Driver.RestartAsync();

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("in time");
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_fails_the_instance_and_is_named()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval"));

        await Client.RaiseAsync("one", "approval", 42, None);

        var end = await Driver.EndAsync("one");
        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("approval");
    }

    [Fact]
    public async Task An_event_for_a_missing_instance_is_answered_so() =>
        (await Client.RaiseAsync("nobody", "approval", new Answer("yes"), None)).ShouldBe(RaiseAnswer.NotFound);

    [Fact]
    public async Task An_event_for_an_ended_instance_is_answered_so()
    {
        await RunAsync(CallsOnce.Ref, "one", "x");

        var answer = await Client.RaiseAsync("one", "approval", new Answer("yes"), None);

        answer.ShouldBe(RaiseAnswer.Finished);
    }

    [Fact]
    public async Task An_event_that_an_earlier_run_of_the_id_left_does_not_reach_the_next()
    {
        await StartAsync(AsksAtOnce.Ref, "one", ["a", "b"]);
        await Client.RaiseAsync("one", "unused", new Answer("old"), None);
        await RaiseAsync("one", "a", "end");
        await Driver.EndAsync("one");

        await StartAsync(AsksOnce.Ref, "one", new Ask("unused"));

        (await StatusAsync("one")).ShouldBe(InstanceStatus.Running);
    }
}
