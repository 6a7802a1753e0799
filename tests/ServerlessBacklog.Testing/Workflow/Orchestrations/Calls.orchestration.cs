using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow.Orchestrations;

public sealed class CallsOnce : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(CallsOnce));

    public Task<string> RunAsync(IOrchestrationContext context, string input) => context.CallAsync(Echo.Ref, input);
}

/// <summary>Calls so many activities at once and returns their results in the order of the calls.</summary>
public sealed class FansOut : IOrchestration<int, string[]>
{
    public static readonly OrchestrationRef<int, string[]> Ref = new(nameof(FansOut));

    public Task<string[]> RunAsync(IOrchestrationContext context, int input) =>
        Task.WhenAll(Enumerable.Range(1, input).Select(i => context.CallAsync(Echo.Ref, $"{i}")));
}

/// <summary>Calls a slow and a quick activity and returns what came first.</summary>
public sealed class TakesTheFirst : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(TakesTheFirst));

    public async Task<string> RunAsync(IOrchestrationContext context, string input)
    {
        var slow = context.CallAsync(FailsUntil.Ref, new Unreliable(input, 3));
        var quick = context.CallAsync(Echo.Ref, input);
        return await Task.WhenAny(slow, quick) == slow ? "slow" : $"quick: {await quick}";
    }
}

/// <summary>Lets so many activities race, waits for <c>go</c>, and returns which one came first.</summary>
public sealed class RemembersTheFirst : IOrchestration<int, string>
{
    public static readonly OrchestrationRef<int, string> Ref = new(nameof(RemembersTheFirst));

    public async Task<string> RunAsync(IOrchestrationContext context, int input)
    {
        var calls = Enumerable.Range(1, input).Select(i => context.CallAsync(Echo.Ref, $"{i}")).ToList();
        var first = await await Task.WhenAny(calls);
        await Task.WhenAll(calls);
        await context.CallAsync(Echo.Ref, $"First came {first}.");
        await context.WaitForEventAsync<Answer>("go");
        return $"First came {first}.";
    }
}

public sealed class CallsBlocking : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(CallsBlocking));

    public Task<string> RunAsync(IOrchestrationContext context, string input) => context.CallAsync(Blocks.Ref, input);
}

public sealed class CallsUnreliable : IOrchestration<Unreliable, int>
{
    public static readonly OrchestrationRef<Unreliable, int> Ref = new(nameof(CallsUnreliable));

    public Task<int> RunAsync(IOrchestrationContext context, Unreliable input) => context.CallAsync(FailsUntil.Ref, input);
}

/// <summary>Calls several unreliable activities and says of each what became of it.</summary>
public sealed class ToleratesFailures : IOrchestration<Unreliable[], string[]>
{
    public static readonly OrchestrationRef<Unreliable[], string[]> Ref = new(nameof(ToleratesFailures));

    public Task<string[]> RunAsync(IOrchestrationContext context, Unreliable[] input) =>
        Task.WhenAll(input.Select(call => TryAsync(context, call)));

    private static async Task<string> TryAsync(IOrchestrationContext context, Unreliable call)
    {
        try
        {
            return $"{call.Key}: attempt {await context.CallAsync(FailsUntil.Ref, call)}";
        }
        catch (ActivityFailedException failure)
        {
            return await context.CallAsync(Echo.Ref, $"{call.Key}: {failure.Message}");
        }
    }
}

/// <summary>Calls an activity that answers otherwise than expected, or does not exist.</summary>
public sealed class CallsMisnamed : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(CallsMisnamed));

    public async Task<string> RunAsync(IOrchestrationContext context, string input) => input switch
    {
        "unlisted" => await context.CallAsync(Misnamed.Unlisted, input),
        _ => $"{await context.CallAsync(Misnamed.EchoAsNumber, input)}",
    };
}

public sealed class Throws : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(Throws));

    public async Task<string> RunAsync(IOrchestrationContext context, string input)
    {
        await context.CallAsync(Echo.Ref, input);
        throw new ArgumentException(input);
    }
}
