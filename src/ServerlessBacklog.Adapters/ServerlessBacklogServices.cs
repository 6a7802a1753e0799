using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Trackers;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters;

/// <summary>The one composition root that every host calls.</summary>
public static class ServerlessBacklogServices
{
    /// <summary>Setting that names the directory of the embedded store; default <c>.backlog</c>.</summary>
    public const string DataDirectory = "DataDirectory";

    /// <summary>Setting that moves everything stored to Azure Storage: see <see cref="AzureConnection"/>. Default: none, the embedded store.</summary>
    public const string StorageConnection = "Storage:Connection";

    public static IServiceCollection AddServerlessBacklog(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(TimeProvider.System)
        .AddStorage(configuration)
        .AddTrackers(configuration)
        .AddTriage();

    private static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration) =>
        string.IsNullOrWhiteSpace(configuration[StorageConnection])
            ? services
                .AddSingleton(_ => LocalStorage.Open(configuration[DataDirectory] ?? ".backlog"))
                .AddSingleton(provider => provider.GetRequiredService<LocalStorage>().Backlogs)
                .AddSingleton(provider => provider.GetRequiredService<LocalStorage>().Snapshots)
            : services
                .AddSingleton(_ => AzureStorage.Open(configuration[StorageConnection]!))
                .AddSingleton(provider => provider.GetRequiredService<AzureStorage>().Backlogs)
                .AddSingleton(provider => provider.GetRequiredService<AzureStorage>().Snapshots);

    private static IServiceCollection AddTrackers(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var tracker in TrackerList.All)
            services.AddSingleton(typeof(ITracker), tracker.Type);
        return services.AddGitHub(configuration);
    }

    private static IServiceCollection AddTriage(this IServiceCollection services) => services
        .AddSingleton(TriageSteps.All)
        .AddSingleton<StepRunner>()
        .AddSingleton<Examiner>()
        .AddSingleton<SnapshotKeeper>()
        .AddSingleton<SweepPlans>()
        .AddSingleton<KeptSettings>()
        .AddSingleton<BacklogClock>()
        .AddWorkflow()
        .AddSingleton<ImportItems>()
        .AddSingleton<Reporting>()
        .AddSingleton<Requests>();

    /// <summary>Activities are made anew for each attempt; what they keep lies in singletons.</summary>
    private static IServiceCollection AddWorkflow(this IServiceCollection services)
    {
        foreach (var activity in ActivityList.All)
            services.AddScoped(activity.Type);
        return services.AddSingleton(new WorkflowRegistry(OrchestrationList.All, ActivityList.All));
    }
}
