using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow.Orchestrations;

public sealed record Leg(int Generation, string[] Results);

/// <summary>
/// Uses everything once: a call, a fan-out, a retry, an event, a child, a timer and a new generation. Inputs of activities begin with the
/// number of their stage, so that an activity of a stage proves that the results of all stages before it had been recorded.
/// </summary>
public sealed class WalksThrough : IOrchestration<Leg, string[]>
{
    public static readonly OrchestrationRef<Leg, string[]> Ref = new(nameof(WalksThrough));

    /// <summary>What it returns when its event says "yes".</summary>
    public static readonly string[] Results =
        ["1 call", "2 wide a", "2 wide b", "2 wide c", "3 retry", "yes", "4 child", "5 awake", "6 anew"];

    public async Task<string[]> RunAsync(IOrchestrationContext context, Leg input)
    {
        if (input.Generation == 2)
            return [.. input.Results, await context.CallAsync(Echo.Ref, "6 anew")];

        context.SetStatus(new Answer("walking"));
        var results = new List<string> { await context.CallAsync(Echo.Ref, "1 call") };
        results.AddRange(await Task.WhenAll(new[] { "a", "b", "c" }.Select(w => context.CallAsync(Echo.Ref, $"2 wide {w}"))));
        await context.CallAsync(FailsUntil.Ref, new Unreliable("3 retry", 2));
        results.Add("3 retry");
        results.Add((await context.WaitForEventAsync<Answer>("go", TimeSpan.FromDays(1)))!.Text);
        results.Add(await context.ChildAsync(CallsOnce.Ref, "only", "4 child"));
        await context.SleepUntilAsync(context.UtcNow + TimeSpan.FromSeconds(3));
        results.Add(await context.CallAsync(Echo.Ref, "5 awake"));
        context.ContinueAsNew(new Leg(2, [.. results]));
        return [];
    }
}
