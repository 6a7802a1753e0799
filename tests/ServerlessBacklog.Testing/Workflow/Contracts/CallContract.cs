using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>Activities: results, order, retries, failures.</summary>
public abstract class CallContract : WorkflowContract
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_call_returns_what_the_activity_returned()
    {
        var end = await RunAsync(CallsOnce.Ref, "one", "Grüße");

        end.Status.ShouldBe(InstanceStatus.Completed);
        end.OutputAs<string>().ShouldBe("Grüße");
        Executions.Count(nameof(Echo), "Grüße").ShouldBe(1);
    }

    [Fact]
    public async Task A_fan_out_returns_its_results_in_the_order_of_the_calls()
    {
        var end = await RunAsync(FansOut.Ref, "one", 100);

        end.OutputAs<string[]>().ShouldBe(Enumerable.Range(1, 100).Select(i => $"{i}"));
        Executions.All.Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_fan_out_of_none_returns_none()
    {
        var end = await RunAsync(FansOut.Ref, "one", 0);

        end.OutputAs<string[]>().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_comes_first_is_taken_and_the_rest_is_left()
    {
        var end = await RunAsync(TakesTheFirst.Ref, "one", "x");

        end.OutputAs<string>().ShouldBe("quick: x");
    }

    [Fact]
    public async Task What_came_first_has_come_first_on_every_replay()
    {
        await StartAsync(RemembersTheFirst.Ref, "one", 10);
        if (Driver.CanRestart)
            await Driver.RestartAsync();

        await RaiseAsync("one", "go", "");

        var end = await Driver.EndAsync("one");
        end.Status.ShouldBe(InstanceStatus.Completed, end.Error);
        Executions.All.Count(e => e.Key.StartsWith("First", StringComparison.Ordinal)).ShouldBe(1);
        Executions.Count(nameof(Echo), end.OutputAs<string>()).ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_activity_holds_up_no_other_instance()
    {
        await Client.StartAsync(CallsBlocking.Ref, "slow", "x", None);
        await UntilAsync(() => Task.FromResult(Executions.Count(nameof(Blocks), "x") == 1), "the slow activity has begun");

        await Client.StartAsync(FansOut.Ref, "quick", 3, None);

        await UntilAsync(async () => await StatusAsync("quick") == InstanceStatus.Completed, "the quick instance has ended");
        (await StatusAsync("slow")).ShouldBe(InstanceStatus.Running);
    }

    [Fact]
    public async Task An_activity_that_a_restart_cut_off_is_run_again()
    {
        Assert.SkipUnless(Driver.CanRestart, "Cannot restart.");
        await Client.StartAsync(CallsBlocking.Ref, "one", "x", None);
        await UntilAsync(() => Task.FromResult(Executions.Count(nameof(Blocks), "x") == 1), "the activity has begun");

        await Driver.RestartAsync();

        (await Driver.EndAsync("one", TimeSpan.FromSeconds(10))).OutputAs<string>().ShouldBe("x");
    }

    [Fact]
    public async Task Each_attempt_has_a_scope_of_its_own_which_ends_with_it()
    {
        await StartAsync(CallsUnreliable.Ref, "one", new Unreliable("x", 3));

        await Driver.EndAsync("one", TimeSpan.FromSeconds(10));

        var scopes = Executions.All.Select(e => e.Scope).ToList();
        scopes.Count.ShouldBe(3);
        scopes.ShouldBeUnique();
        await UntilAsync(() => Task.FromResult(scopes.All(Executions.EndedScopes.Contains)), "all scopes have ended");
    }

    [Fact]
    public async Task A_failed_activity_is_tried_again_until_it_succeeds()
    {
        await StartAsync(CallsUnreliable.Ref, "one", new Unreliable("x", 4));

        var end = await Driver.EndAsync("one", TimeSpan.FromSeconds(20));

        end.OutputAs<int>().ShouldBe(4);
    }

    [Fact]
    public async Task The_waits_between_attempts_are_those_of_the_policy()
    {
        Assert.SkipUnless(Driver.HasVirtualTime, "Needs a clock that stands still.");
        await StartAsync(CallsUnreliable.Ref, "one", new Unreliable("x", 4));
        var attempts = new List<int> { Executions.All.Count };

        for (var attempt = 1; attempt < 4; attempt++)
        {
            await Driver.AdvanceAsync(FailsUntil.Ref.Retry.DelayAfter(attempt) - Tick);
            attempts.Add(Executions.All.Count);
            await Driver.AdvanceAsync(Tick);
            attempts.Add(Executions.All.Count);
        }

        attempts.ShouldBe([1, 1, 2, 2, 3, 3, 4]);
        (await StatusAsync("one")).ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public async Task When_the_last_attempt_fails_the_orchestration_may_catch_it()
    {
        await StartAsync(ToleratesFailures.Ref, "one", [new Unreliable("bad", 9), new Unreliable("good", 2), new Unreliable("worse", 9)]);

        var results = (await Driver.EndAsync("one", TimeSpan.FromSeconds(30))).OutputAs<string[]>();

        results.Length.ShouldBe(3);
        results[0].ShouldStartWith("bad: ");
        results[0].ShouldContain(nameof(FailsUntil));
        results[1].ShouldBe("good: attempt 2");
        results[2].ShouldStartWith("worse: ");
        Executions.Count(nameof(FailsUntil), "bad").ShouldBe(4);
    }

    [Fact]
    public async Task A_failure_that_is_not_caught_fails_the_instance_and_says_why()
    {
        await StartAsync(CallsUnreliable.Ref, "one", new Unreliable("x", 9));

        var end = await Driver.EndAsync("one", TimeSpan.FromSeconds(30));

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("The tracker did not answer attempt 4 of x.");
        end.Output.ShouldBeNull();
    }

    [Fact]
    public async Task A_result_of_another_kind_than_expected_is_a_failure()
    {
        var end = await RunAsync(CallsMisnamed.Ref, "one", "no number");

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain(nameof(Echo));
    }

    [Fact]
    public async Task A_call_of_an_activity_that_is_not_listed_is_a_failure_that_names_it()
    {
        var end = await RunAsync(CallsMisnamed.Ref, "one", "unlisted");

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("Unlisted");
    }
}
