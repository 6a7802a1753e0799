using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions;

/// <summary>
/// The seam over Durable's client. How Durable refuses an event or a start differs between its versions (NotFound, FailedPrecondition,
/// Internal, Unknown), so the instance's state, not the refusal, says what is answered.
/// </summary>
internal sealed class DurableClient(DurableTaskClient durable) : IOrchestrationClient
{
    public async Task<StartAnswer> StartAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string id, TIn input, CancellationToken cancellation)
    {
        OrchestrationRules.CheckId(id);
        var payload = Payload.Of(input, $"input of {orchestration}");
        try
        {
            await durable.ScheduleNewOrchestrationInstanceAsync(orchestration.FullName, payload, new() { InstanceId = id }, cancellation);
            return StartAnswer.Started;
        }
        catch (Exception refusal) when (refusal is OrchestrationAlreadyExistsException or RpcException)
        {
            if (refusal is RpcException { StatusCode: not StatusCode.AlreadyExists } && await FindAsync(id, cancellation) is not { HasEnded: false })
                throw;
            return StartAnswer.AlreadyRunning;
        }
    }

    public async Task<RaiseAnswer> RaiseAsync<T>(string id, string name, T payload, CancellationToken cancellation)
    {
        try
        {
            await durable.RaiseEventAsync(id, name, Payload.Of(payload, $"event {name}"), cancellation);
            return RaiseAnswer.Delivered;
        }
        catch (RpcException)
        {
            var state = await FindAsync(id, cancellation);
            if (state is { HasEnded: false })
                throw;
            return state is null ? RaiseAnswer.NotFound : RaiseAnswer.Finished;
        }
    }

    public async Task<InstanceState?> FindAsync(string id, CancellationToken cancellation) =>
        await durable.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation) is { } found ? StateOf(found) : null;

    public async Task<bool> TerminateAsync(string id, string reason, CancellationToken cancellation)
    {
        try
        {
            await durable.TerminateInstanceAsync(id, new TerminateInstanceOptions(reason), cancellation);
            return true;
        }
        catch (RpcException)
        {
            if (await FindAsync(id, cancellation) is { HasEnded: false })
                throw;
            return false;
        }
    }

    private static InstanceState StateOf(OrchestrationMetadata found)
    {
        // Durable has the same words and a few more, all of them for instances that have not ended.
        var status = Enum.TryParse<InstanceStatus>(found.RuntimeStatus.ToString(), out var known) ? known : InstanceStatus.Running;
        var shown = found.SerializedCustomStatus is "null" ? null : found.SerializedCustomStatus;
        var state = new InstanceState(found.InstanceId, found.Name, status, found.CreatedAt, found.LastUpdatedAt, shown);
        return status == InstanceStatus.Completed
            ? state with { Output = found.SerializedOutput }
            : state with { Error = found.FailureDetails?.ErrorMessage ?? (state.HasEnded ? found.SerializedOutput?.Trim('"') : null) };
    }
}
