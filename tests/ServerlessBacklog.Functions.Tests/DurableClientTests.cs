using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Functions.Tests.Fakes;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions.Tests;

public class DurableClientTests
{
    private static readonly OrchestrationRef<Note, Note> Keep = new("Keep");

    [Fact]
    public async Task A_start_sends_name_id_and_input()
    {
        var durable = new FakeClient();

        var answer = await new DurableClient(durable).StartAsync(Keep, "a~1", new Note("é"), CancellationToken.None);

        answer.ShouldBe(StartAnswer.Started);
        durable.Sent.ShouldBe(["""start Keep a~1 {"Text":"é"}"""]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a|b")]
    [InlineData("a/b")]
    [InlineData("@a")]
    public async Task An_id_that_not_every_runtime_takes_is_refused(string id)
    {
        var durable = new FakeClient();

        await Should.ThrowAsync<ArgumentException>(() => new DurableClient(durable).StartAsync(Keep, id, new Note(""), CancellationToken.None));

        durable.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_start_of_an_id_that_exists_is_answered_by_already_running()
    {
        var durable = new FakeClient { Refusal = new OrchestrationAlreadyExistsException("exists") };

        var answer = await new DurableClient(durable).StartAsync(Keep, "a~1", new Note(""), CancellationToken.None);

        answer.ShouldBe(StartAnswer.AlreadyRunning);
    }

    [Theory]
    [InlineData(StatusCode.AlreadyExists, null)]
    [InlineData(StatusCode.Internal, OrchestrationRuntimeStatus.Pending)]
    [InlineData(StatusCode.Internal, OrchestrationRuntimeStatus.Running)]
    public async Task A_start_that_lost_a_race_is_answered_by_already_running(StatusCode refusal, OrchestrationRuntimeStatus? status)
    {
        var durable = new FakeClient { Refusal = FakeClient.Refused(refusal), Instance = status is { } s ? Instance(s) : null };

        var answer = await new DurableClient(durable).StartAsync(Keep, "a~1", new Note(""), CancellationToken.None);

        answer.ShouldBe(StartAnswer.AlreadyRunning);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    public async Task A_start_that_failed_and_left_nothing_running_is_an_error(OrchestrationRuntimeStatus? status)
    {
        var durable = new FakeClient { Refusal = FakeClient.Refused(StatusCode.Internal), Instance = status is { } s ? Instance(s) : null };

        await Should.ThrowAsync<RpcException>(() => new DurableClient(durable).StartAsync(Keep, "a~1", new Note(""), CancellationToken.None));
    }

    [Fact]
    public async Task An_event_is_sent_to_its_instance()
    {
        var durable = new FakeClient();

        var answer = await new DurableClient(durable).RaiseAsync("a~1", "approval:7", new Note("yes"), CancellationToken.None);

        answer.ShouldBe(RaiseAnswer.Delivered);
        durable.Sent.ShouldBe(["""raise a~1 approval:7 {"Text":"yes"}"""]);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, null, RaiseAnswer.NotFound)]
    [InlineData(StatusCode.Unknown, null, RaiseAnswer.NotFound)]
    [InlineData(StatusCode.FailedPrecondition, OrchestrationRuntimeStatus.Completed, RaiseAnswer.Finished)]
    [InlineData(StatusCode.FailedPrecondition, OrchestrationRuntimeStatus.Failed, RaiseAnswer.Finished)]
    [InlineData(StatusCode.Unknown, OrchestrationRuntimeStatus.Terminated, RaiseAnswer.Finished)]
    public async Task An_event_to_an_instance_that_is_missing_or_has_ended_is_answered(StatusCode refusal, OrchestrationRuntimeStatus? status, RaiseAnswer expected)
    {
        var durable = new FakeClient { Refusal = FakeClient.Refused(refusal), Instance = status is { } s ? Instance(s) : null };

        var answer = await new DurableClient(durable).RaiseAsync("a~1", "approval:7", new Note("yes"), CancellationToken.None);

        answer.ShouldBe(expected);
    }

    [Fact]
    public async Task An_event_that_a_running_instance_did_not_get_is_an_error()
    {
        var durable = new FakeClient { Refusal = FakeClient.Refused(StatusCode.Unavailable), Instance = Instance(OrchestrationRuntimeStatus.Running) };

        await Should.ThrowAsync<RpcException>(() => new DurableClient(durable).RaiseAsync("a~1", "approval:7", new Note("yes"), CancellationToken.None));
    }

    [Fact]
    public async Task Terminating_sends_the_reason()
    {
        var durable = new FakeClient();

        var ended = await new DurableClient(durable).TerminateAsync("a~1", "superseded", CancellationToken.None);

        ended.ShouldBeTrue();
        durable.Sent.ShouldBe(["terminate a~1 \"superseded\""]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    public async Task Terminating_what_does_not_run_is_no_error(OrchestrationRuntimeStatus? status)
    {
        var durable = new FakeClient { Refusal = FakeClient.Refused(StatusCode.Unknown), Instance = status is { } s ? Instance(s) : null };

        var ended = await new DurableClient(durable).TerminateAsync("a~1", "superseded", CancellationToken.None);

        ended.ShouldBeFalse();
    }

    [Fact]
    public async Task Terminating_that_failed_is_an_error()
    {
        var durable = new FakeClient { Refusal = FakeClient.Refused(StatusCode.Unavailable), Instance = Instance(OrchestrationRuntimeStatus.Running) };

        await Should.ThrowAsync<RpcException>(() => new DurableClient(durable).TerminateAsync("a~1", "superseded", CancellationToken.None));
    }

    private static OrchestrationMetadata Instance(OrchestrationRuntimeStatus status) => new("Keep", "a~1") { RuntimeStatus = status };

    internal sealed record Note(string Text);
}
