using System.Text.Json;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions.Tests.Fakes;

/// <summary>Durable's client: notes what is sent, refuses when it is told to, and knows at most one instance.</summary>
internal sealed partial class FakeClient() : DurableTaskClient("fake")
{
    public Exception? Refusal { get; init; }

    public OrchestrationMetadata? Instance { get; init; }

    public List<string> Sent { get; } = [];

    public static RpcException Refused(StatusCode status) => new(new Status(status, "refused"));

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync($"start {orchestratorName.Name} {options?.InstanceId} {Text(input)}", options?.InstanceId ?? "");

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        SendAsync($"raise {instanceId} {eventName} {Text(eventPayload)}", "");

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync($"terminate {instanceId} {Text(options?.Output)}", "");

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(getInputsAndOutputs && Instance?.InstanceId == instanceId ? Instance : null);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<string> SendAsync(string message, string answer)
    {
        if (Refusal is not null)
            return Task.FromException<string>(Refusal);
        Sent.Add(message);
        return Task.FromResult(answer);
    }

    private static string Text(object? value) => JsonSerializer.Serialize(value, WorkflowJson.Options);
}
