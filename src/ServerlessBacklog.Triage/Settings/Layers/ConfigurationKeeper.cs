using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>
/// Brings the configurations in line with the files that teams keep in their repositories: when a webhook tells of a change, and every minute or
/// two otherwise. A file with errors changes nothing: it raises one alarm for each such version, which goes when the file is mended.
/// </summary>
public sealed partial class ConfigurationKeeper(
    IEnumerable<ITracker> trackers, Configurations configurations, LiveBacklogs live, IAlarms alarms, TimeProvider time, ILogger<ConfigurationKeeper> logger,
    AuditTrail? audit = null, KeptSettings? kept = null)
{
    /// <summary>Where the file lies, in a repository and in that of the organization's defaults.</summary>
    public const string FilePath = ".github/serverless-backlog.yml";

    /// <summary>The repository in which an organization keeps what holds for all of its repositories.</summary>
    public const string OwnerRepository = ".github";

    /// <summary>An answer "there is none" counts against the limit, unlike "not modified".</summary>
    private static readonly TimeSpan WhereNone = TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(5);

    /// <summary>Without credentials a request is dear, and nothing can be written anyway.</summary>
    private static readonly TimeSpan WhereReadOnly = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> next = new();

    /// <summary>Looks at every file whose turn it is.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var owners = new HashSet<string>();
        await foreach (var backlog in live.ListAsync(cancellation))
        {
            if (FilesOf(backlog.Source.Tracker) is not { } tracker)
                continue;
            if (owners.Add(Configurations.NameOfOwner(backlog.Source)))
                await RefreshAsync(tracker, Configurations.NameOfOwner(backlog.Source), null, DefaultsOf(backlog.Source), force: false, cancellation);
            await RefreshAsync(tracker, Configurations.NameOf(backlog.Name), backlog.Name, backlog.Source, force: false, cancellation);
        }
    }

    /// <summary>Looks at once, because a project told that its file was changed.</summary>
    public async Task ToldAsync(string tracker, string project, CancellationToken cancellation)
    {
        if (FilesOf(tracker) is not { } files)
            return;
        var source = new SourceAddress(tracker, project);
        if (project.EndsWith($"/{OwnerRepository}", StringComparison.OrdinalIgnoreCase))
            await RefreshAsync(files, Configurations.NameOfOwner(source), null, source, force: true, cancellation);
        await foreach (var backlog in live.ListAsync(cancellation))
        {
            if (backlog.Source.Tracker == tracker && backlog.Source.Location.Equals(project, StringComparison.OrdinalIgnoreCase))
                await RefreshAsync(files, Configurations.NameOf(backlog.Name), backlog.Name, backlog.Source, force: true, cancellation);
        }
    }

    /// <summary>Looks at the files of one backlog at once: before it is triaged by hand.</summary>
    public async Task LookAsync(string backlog, SourceAddress source, CancellationToken cancellation)
    {
        if (FilesOf(source.Tracker) is not { } tracker)
            return;
        await RefreshAsync(tracker, Configurations.NameOfOwner(source), null, DefaultsOf(source), force: true, cancellation);
        await RefreshAsync(tracker, Configurations.NameOf(backlog), backlog, source, force: true, cancellation);
    }

    /// <summary>True where the configuration is a file of the repository itself.</summary>
    public bool KeepsFiles(string tracker) => FilesOf(tracker) is not null;

    private static SourceAddress DefaultsOf(SourceAddress source) => new(source.Tracker, $"{Configurations.OwnerOf(source)}/{OwnerRepository}");

    private ILiveTracker? FilesOf(string tracker) => trackers.OfType<ILiveTracker>().FirstOrDefault(t => t.Name == tracker && t.KeepsFiles);

    private async Task RefreshAsync(ILiveTracker tracker, string name, string? backlog, SourceAddress project, bool force, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (!force && next.TryGetValue(name, out var at) && at > now)
            return;
        try
        {
            var file = await tracker.ReadFileAsync(project.Location, FilePath, cancellation);
            next[name] = tracker.WhyNotWritable is not null ? now + WhereReadOnly : file is null ? now + WhereNone : now;
            var isNews = backlog is not null && (file is null ? null : Configurations.VersionOf(file.Text)) != (await configurations.KeptAsync(name, cancellation)).Version;
            var before = isNews ? await EffectiveAsync(backlog!, cancellation) : null;
            var taken = await configurations.TakeAsync(name, $"{project.Location}/{FilePath}", file?.Text, cancellation);
            await TellAsync(name, project, taken, cancellation);
            if (before is not null && taken.How is TakenHow.Changed or TakenHow.Mended)
                await AuditAsync(backlog!, before!, $"{project.Location}/{FilePath}", cancellation);
        }
        catch (Exception fault) when (fault is UserErrorException or BudgetExhaustedException or HttpRequestException)
        {
            // What is kept holds on; whoever set the credentials sees in 'doctor' what they lack.
            next[name] = now + WhereNone;
            Log.NotRead(logger, project.Location, fault.Message);
        }
    }

    /// <summary>A changed file is written down, with the reason for which its pilot goes past the gates where it gives one.</summary>
    private async Task AuditAsync(string backlog, TriageSettings before, string by, CancellationToken cancellation)
    {
        if (audit is not null && await EffectiveAsync(backlog, cancellation) is { } after && after.Version() != before.Version())
            await audit.ConfiguredAsync(backlog, before.Version(), after.Version(), by, after.Pilot.Override, time.GetUtcNow(), cancellation);
    }

    private async Task<TriageSettings?> EffectiveAsync(string backlog, CancellationToken cancellation) => kept is null ? null : await kept.OfAsync(backlog, cancellation);

    private async Task TellAsync(string name, SourceAddress project, Taken taken, CancellationToken cancellation)
    {
        if (taken.How != TakenHow.Same)
            Log.Looked(logger, project.Location, taken.How);
        if (taken is { How: TakenHow.Broken, Stored.Broken: { } broken })
        {
            // A new version of a file that was broken before replaces the words of its alarm.
            await alarms.ClearAsync(KeyOf(name), cancellation);
            await alarms.RaiseAsync(new Alarm(KeyOf(name), $"{project.Location}/{FilePath} is not taken over, the last good one holds on: {string.Join(" ", broken.Errors.Take(5))} Mend the file; 'backlog config check FILE' reads it the same way.", broken.Since), cancellation);
        }
        else if (taken.How is TakenHow.Mended)
            await alarms.ClearAsync(KeyOf(name), cancellation);
    }

    private static string KeyOf(string name) => $"configuration:{name}";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The configuration of {Project} was read: {How}.")]
        public static partial void Looked(ILogger logger, string project, TakenHow how);

        [LoggerMessage(2, LogLevel.Warning, "The configuration of {Project} could not be read: {Why}")]
        public static partial void NotRead(ILogger logger, string project, string why);
    }
}
