using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>The durable runner of this machine: its file lies beside the backlogs, and what a program that died left open goes on.</summary>
internal static class LocalWorkflow
{
    /// <summary>Days for which instances that have ended are kept to be looked at.</summary>
    private const int KeptDays = 30;

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "workflow.db");

    public static IServiceCollection AddLocalWorkflow(this IServiceCollection services, string dataDirectory) => services
        .AddSingleton(provider =>
        {
            Directory.CreateDirectory(dataDirectory);
            return LocalRunner.LocalRunner.Open(new LocalRunnerOptions
            {
                Path = PathIn(dataDirectory),
                Registry = provider.GetRequiredService<WorkflowRegistry>(),
                Scopes = provider.GetRequiredService<IServiceScopeFactory>(),
                Time = provider.GetRequiredService<TimeProvider>(),
                Logger = provider.GetRequiredService<ILogger<LocalRunner.LocalRunner>>(),
            });
        })
        .AddSingleton<IOrchestrationClient>(provider => provider.GetRequiredService<LocalRunner.LocalRunner>());

    /// <summary>Begins to run work, and forgets instances that ended long ago.</summary>
    public static async Task BeginAsync(this LocalRunner.LocalRunner runner, TimeProvider clock, CancellationToken cancellation)
    {
        await runner.StartAsync(cancellation);
        await runner.PurgeAsync(clock.GetUtcNow().AddDays(-KeptDays), cancellation);
    }
}
