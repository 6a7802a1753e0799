using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps;

public static class AzureDevOpsServices
{
    /// <summary>What <see cref="AzureDevOpsTracker"/> is made of, and the queue of service hooks where one is set.</summary>
    public static IServiceCollection AddAzureDevOps(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSingleton(_ => AzureDevOpsOptions.Read(configuration, Environment.GetEnvironmentVariable))
            .AddSingleton(provider => new AzureDevOpsCredentials(provider.GetRequiredService<AzureDevOpsOptions>()))
            .AddSingleton<ISetupCheck, AzureDevOpsSetup>()
            .AddSingleton<AzureDevOpsConnection>();
        if (string.IsNullOrWhiteSpace(configuration[$"{AzureDevOpsOptions.Section}:{nameof(AzureDevOpsOptions.HookQueue)}"]))
            return services;
        return services.AddSingleton<IHookQueue>(provider => AzureHookQueue.Open(
            AzureDevOpsTracker.TrackerName,
            configuration[ServerlessBacklogServices.StorageConnection],
            provider.GetRequiredService<AzureDevOpsOptions>().HookQueue!,
            provider.GetService<ILogger<AzureHookQueue>>() ?? NullLogger<AzureHookQueue>.Instance));
    }
}
