using System.Text.Json;
using Microsoft.DurableTask;
using ServerlessBacklog.Workflow;
using DurableRetry = Microsoft.DurableTask.RetryPolicy;
using RetryPolicy = ServerlessBacklog.Workflow.RetryPolicy;

namespace ServerlessBacklog.Functions;

/// <summary>The seam over Durable's context. Every await here stays on the orchestrator's own thread: ConfigureAwait(false) would hang the instance.</summary>
internal sealed class DurableContext(TaskOrchestrationContext durable) : IOrchestrationContext, IDisposable
{
    /// <summary>Durable timers fire up to a second early.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    private static Task Never => new TaskCompletionSource().Task;

    private readonly OrchestrationRules rules = new();
    private readonly CancellationTokenSource ended = new();

    public string InstanceId => durable.InstanceId;

    public DateTimeOffset UtcNow => new(DateTime.SpecifyKind(durable.CurrentUtcDateTime, DateTimeKind.Utc));

    public async Task<TOut> CallAsync<TIn, TOut>(ActivityRef<TIn, TOut> activity, TIn input) => await ResultAsync<TOut>(
        durable.CallActivityAsync<JsonElement>(activity.Name, Payload.Of(input, $"input of {activity}"), Options(activity.Retry)),
        $"result of {activity}",
        (why, cause) => ActivityFailedException.Of(activity.Name, why, cause));

    public async Task<TOut> ChildAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string key, TIn input)
    {
        var payload = Payload.Of(input, $"input of {orchestration}");
        var id = rules.BeginChild(InstanceId, key);
        try
        {
            return await ResultAsync<TOut>(
                durable.CallSubOrchestratorAsync<JsonElement>(orchestration.FullName, payload, new SubOrchestrationOptions { InstanceId = id }),
                $"output of {orchestration}",
                (why, cause) => ChildFailedException.Of(id, why, cause));
        }
        finally
        {
            rules.EndChild(key);
        }
    }

    public async Task<T?> WaitForEventAsync<T>(string name, TimeSpan? timeout = null)
        where T : class
    {
        rules.BeginWait(name);
        using var withdrawn = new CancellationTokenSource();
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
        var raised = durable.WaitForExternalEvent<JsonElement>(name, withdrawn.Token);
        var inTime = await Task.WhenAny(raised, timeout is { } limit ? TimerAsync(UtcNow + limit, answered.Token) : Never) == raised;
        (inTime ? answered : withdrawn).Cancel();
        rules.EndWait(name, inTime);
        return inTime ? WorkflowJson.Read<T>((await raised).Text(), $"event {name}") : null;
    }

    public Task SleepUntilAsync(DateTimeOffset until) => TimerAsync(until, ended.Token);

    public void ContinueAsNew<TIn>(TIn input) => durable.ContinueAsNew(Payload.Of(input, $"input of {durable.Name}"), preserveUnprocessedEvents: true);

    public void SetStatus<T>(T status) => durable.SetCustomStatus(Payload.Of(status, $"status of {InstanceId}", WorkflowJson.MaxStatus));

    /// <summary>
    /// To be called when the orchestration has returned or thrown. Durable lets an instance neither end nor begin anew while a timer of it
    /// is open: the time-out of an ask that was overtaken would hold it for days.
    /// </summary>
    public void Dispose() => ended.Cancel();

    /// <summary>A timer that never ends once it is cancelled, so that nothing of an orchestration that is over wakes up.</summary>
    private async Task TimerAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var timer = durable.CreateTimer(at.UtcDateTime + Early, cancellation);
        await (await Task.WhenAny(timer) is { IsCanceled: true } ? Never : timer);
    }

    // Durable refuses a longest delay under the first one, and a first one of zero, even where there is no second attempt.
    private static TaskOptions? Options(RetryPolicy retry) => retry.MaxAttempts == 1
        ? null
        : TaskOptions.FromRetryPolicy(new DurableRetry(retry.MaxAttempts, retry.DelayAfter(1), retry.Backoff, retry.MaxDelay));

    private static async Task<T> ResultAsync<T>(Task<JsonElement> running, string what, Func<string, Exception, Exception> failed)
    {
        try
        {
            return WorkflowJson.Read<T>((await running).Text(), what);
        }
        catch (Exception failure) when (failure is TaskFailedException or InvalidOperationException)
        {
            // A child that was terminated has no details, whatever the type says.
            throw failed((failure as TaskFailedException)?.FailureDetails?.ErrorMessage ?? failure.Message, failure);
        }
    }
}
