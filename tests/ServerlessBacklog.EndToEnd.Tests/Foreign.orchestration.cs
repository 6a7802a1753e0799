using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.EndToEnd.Tests;

// Orchestrations that the program does not know: what a newer or older version of it may leave in its file.

internal sealed class Fails : IOrchestration<string, string>
{
    public static OrchestrationRef<string, string> Ref { get; } = new("Fails");

    public Task<string> RunAsync(IOrchestrationContext context, string input) => throw new InvalidOperationException("The lamp [red]is broken.");
}

internal sealed class TriesAgain : IOrchestration<string, string>
{
    public static OrchestrationRef<string, string> Ref { get; } = new("TriesAgain");

    public Task<string> RunAsync(IOrchestrationContext context, string input) => context.CallAsync(FailsForNow.Ref, input);
}

internal sealed class FailsForNow : IActivity<string, string>
{
    public static ActivityRef<string, string> Ref { get; } = new("FailsForNow", new RetryPolicy(3, TimeSpan.FromHours(1)) { MaxDelay = TimeSpan.FromHours(2) });

    public Task<string> RunAsync(string input, CancellationToken cancellation) => throw new IOException("The line is [red]dead.");
}
