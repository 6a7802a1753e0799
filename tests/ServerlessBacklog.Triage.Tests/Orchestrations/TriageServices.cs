using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>What a host builds at its start, over stores that outlive it.</summary>
internal static class TriageServices
{
    public static ServiceProvider Build(IBacklogStore store, ISnapshotStore bodies, IReadOnlyList<ITriageStep> steps, params IEnumerable<ITracker> trackers)
    {
        var services = new ServiceCollection()
            .AddSingleton(store)
            .AddSingleton(bodies)
            .AddSingleton(steps)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IPeopleDirectory, InMemoryPeople>()
            .AddSingleton(new StepRunner(NullLogger<StepRunner>.Instance))
            .AddSingleton<Examiner>()
            .AddSingleton<SnapshotKeeper>()
            .AddSingleton<SweepPlans>()
            .AddSingleton<KeptSettings>()
            .AddSingleton<BacklogClock>()
            .AddSingleton<Reporting>()
            .AddSingleton<Requests>();
        foreach (var tracker in trackers)
            services.AddSingleton(tracker);
        foreach (var activity in ActivityList.All)
            services.AddTransient(activity.Type);
        return services.BuildServiceProvider();
    }
}
