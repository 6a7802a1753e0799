using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow.Orchestrations;

public sealed record Family(string[] Keys, string Word);

/// <summary>Runs one child per key, all at once.</summary>
public sealed class RunsChildren : IOrchestration<Family, string[]>
{
    public static readonly OrchestrationRef<Family, string[]> Ref = new(nameof(RunsChildren));

    public Task<string[]> RunAsync(IOrchestrationContext context, Family input) =>
        Task.WhenAll(input.Keys.Select(key => context.ChildAsync(SaysItsId.Ref, key, input.Word)));
}

/// <summary>Runs one child after the other.</summary>
public sealed class RunsChildrenInTurn : IOrchestration<Family, string[]>
{
    public static readonly OrchestrationRef<Family, string[]> Ref = new(nameof(RunsChildrenInTurn));

    public async Task<string[]> RunAsync(IOrchestrationContext context, Family input)
    {
        var said = new List<string>();
        foreach (var key in input.Keys)
            said.Add(await context.ChildAsync(SaysItsId.Ref, key, $"{input.Word} {said.Count + 1}"));
        return [.. said];
    }
}

public sealed class SaysItsId : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(SaysItsId));

    public async Task<string> RunAsync(IOrchestrationContext context, string input) =>
        $"{context.InstanceId} says {await context.CallAsync(Echo.Ref, input)}";
}

/// <summary>Runs a child that asks for an event, and survives its failure.</summary>
public sealed class ToleratesChildFailure : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(ToleratesChildFailure));

    public async Task<string> RunAsync(IOrchestrationContext context, string input)
    {
        try
        {
            return await context.ChildAsync(ThrowsOnAnswer.Ref, "only", input);
        }
        catch (ChildFailedException failure)
        {
            return await context.CallAsync(Echo.Ref, $"caught: {failure.Message}");
        }
    }
}

public sealed class FailsWithChild : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(FailsWithChild));

    public Task<string> RunAsync(IOrchestrationContext context, string input) => context.ChildAsync(ThrowsOnAnswer.Ref, "only", input);
}

public sealed class ThrowsOnAnswer : IOrchestration<string, string>
{
    public static readonly OrchestrationRef<string, string> Ref = new(nameof(ThrowsOnAnswer));

    public async Task<string> RunAsync(IOrchestrationContext context, string input) =>
        await context.WaitForEventAsync<Answer>(input) is { } answer ? throw new ArgumentException(answer.Text) : "";
}

/// <summary>Starts a child, begins anew without awaiting it, and starts it again.</summary>
public sealed class LeavesChildBehind : IOrchestration<int, string>
{
    public static readonly OrchestrationRef<int, string> Ref = new(nameof(LeavesChildBehind));

    public async Task<string> RunAsync(IOrchestrationContext context, int input)
    {
        var child = context.ChildAsync(AnswersForGeneration.Ref, "only", input);
        await context.CallAsync(Echo.Ref, $"generation {input}");
        if (input >= 2)
            return await child;
        await context.WaitForEventAsync<Answer>("next");
        context.ContinueAsNew(input + 1);
        return "";
    }
}

public sealed class AnswersForGeneration : IOrchestration<int, string>
{
    public static readonly OrchestrationRef<int, string> Ref = new(nameof(AnswersForGeneration));

    public async Task<string> RunAsync(IOrchestrationContext context, int input) =>
        $"child of generation {input}: {(await context.WaitForEventAsync<Answer>("answer"))!.Text}";
}
