using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow.Orchestrations;

/// <summary>Counts down, one generation per number.</summary>
public sealed class CountsDown : IOrchestration<int, string>
{
    public static readonly OrchestrationRef<int, string> Ref = new(nameof(CountsDown));

    public async Task<string> RunAsync(IOrchestrationContext context, int input)
    {
        await context.CallAsync(Echo.Ref, $"{input}");
        if (input == 0)
            return "zero";
        context.ContinueAsNew(input - 1);
        return "ignored";
    }
}

public sealed record Collected(int Wanted, string[] Answers);

/// <summary>Collects so many answers of the same name, one per generation.</summary>
public sealed class Collects : IOrchestration<Collected, string[]>
{
    public static readonly OrchestrationRef<Collected, string[]> Ref = new(nameof(Collects));

    public async Task<string[]> RunAsync(IOrchestrationContext context, Collected input)
    {
        if (input.Answers.Length == input.Wanted)
            return input.Answers;
        var answer = (await context.WaitForEventAsync<Answer>("answer"))!;
        context.ContinueAsNew(input with { Answers = [.. input.Answers, answer.Text] });
        return [];
    }
}

/// <summary>Begins anew while a call, a timer and a wait of the first generation are still open.</summary>
public sealed class LeavesWorkBehind : IOrchestration<int, string>
{
    public static readonly OrchestrationRef<int, string> Ref = new(nameof(LeavesWorkBehind));

    public async Task<string> RunAsync(IOrchestrationContext context, int input)
    {
        var call = context.CallAsync(FailsUntil.Ref, new Unreliable($"generation {input}", input == 1 ? 2 : 3));
        var sleep = context.SleepUntilAsync(context.UtcNow + TimeSpan.FromSeconds(input * 10));
        var ask = context.WaitForEventAsync<Answer>($"answer {input}", TimeSpan.FromSeconds(input * 20));
        if (input == 1)
        {
            await context.WaitForEventAsync<Answer>("next");
            context.ContinueAsNew(2);
            return "";
        }

        var attempts = await call;
        await sleep;
        return $"generation {input}: {attempts} attempts, {(await ask)?.Text ?? "silence"}";
    }
}
