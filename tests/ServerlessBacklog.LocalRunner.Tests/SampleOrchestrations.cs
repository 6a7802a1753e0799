using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests;

/// <summary>Calls one activity per word, all at once.</summary>
internal sealed class CallsAll : IOrchestration<string[], string[]>
{
    public static readonly OrchestrationRef<string[], string[]> Ref = new(nameof(CallsAll));

    public static readonly OrchestrationEntry Entry = OrchestrationEntry.Of<CallsAll, string[], string[]>(Ref);

    public Task<string[]> RunAsync(IOrchestrationContext context, string[] input) =>
        Task.WhenAll(input.Select(word => context.CallAsync(Gated.Ref, word)));
}

/// <summary>Waits for <c>go</c>, then calls.</summary>
internal sealed class WaitsThenCalls : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(WaitsThenCalls));

    public static readonly OrchestrationEntry Entry = OrchestrationEntry.Of<WaitsThenCalls, string, string>(Ref);

    public async Task<string> RunAsync(IOrchestrationContext context, string input)
    {
        var said = await context.WaitForEventAsync<string>("go", TimeSpan.FromDays(2));
        return await context.CallAsync(Gated.Ref, $"{input} {said}");
    }
}

internal sealed class Sleeps : IOrchestration<int, int>
{
    public static readonly OrchestrationRef<int, int> Ref = new(nameof(Sleeps));

    public static readonly OrchestrationEntry Entry = OrchestrationEntry.Of<Sleeps, int, int>(Ref);

    public async Task<int> RunAsync(IOrchestrationContext context, int input)
    {
        await context.SleepUntilAsync(context.UtcNow + TimeSpan.FromDays(input));
        return input;
    }
}

/// <summary>What an orchestration must not do; none of these ever ends on Durable Functions.</summary>
internal sealed class Forbidden : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(Forbidden));

    public static readonly OrchestrationEntry Entry = OrchestrationEntry.Of<Forbidden, string, string>(Ref);

    /// <summary>So long that it is not over before it is awaited, however busy the machine: what has ended already is awaited without a wait.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    public async Task<string> RunAsync(IOrchestrationContext context, string input)
    {
        switch (input)
        {
            case "delay":
                await Task.Delay(Long);
                break;
            case "delay after a call":
                await context.CallAsync(Gated.Ref, "a");
                await Task.Delay(Long);
                break;
            case "run":
                await Task.Run(() => Thread.Sleep(Long));
                break;
            case "configure":
                await context.CallAsync(Gated.Ref, "a").ConfigureAwait(false);
                await context.CallAsync(Gated.Ref, "b");
                break;
            case "configure at the end":
                await context.CallAsync(Gated.Ref, "a").ConfigureAwait(false);
                break;
            case "delay beside a call":
                await Task.WhenAll(context.CallAsync(Gated.Ref, "a"), Task.Delay(TimeSpan.FromHours(1)));
                break;
            case "never":
                await new TaskCompletionSource().Task;
                break;
            case "wait":
                context.WaitForEventAsync<string>("go").Wait();
                break;
            default:
                throw new ArgumentException(input);
        }

        return input;
    }
}
