using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow.Orchestrations;

/// <summary>Sleeps and returns when it woke.</summary>
public sealed class Sleeps : IOrchestration<TimeSpan, DateTimeOffset>
{
    public static readonly OrchestrationRef<TimeSpan, DateTimeOffset> Ref = new(nameof(Sleeps));

    public async Task<DateTimeOffset> RunAsync(IOrchestrationContext context, TimeSpan input)
    {
        await context.SleepUntilAsync(context.UtcNow + input);
        return context.UtcNow;
    }
}

/// <summary>Tells the time to an activity as it goes, and once more at the end.</summary>
public sealed class TellsTheTime : IOrchestration<string, DateTimeOffset[]>
{
    public static readonly OrchestrationRef<string, DateTimeOffset[]> Ref = new(nameof(TellsTheTime));

    public async Task<DateTimeOffset[]> RunAsync(IOrchestrationContext context, string input)
    {
        var times = new List<DateTimeOffset>();
        await TellAsync();
        await context.SleepUntilAsync(context.UtcNow + TimeSpan.FromSeconds(2));
        await TellAsync();
        await context.WaitForEventAsync<Answer>(input);
        await TellAsync();
        return [.. times];

        async Task TellAsync()
        {
            times.Add(context.UtcNow);
            await context.CallAsync(Echo.Ref, $"{context.UtcNow:O}");
        }
    }
}

/// <summary>Shows the statuses one after the other, waits for <c>go</c> and returns.</summary>
public sealed class ShowsStatus : IOrchestration<string[], string>
{
    public static readonly OrchestrationRef<string[], string> Ref = new(nameof(ShowsStatus));

    public async Task<string> RunAsync(IOrchestrationContext context, string[] input)
    {
        foreach (var status in input)
            context.SetStatus(new Answer(status));
        await context.WaitForEventAsync<Answer>("go");
        return "done";
    }
}
