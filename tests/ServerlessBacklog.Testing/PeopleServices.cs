using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Testing;

/// <summary>What people say: answers, commands, objections, over whatever stores and trackers are registered.</summary>
public static class PeopleServices
{
    /// <summary>They alone, for tests of what lies around them: nothing that needs a snapshot can be asked.</summary>
    public static ServiceProvider Build(IBacklogStore store, IEnumerable<ITracker> trackers, TimeProvider time, IPendingStore? pending = null)
    {
        var services = new ServiceCollection()
            .AddSingleton(store)
            .AddSingleton(pending ?? new InMemoryPendingStore())
            .AddSingleton(time)
            .AddSingleton<KeptSettings>()
            .AddSingleton<IAlarms, InMemoryAlarms>()
            .AddSingleton<ItemRefresh>()
            .AddSingleton<IAuditLog, InMemoryAuditLog>()
            .AddSingleton<IExplanations, InMemoryExplanations>()
            .AddSingleton<AuditTrail>()
            .AddSingleton(new Reporting(store, null!, new KeptSettings(store), [], time))
            .AddPeopleParts();
        foreach (var tracker in trackers)
            services.AddSingleton(tracker);
        return services.BuildServiceProvider();
    }

    public static IServiceCollection AddPeopleParts(this IServiceCollection services)
    {
        foreach (var part in PeopleParts.All)
            services.AddSingleton(part);
        return services.AddSingleton<Why>().AddSingleton<Objections>();
    }
}
