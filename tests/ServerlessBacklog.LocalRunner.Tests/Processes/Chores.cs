using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests.Processes;

/// <summary>Writes its key into the ledger, takes a moment, and returns the key.</summary>
internal sealed class Chore(Ledger ledger) : IActivity<string, string>
{
    public static readonly ActivityRef<string, string> Ref = new(nameof(Chore), RetryPolicy.Default);

    public async Task<string> RunAsync(string input, CancellationToken cancellation)
    {
        ledger.Add(input);
        await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
        return input;
    }
}

/// <summary>
/// Six chores in turn and at once, a child with one more, a sleep and an event. The key of a chore is the instance's id and the number of
/// its call, so that a ledger can be compared with a history.
/// </summary>
internal sealed class Chores : IOrchestration<int, string[]>
{
    public static readonly OrchestrationRef<int, string[]> Ref = new(nameof(Chores));

    public async Task<string[]> RunAsync(IOrchestrationContext context, int input)
    {
        var done = new List<string> { await context.CallAsync(Chore.Ref, $"{context.InstanceId}/0") };
        done.AddRange(await Task.WhenAll(Enumerable.Range(1, 3).Select(i => context.CallAsync(Chore.Ref, $"{context.InstanceId}/{i}"))));
        await context.SleepUntilAsync(context.UtcNow + TimeSpan.FromMilliseconds(20));
        done.Add(await context.CallAsync(Chore.Ref, $"{context.InstanceId}/5"));
        done.Add(await context.ChildAsync(OneChore.Ref, "child", 0));
        done.Add((await context.WaitForEventAsync<string>("go", TimeSpan.FromDays(1)))!);
        done.Add(await context.CallAsync(Chore.Ref, $"{context.InstanceId}/8"));
        return [.. done];
    }

    public static string[] Expected(string id) =>
        [$"{id}/0", $"{id}/1", $"{id}/2", $"{id}/3", $"{id}/5", $"{id}|child/0", "yes", $"{id}/8"];
}

internal sealed class OneChore : IOrchestration<int, string>
{
    public static readonly OrchestrationRef<int, string> Ref = new(nameof(OneChore));

    public Task<string> RunAsync(IOrchestrationContext context, int input) => context.CallAsync(Chore.Ref, $"{context.InstanceId}/0");
}
