using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Benchmarks.Runner;

/// <summary>Returns what it is given, so that only the engine is measured.</summary>
internal sealed class Nothing : IActivity<int, int>
{
    public static readonly ActivityRef<int, int> Ref = new(nameof(Nothing), RetryPolicy.Default);

    public Task<int> RunAsync(int input, CancellationToken cancellation) => Task.FromResult(input);
}

/// <summary>So many calls, one after the other.</summary>
internal sealed class CallsInTurn : IOrchestration<int, int>
{
    public static readonly OrchestrationRef<int, int> Ref = new(nameof(CallsInTurn));

    public async Task<int> RunAsync(IOrchestrationContext context, int input)
    {
        for (var i = 0; i < input; i++)
            await context.CallAsync(Nothing.Ref, i);
        return input;
    }
}

/// <summary>So many calls at once.</summary>
internal sealed class CallsAtOnce : IOrchestration<int, int>
{
    public static readonly OrchestrationRef<int, int> Ref = new(nameof(CallsAtOnce));

    public async Task<int> RunAsync(IOrchestrationContext context, int input) =>
        (await Task.WhenAll(Enumerable.Range(0, input).Select(i => context.CallAsync(Nothing.Ref, i)))).Length;
}

/// <summary>Calls once, then waits for an event.</summary>
internal sealed class Waits : IOrchestration<int, int>
{
    public static readonly OrchestrationRef<int, int> Ref = new(nameof(Waits));

    public async Task<int> RunAsync(IOrchestrationContext context, int input)
    {
        await context.CallAsync(Nothing.Ref, input);
        return (await context.WaitForEventAsync<Said>("go", TimeSpan.FromDays(7)))?.Number ?? 0;
    }
}

internal sealed record Said(int Number);
