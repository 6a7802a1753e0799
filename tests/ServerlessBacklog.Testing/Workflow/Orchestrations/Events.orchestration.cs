using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow.Orchestrations;

/// <summary>An answer to an ask; a class, as events are.</summary>
public sealed record Answer(string Text);

public sealed record Ask(string Name, TimeSpan? Timeout = null);

public sealed class AsksOnce : IOrchestration<Ask, string>
{
    public static readonly OrchestrationRef<Ask, string> Ref = new(nameof(AsksOnce));

    public async Task<string> RunAsync(IOrchestrationContext context, Ask input) =>
        await context.WaitForEventAsync<Answer>(input.Name, input.Timeout) is { } answer ? answer.Text : "silence";
}

/// <param name="Pause">Between one ask and the next.</param>
public sealed record Asks(string[] Names, TimeSpan Pause);

/// <summary>Waits for one event after the other, with a sleep between.</summary>
public sealed class AsksInTurn : IOrchestration<Asks, string[]>
{
    public static readonly OrchestrationRef<Asks, string[]> Ref = new(nameof(AsksInTurn));

    public async Task<string[]> RunAsync(IOrchestrationContext context, Asks input)
    {
        var answers = new List<string>();
        foreach (var name in input.Names)
        {
            if (answers.Count > 0)
                await context.SleepUntilAsync(context.UtcNow + input.Pause);
            answers.Add((await context.WaitForEventAsync<Answer>(name))!.Text);
        }

        return [.. answers];
    }
}

/// <summary>Asks under the same name again after a time-out, which is forbidden.</summary>
public sealed class AsksAgain : IOrchestration<Ask, string>
{
    public static readonly OrchestrationRef<Ask, string> Ref = new(nameof(AsksAgain));

    public async Task<string> RunAsync(IOrchestrationContext context, Ask input)
    {
        var first = await context.WaitForEventAsync<Answer>(input.Name, input.Timeout);
        await context.SleepUntilAsync(context.UtcNow + TimeSpan.FromSeconds(5));
        var second = await context.WaitForEventAsync<Answer>(input.Name, input.Timeout);
        return $"{first?.Text ?? "silence"}, {second?.Text ?? "silence"}";
    }
}

/// <summary>Waits for several events at once and returns the first answer; the other waits stay open.</summary>
public sealed class AsksAtOnce : IOrchestration<string[], string>
{
    public static readonly OrchestrationRef<string[], string> Ref = new(nameof(AsksAtOnce));

    public async Task<string> RunAsync(IOrchestrationContext context, string[] input)
    {
        var waits = input.Select(name => context.WaitForEventAsync<Answer>(name)).ToArray();
        var first = await Task.WhenAny(waits);
        return $"{input[Array.IndexOf(waits, first)]}: {(await first)!.Text}";
    }
}

/// <summary>Asks for one approval per revision; a newer revision supersedes the ask.</summary>
public sealed class AsksForApproval : IOrchestration<Revision, string>
{
    public static readonly OrchestrationRef<Revision, string> Ref = new(nameof(AsksForApproval));

    public async Task<string> RunAsync(IOrchestrationContext context, Revision input)
    {
        var approved = context.WaitForEventAsync<Answer>($"approval:{input.Number}", input.Timeout);
        var superseded = context.WaitForEventAsync<Revision>("superseded");
        if (await Task.WhenAny(approved, superseded) == superseded)
        {
            context.ContinueAsNew((await superseded)!);
            return "";
        }

        return await context.CallAsync(Echo.Ref, $"revision {input.Number}: {(await approved)?.Text ?? "silence"}");
    }
}

public sealed record Revision(int Number, TimeSpan? Timeout = null);
