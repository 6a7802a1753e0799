using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Telemetry;
using ServerlessBacklog.Adapters.Trackers;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Adapters.Storage.Erasure;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Outcomes;
using ServerlessBacklog.Triage.Planning;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Questions;
using ServerlessBacklog.Triage.Reminders;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;
using ServerlessBacklog.Triage.Setup;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Triage.Value;
using ServerlessBacklog.Triage.Views;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters;

/// <summary>The one composition root that every host calls.</summary>
public static class ServerlessBacklogServices
{
    /// <summary>Setting that names the directory of the embedded store; default <c>.backlog</c>.</summary>
    public const string DataDirectory = "DataDirectory";

    /// <summary>Setting that moves everything stored to Azure Storage: see <see cref="AzureConnection"/>. Default: none, the embedded store.</summary>
    public const string StorageConnection = "Storage:Connection";

    /// <summary>
    /// For a host that serves: as <see cref="AddServerlessBacklog"/>, and it does not start half-configured. Its start then fails with a
    /// <see cref="UserErrorException"/> that says which settings are missing or wrong, all of them, and how to mend them.
    /// </summary>
    public static IServiceCollection AddServerlessBacklogHost(this IServiceCollection services, IConfiguration configuration)
    {
        try
        {
            SettingsCheck.Demand(configuration);
        }
        catch (UserErrorException wrong)
        {
            return services.AddSingleton<IHostedService>(new RefusedStart(wrong));
        }

        return services.AddServerlessBacklog(configuration).AddHostedService<StartupCheck>();
    }

    public static IServiceCollection AddServerlessBacklog(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(TimeProvider.System)
        .AddTelemetry(configuration)
        .AddStorage(configuration)
        .AddSingleton(PolicySettings.Read(configuration))
        .AddSingleton(PrivacyOptions.Read(configuration))
        .AddSingleton(ValueOptions.Read(configuration))
        .AddTrackers(configuration)
        .AddModels(configuration)
        .AddNotifications(configuration)
        .AddSetup(configuration)
        .AddTriage(configuration)
        .AddPages();

    private static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<IStorage>(provider => Open(configuration, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().Tables)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().Snapshots)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().Backlogs)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().Deliveries)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().Alarms)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().WriteStop)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().People)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().ModelLedger)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().ModelCache)
        .AddSingleton(provider => provider.GetRequiredService<IStorage>().Pending)
        .AddSingleton<IWatchStore, WatchRows>()
        .AddSingleton<IAuditLog, AuditRows>()
        .AddSingleton<IExplanations, ExplanationRows>()
        .AddSingleton<IPersonEraser, PersonEraser>();

    private static IStorage Open(IConfiguration configuration, TimeProvider time) => configuration[StorageConnection] is { } connection && !string.IsNullOrWhiteSpace(connection)
        ? AzureStorage.Open(connection, time)
        : LocalStorage.Open(configuration[DataDirectory] ?? ".backlog", time);

    private static IServiceCollection AddTrackers(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var tracker in TrackerList.All)
            services.AddSingleton(typeof(ITracker), tracker.Type);
        return services.AddTrackerHttp(configuration).AddGitHub(configuration).AddAzureDevOps(configuration);
    }

    /// <summary>Those of trackers come with the trackers.</summary>
    private static IServiceCollection AddSetup(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ISetupCheck>(provider => new StorageCheck(provider.GetRequiredService<IStorage>(), configuration, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<ISetupCheck, WorkCheck>()
        .AddSingleton<SetupDoctor>();

    private static IServiceCollection AddTriage(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(TriageSteps.All)
        .AddSingleton(AdviceList.All)
        .AddSingleton<ModelBudget>()
        .AddSingleton<ModelDesk>()
        .AddSingleton<PromptProofs>()
        .AddSingleton<Advisor>()
        .AddSingleton<StepRunner>()
        .AddSingleton<Examiner>()
        .AddSingleton(provider => new SnapshotKeeper(
            provider.GetRequiredService<IBacklogStore>(),
            provider.GetRequiredService<ISnapshotStore>(),
            provider.GetRequiredService<IPeopleDirectory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IEncoders>()))
        .AddSingleton<Ripple>()
        .AddSingleton<SweepPlans>()
        .AddSingleton<IConfigurationReader, ConfigurationFile>()
        .AddSingleton<Configurations>()
        .AddSingleton<ConfigurationKeeper>()
        .AddSingleton<CapabilityStore>()
        .AddSingleton<Readings>()
        .AddSingleton<Rollbacks>()
        .AddSingleton<Objections>()
        .AddSingleton<Feedback>()
        .AddSingleton<FirstContact>()
        .AddSingleton<MetricWeeks>()
        .AddSingleton<Widths>()
        .AddSingleton<Gates>()
        .AddSingleton<Measuring>()
        .AddSingleton<RolloutDesk>()
        .AddSingleton<KeptSettings>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<Why>()
        .AddSingleton<OutcomeHistory>()
        .AddSingleton<FairnessLook>()
        .AddSingleton<OutcomeLearning>()
        .AddSingleton<BacklogClock>()
        .AddWorkflow()
        .AddSingleton<ImportItems>()
        .AddSingleton<Reporting>()
        .AddSingleton<ViewKeeper>()
        .AddSingleton<ValueReading>()
        .AddSingleton<DigestPasts>()
        .AddSingleton<DigestReading>()
        .AddSingleton<IDigestSource>(services => services.GetRequiredService<DigestReading>())
        .AddSingleton<PlanningMeetings>()
        .AddSingleton<BacklogNames>()
        .AddSingleton<ItemRefresh>()
        .AddSingleton<Lowering>()
        .AddSingleton<Gathering>()
        .AddPeopleParts()
        .AddQuestionParts()
        .AddSingleton<WebhookIntake>()
        .AddSingleton<LiveBacklogs>()
        .AddSingleton<QueueIntake>()
        .AddSingleton<ITeller>(provider => provider.GetRequiredService<NotificationDesk>())
        .AddSingleton<AlertDesk>()
        .AddSingleton<ReminderDesk>()
        .AddSingleton<Watching>()
        .AddSingleton<DeliveryStart>()
        .AddSingleton<BacklogGauges>()
        .AddSingleton<Upkeep>()
        .AddSingleton<Requests>();

    private static IServiceCollection AddPeopleParts(this IServiceCollection services)
    {
        foreach (var part in PeopleParts.All)
            services.AddSingleton(part);
        return services;
    }

    private static IServiceCollection AddQuestionParts(this IServiceCollection services)
    {
        foreach (var part in QuestionParts.All)
            services.AddSingleton(part);
        return services;
    }

    /// <summary>Activities are made anew for each attempt; what they keep lies in singletons.</summary>
    private static IServiceCollection AddWorkflow(this IServiceCollection services)
    {
        foreach (var activity in ActivityList.All)
            services.AddScoped(activity.Type);
        return services.AddSingleton(new WorkflowRegistry(OrchestrationList.All, ActivityList.All));
    }
}
