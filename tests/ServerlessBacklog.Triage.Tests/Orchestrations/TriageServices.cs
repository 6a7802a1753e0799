using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Questions;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Setup;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>What a host builds at its start, over stores that outlive it.</summary>
internal static class TriageServices
{
    public static ServiceProvider Build(
        IBacklogStore store,
        ISnapshotStore bodies,
        IReadOnlyList<ITriageStep> steps,
        IEnumerable<ITracker> trackers,
        IDeliveryStore? deliveries = null,
        IAlarms? alarms = null,
        IWriteStop? writes = null,
        IPendingStore? pending = null,
        TimeProvider? time = null,
        IAuditLog? audit = null,
        ModelSetup? models = null)
    {
        var services = new ServiceCollection()
            .AddSingleton(store)
            .AddSingleton(bodies)
            .AddSingleton(steps)
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<IPendingStore>(pending ?? new InMemoryPendingStore())
            .AddSingleton<IPeopleDirectory, InMemoryPeople>()
            .AddSingleton(new StepRunner(NullLogger<StepRunner>.Instance))
            .AddSingleton<Examiner>()
            .AddSingleton<SnapshotKeeper>()
            .AddSingleton<SweepPlans>()
            .AddSingleton<KeptSettings>()
            .AddSingleton<AuditTrail>()
            .AddSingleton<Why>()
            .AddSingleton(audit ?? new InMemoryAuditLog())
            .AddSingleton<IExplanations, InMemoryExplanations>()
            .AddSingleton<BacklogClock>()
            .AddSingleton<Reporting>()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<BacklogNames>()
            .AddSingleton<WebhookIntake>()
            .AddSingleton<DeliveryStart>()
            .AddSingleton<LiveBacklogs>()
            .AddSingleton<SetupDoctor>()
            .AddSingleton<ViewKeeper>()
            .AddSingleton(models ?? ModelSetup.None)
            .AddSingleton(new PrivacySettings())
            .AddSingleton<IModelCache, InMemoryModelCache>()
            .AddSingleton<IModelLedger, InMemoryModelLedger>()
            .AddSingleton<ModelBudget>()
            .AddSingleton<ModelDesk>()
            .AddSingleton<Requests>()
            .AddSingleton<ItemRefresh>()
            .AddSingleton<Lowering>()
            .AddSingleton<Gathering>()
            .AddPeopleParts()
            .AddSingleton(deliveries ?? new InMemoryDeliveryStore())
            .AddSingleton<IAlarms>(alarms ?? new InMemoryAlarms())
            .AddSingleton<IWriteStop>(writes ?? new InMemoryWriteStop());
        foreach (var part in QuestionParts.All)
            services.AddSingleton(part);
        foreach (var tracker in trackers)
            services.AddSingleton(tracker);
        foreach (var activity in ActivityList.All)
            services.AddTransient(activity.Type);
        return services.BuildServiceProvider();
    }
}
