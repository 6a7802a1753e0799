using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow.Orchestrations;

/// <summary>Version 1 asks, then calls.</summary>
public sealed class Greets : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(Greets));

    public async Task<string> RunAsync(IOrchestrationContext context, string input)
    {
        await context.CallAsync(Echo.Ref, $"Hello, {input}");
        var answer = (await context.WaitForEventAsync<Answer>("answer"))!;
        return await context.CallAsync(Echo.Ref, $"Version 1: {input}, {answer.Text}");
    }
}

/// <summary>Version 2 sleeps first.</summary>
public sealed class GreetsLater : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = Greets.Ref with { Version = 2 };

    public async Task<string> RunAsync(IOrchestrationContext context, string input)
    {
        await context.SleepUntilAsync(context.UtcNow + TimeSpan.FromSeconds(2));
        var answer = (await context.WaitForEventAsync<Answer>("answer"))!;
        return await context.CallAsync(Echo.Ref, $"Version 2: {input}, {answer.Text}");
    }
}

/// <summary>Version 1 with a call left out.</summary>
public sealed class GreetsCurtly : IOrchestration<string, string>
{
    public async Task<string> RunAsync(IOrchestrationContext context, string input)
    {
        var answer = (await context.WaitForEventAsync<Answer>("answer"))!;
        return $"{input}, {answer.Text}";
    }
}
