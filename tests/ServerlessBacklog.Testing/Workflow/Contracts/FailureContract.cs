using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>Orchestrations that fail, and what they show of themselves.</summary>
public abstract class FailureContract : WorkflowContract
{
    /// <summary>Says of itself that it takes a number, which is not what the code takes.</summary>
    private static readonly OrchestrationRef<int[], string> Mistaken = new(nameof(CallsOnce));

    [Fact]
    public async Task An_orchestration_that_throws_has_failed_and_says_why()
    {
        var end = await RunAsync(Throws.Ref, "one", "No such project.");

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("No such project.");
        end.Output.ShouldBeNull();
    }

    [Fact]
    public async Task An_input_that_cannot_be_read_fails_the_instance()
    {
        var end = await RunAsync(Mistaken, "one", [1, 2]);

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain(nameof(CallsOnce));
    }

    [Fact]
    public async Task A_broken_instance_does_not_stop_the_others()
    {
        await Client.StartAsync(AsksOnce.Ref, "waits", new Ask("approval"), None);
        await Client.StartAsync(Mistaken, "broken", [1, 2], None);
        await Client.StartAsync(Throws.Ref, "throws", "No such project.", None);
        await Client.StartAsync(AsksOnce.Ref, "odd", new Ask("approval"), None);
        await Client.RaiseAsync("odd", "approval", 42, None);
        await Client.StartAsync(CallsOnce.Ref, "calls", "x", None);
        await Driver.SettleAsync();

        await RaiseAsync("waits", "approval", "yes");

        (await Driver.EndAsync("waits")).OutputAs<string>().ShouldBe("yes");
        (await Driver.EndAsync("calls")).OutputAs<string>().ShouldBe("x");
        foreach (var id in (string[])["broken", "throws", "odd"])
            (await StatusAsync(id)).ShouldBe(InstanceStatus.Failed);
    }

    [Fact]
    public async Task A_status_is_shown()
    {
        await StartAsync(ShowsStatus.Ref, "one", ["reading", "waiting for Zoë"]);

        var state = (await Client.FindAsync("one", None)).ShouldNotBeNull();

        WorkflowJson.Read<Answer>(state.CustomStatus.ShouldNotBeNull(), "status").Text.ShouldBe("waiting for Zoë");
    }

    [Fact]
    public async Task A_status_is_shown_after_the_end()
    {
        await StartAsync(ShowsStatus.Ref, "one", ["waiting"]);
        await RaiseAsync("one", "go", "");

        var end = await Driver.EndAsync("one");

        end.OutputAs<string>().ShouldBe("done");
        WorkflowJson.Read<Answer>(end.CustomStatus.ShouldNotBeNull(), "status").Text.ShouldBe("waiting");
    }

    [Fact]
    public async Task A_status_that_is_too_long_fails_the_instance_with_the_limit()
    {
        var end = await RunAsync(ShowsStatus.Ref, "one", [new string('x', WorkflowJson.MaxStatus)]);

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain("at most 4,000");
    }
}
