using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>Orchestrations that run others.</summary>
public abstract class ChildContract : WorkflowContract
{
    [Fact]
    public async Task Children_run_under_their_parents_id_and_their_results_come_back_in_order()
    {
        var end = await RunAsync(RunsChildren.Ref, "one", new Family(["b", "a", "github:owner~repo.x_1-2"], "hello"));

        end.OutputAs<string[]>().ShouldBe(["one|b says hello", "one|a says hello", "one|github:owner~repo.x_1-2 says hello"]);
    }

    [Fact]
    public async Task A_child_can_be_found_by_its_id()
    {
        await RunAsync(RunsChildren.Ref, "one", new Family(["a"], "hello"));

        var child = (await Client.FindAsync("one|a", None)).ShouldNotBeNull();

        (child.Id, child.Orchestration, child.Status).ShouldBe(("one|a", nameof(SaysItsId), InstanceStatus.Completed));
    }

    [Fact]
    public async Task Many_children_run_at_once()
    {
        var keys = Enumerable.Range(1, 30).Select(i => $"{i}").ToArray();

        var end = await RunAsync(RunsChildren.Ref, "one", new Family(keys, "hello"));

        end.OutputAs<string[]>().ShouldBe(keys.Select(k => $"one|{k} says hello"));
    }

    [Fact]
    public async Task A_key_can_be_used_again_when_its_child_has_ended()
    {
        var end = await RunAsync(RunsChildrenInTurn.Ref, "one", new Family(["a", "a", "a"], "hello"));

        end.OutputAs<string[]>().ShouldBe(["one|a says hello 1", "one|a says hello 2", "one|a says hello 3"]);
    }

    [Fact]
    public async Task Two_children_of_one_key_at_once_are_forbidden()
    {
        var end = await RunAsync(RunsChildren.Ref, "one", new Family(["a", "a"], "hello"));

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("The child 'a' of one is running already");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a|b")]
    public async Task A_childs_key_is_checked(string key)
    {
        var end = await RunAsync(RunsChildren.Ref, "one", new Family([key], "hello"));

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("A child's key has");
    }

    [Fact]
    public async Task A_childs_failure_may_be_caught()
    {
        await StartAsync(ToleratesChildFailure.Ref, "one", "answer");

        await RaiseAsync("one|only", "answer", "No such project.");

        var end = await Driver.EndAsync("one");
        end.OutputAs<string>().ShouldStartWith("caught: ");
        end.OutputAs<string>().ShouldContain("one|only");
        (await StatusAsync("one|only")).ShouldBe(InstanceStatus.Failed);
    }

    [Fact]
    public async Task A_childs_failure_that_is_not_caught_fails_the_parent_and_says_why()
    {
        await StartAsync(FailsWithChild.Ref, "one", "answer");

        await RaiseAsync("one|only", "answer", "No such project.");

        var end = await Driver.EndAsync("one");
        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("No such project.");
    }

    [Fact]
    public async Task A_terminated_child_has_failed_for_its_parent()
    {
        await StartAsync(ToleratesChildFailure.Ref, "one", "answer");

        (await Client.TerminateAsync("one|only", "Not wanted.", None)).ShouldBeTrue();

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldStartWith("caught: ");
    }

    [Fact]
    public async Task A_child_of_an_earlier_generation_that_still_runs_is_replaced()
    {
        await StartAsync(LeavesChildBehind.Ref, "one", 1);
        await RaiseAsync("one", "next", "");

        await RaiseAsync("one|only", "answer", "yes");

        (await Driver.EndAsync("one")).OutputAs<string>().ShouldBe("child of generation 2: yes");
        Executions.All.Select(e => e.Key).ShouldBe(["generation 1", "generation 2"]);
    }
}
