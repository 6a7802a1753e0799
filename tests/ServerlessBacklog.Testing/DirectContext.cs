using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing;

/// <summary>
/// Runs an orchestration straight through, once and without a runtime: activities run when they are called, inputs and outputs pass
/// through JSON as everywhere. For what an orchestration decides; what it survives is tested on a runtime.
/// </summary>
/// <param name="activities">The activities that may be called, by name.</param>
public sealed class DirectContext(IServiceProvider services, IReadOnlyList<ActivityEntry> activities, CancellationToken cancellation = default) : IOrchestrationContext
{
    private readonly List<string> calls = [];
    private string? next;

    public string InstanceId => "direct";

    public DateTimeOffset UtcNow { get; init; } = An.Instant;

    /// <summary>Names of the activities called so far, in order.</summary>
    public IReadOnlyList<string> Calls => calls;

    /// <summary>Runs to the end, through as many generations as it takes.</summary>
    public async Task<TOut> RunAsync<TIn, TOut>(IOrchestration<TIn, TOut> orchestration, TIn input)
    {
        while (true)
        {
            next = null;
            var output = await orchestration.RunAsync(this, Copy(input));
            if (next is null)
                return Copy(output);
            input = WorkflowJson.Read<TIn>(next, "input");
        }
    }

    public async Task<TOut> CallAsync<TIn, TOut>(ActivityRef<TIn, TOut> activity, TIn input)
    {
        calls.Add(activity.Name);
        var entry = activities.Single(a => a.Name == activity.Name);
        return WorkflowJson.Read<TOut>(await entry.RunAsync(services, WorkflowJson.Write(input, "input"), cancellation), "result");
    }

    public Task<TOut> ChildAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string key, TIn input) => throw new NotSupportedException();

    /// <summary>Nobody says anything: a wait with a time-out ends at once, one without never.</summary>
    public Task<T?> WaitForEventAsync<T>(string name, TimeSpan? timeout = null)
        where T : class =>
        timeout is null ? new TaskCompletionSource<T?>().Task : Task.FromResult<T?>(null);

    public Task SleepUntilAsync(DateTimeOffset until) => Task.CompletedTask;

    public void ContinueAsNew<TIn>(TIn input) => next = WorkflowJson.Write(input, "input");

    public void SetStatus<T>(T status) => WorkflowJson.Write(status, "status", WorkflowJson.MaxStatus);

    private static T Copy<T>(T value) => WorkflowJson.Read<T>(WorkflowJson.Write(value, "value"), "value");
}
