using System.Globalization;
using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Where everything stands: backlogs, instances that are under way, and what needs a person.</summary>
internal sealed record HostStatus
{
    /// <summary>Instances listed one by one; the others are counted.</summary>
    private const int Listed = 50;

    public IReadOnlyList<BacklogLine> Backlogs { get; init; } = [];

    public IReadOnlyList<InstanceCount> Instances { get; init; } = [];

    /// <summary>Instances that wait, work, or try again.</summary>
    public IReadOnlyList<InstanceListing> UnderWay { get; init; } = [];

    /// <summary>Held and failed instances: they do not go on by themselves.</summary>
    public IReadOnlyList<InstanceState> Stuck { get; init; } = [];

    /// <summary>What a person has to mend outside this program.</summary>
    public IReadOnlyList<Alarm> Alarms { get; init; } = [];

    /// <summary>Deliveries of webhooks that wait to be started, or could not be.</summary>
    public DeliveryCounts? Deliveries { get; init; }

    /// <summary>Set while nothing may be written to any tracker.</summary>
    public WriteStop? WritesStopped { get; init; }

    /// <summary>What could not be looked at, and how to mend it.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Looks at both stores. One that cannot be read is a fault, and the other is shown all the same.</summary>
    public static async Task<HostStatus> ReadAsync(IServiceProvider services, string dataDirectory, CancellationToken cancellation)
    {
        var status = await TryAsync(new HostStatus(), async s => s with
        {
            Backlogs = await BacklogsAsync(services.GetRequiredService<IBacklogStore>(), services.GetRequiredService<KeptSettings>(), cancellation),
            Alarms = await services.GetRequiredService<IAlarms>().ListAsync(cancellation),
            Deliveries = await services.GetRequiredService<IDeliveryStore>().CountAsync(cancellation),
            WritesStopped = await services.GetRequiredService<IWriteStop>().FindAsync(cancellation),
        });
        return File.Exists(LocalWorkflow.PathIn(dataDirectory))
            ? await TryAsync(status, s => WithInstancesAsync(s, dataDirectory, cancellation))
            : status;
    }

    private static async Task<HostStatus> WithInstancesAsync(HostStatus status, string dataDirectory, CancellationToken cancellation)
    {
        await using var runner = LocalRunner.LocalRunner.Open(new LocalRunnerOptions { Path = LocalWorkflow.PathIn(dataDirectory), ReadOnly = true });
        var open = new List<InstanceListing>();
        foreach (var state in new[] { InstanceStatus.Running, InstanceStatus.Pending })
            open.AddRange(await runner.ListAsync(new InstanceFilter(state), Listed, cancellation));
        var stuck = new List<InstanceState>();
        foreach (var state in new[] { InstanceStatus.Held, InstanceStatus.Failed })
            stuck.AddRange((await runner.ListAsync(new InstanceFilter(state), Listed, cancellation)).Select(i => i.State));
        return status with { Instances = await runner.CountsAsync(cancellation), UnderWay = open, Stuck = stuck };
    }

    private static async Task<IReadOnlyList<BacklogLine>> BacklogsAsync(IBacklogStore store, KeptSettings kept, CancellationToken cancellation)
    {
        var lines = new List<BacklogLine>();
        foreach (var name in await store.BacklogsAsync(cancellation))
        {
            var gated = (await kept.EffectiveAsync(name, cancellation)).Gated;
            lines.Add(new BacklogLine(
                name,
                Moment(await store.CursorAsync(name, TriageRun.ReadAtCursor, cancellation)),
                Moment(await store.CursorAsync(name, FinishSweep.SweptCursor, cancellation)),
                await PullChanges.StateAsync(store, name, cancellation))
            {
                Held = gated.Held, HeldScopes = gated.HeldScopes, PilotOverride = gated.PilotOverride, Rollback = gated.Rollback, WithoutGate = gated.WithoutGate,
            });
        }

        return lines;
    }

    private static async Task<HostStatus> TryAsync(HostStatus status, Func<HostStatus, Task<HostStatus>> look)
    {
        try
        {
            return await look(status);
        }
        catch (Exception fault) when (fault is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return status with { Faults = [.. status.Faults, fault.Message] };
        }
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) ? moment : null;
}

/// <param name="ReadAt">When it was last read from its source.</param>
/// <param name="SweptAsOf">The moment for which it was last examined.</param>
/// <param name="Reading">How far it has been read from a live tracker; null for a file.</param>
internal sealed record BacklogLine(string Name, DateTimeOffset? ReadAt, DateTimeOffset? SweptAsOf, PullState? Reading)
{
    /// <summary>What keeps its steps from going as far as is configured.</summary>
    public IReadOnlyList<HeldLevel> Held { get; init; } = [];

    /// <summary>Scopes that are not as wide as is configured.</summary>
    public IReadOnlyList<HeldScope> HeldScopes { get; init; } = [];

    /// <summary>The reason for which its pilot goes past the gates.</summary>
    public string? PilotOverride { get; init; }

    public Rollback? Rollback { get; init; }

    /// <summary>True while levels hold that no gate has passed.</summary>
    public bool WithoutGate { get; init; }
}
