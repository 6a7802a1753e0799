using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Functions.Tests.Fakes;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions.Tests;

public class FindTests
{
    private static readonly DateTimeOffset Created = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task There_is_nothing_under_an_unknown_id() => (await Find(null)).ShouldBeNull();

    [Fact]
    public async Task A_completed_instance_has_an_output()
    {
        var state = await Find(new("Keep", "a~1")
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Completed,
            CreatedAt = Created,
            LastUpdatedAt = Created.AddSeconds(4),
            SerializedOutput = """{"Text":"kept"}""",
            SerializedCustomStatus = "\"done\"",
        });

        state.ShouldBe(new InstanceState("a~1", "Keep", InstanceStatus.Completed, Created, Created.AddSeconds(4), "\"done\"", """{"Text":"kept"}"""));
    }

    [Fact]
    public async Task A_failed_instance_says_why_and_has_no_output()
    {
        var state = await Find(new("Keep", "a~1")
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            SerializedOutput = "a stack trace",
            FailureDetails = new TaskFailureDetails("(unknown)", "no room", null, null, null),
        });

        state!.Status.ShouldBe(InstanceStatus.Failed);
        state.Error.ShouldBe("no room");
        state.Output.ShouldBeNull();
    }

    [Fact]
    public async Task A_terminated_instance_gives_the_reason()
    {
        var state = await Find(new("Keep", "a~1") { RuntimeStatus = OrchestrationRuntimeStatus.Terminated, SerializedOutput = "\"superseded\"" });

        state!.Status.ShouldBe(InstanceStatus.Terminated);
        state.Error.ShouldBe("superseded");
        state.Output.ShouldBeNull();
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, InstanceStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running, InstanceStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, InstanceStatus.Running)]
    public async Task An_instance_that_has_not_ended_has_neither_output_nor_error(OrchestrationRuntimeStatus durable, InstanceStatus expected)
    {
        var state = await Find(new("Keep", "a~1") { RuntimeStatus = durable });

        state!.Status.ShouldBe(expected);
        state.HasEnded.ShouldBeFalse();
        (state.Output ?? state.Error).ShouldBeNull();
    }

    /// <summary>Durable gives the JSON null for an instance that never set a status.</summary>
    [Fact]
    public async Task An_instance_that_shows_nothing_has_no_status() => (await Find(new("Keep", "a~1") { SerializedCustomStatus = "null" }))!.CustomStatus.ShouldBeNull();

    private static Task<InstanceState?> Find(OrchestrationMetadata? instance) =>
        new DurableClient(new FakeClient { Instance = instance }).FindAsync("a~1", CancellationToken.None);
}
