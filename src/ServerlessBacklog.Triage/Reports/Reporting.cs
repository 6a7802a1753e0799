using System.Globalization;
using System.Reflection;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Makes reports: from what the store holds, after a sweep or long after it.</summary>
public sealed class Reporting(IBacklogStore store, SnapshotKeeper snapshots, KeptSettings kept, IReadOnlyList<ITriageStep> steps, TimeProvider clock)
{
    public static string ProductVersion { get; } =
        typeof(Reporting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>What a report is made from, right after a sweep.</summary>
    public ReportInput InputOf(BacklogState state, ImportResult import, DateTimeOffset asOf, TriageSettings settings) =>
        Input(import.Backlog, import.Source, asOf, state, settings) with { Problems = import.Problems };

    /// <summary>What a report over the stored state is made from; nothing is examined.</summary>
    public async Task<ReportInput> LoadAsync(string backlog, CancellationToken cancellation) => Input(
        backlog,
        await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) ?? backlog,
        await AsOfAsync(backlog, cancellation),
        await ReadAsync(backlog, [], cancellation),
        await kept.OfAsync(backlog, cancellation));

    /// <summary>The stored state of a backlog's open items.</summary>
    /// <param name="failures">Steps that failed just now: what they said earlier is out of date and left out.</param>
    public async Task<BacklogState> ReadAsync(string backlog, IReadOnlyCollection<StepFailure> failures, CancellationToken cancellation)
    {
        // Reading and parsing rows takes longest; the snapshot loads meanwhile.
        var allFindings = Task.Run(async () => await store.FindingsAsync(backlog, cancellation).ToListAsync(cancellation), cancellation);
        var allDecisions = Task.Run(async () => await store.LatestDecisionsAsync(backlog, cancellation).ToListAsync(cancellation), cancellation);
        var snapshot = await snapshots.CurrentAsync(backlog, cancellation);
        var open = snapshot.OpenItems();
        var findings = open.ToDictionary(i => i, _ => new List<Finding>());
        var failed = failures.Select(f => (f.Item, f.Step)).ToHashSet();
        foreach (var finding in (await allFindings).Select(stored => stored.Finding))
        {
            if (findings.TryGetValue(finding.Item, out var known) && OrderOf(finding.Step) < steps.Count && !failed.Contains((finding.Item, finding.Step)))
                known.Add(finding);
        }

        return new BacklogState
        {
            Snapshot = snapshot,
            Open = open,
            Findings = findings.ToDictionary(f => f.Key, f => (IReadOnlyList<Finding>)[.. f.Value.OrderBy(x => OrderOf(x.Step))]),
            Decisions = (await allDecisions).Where(d => findings.ContainsKey(d.Item)).ToDictionary(d => d.Item),
        };
    }

    /// <summary>Everything stored about one item, or null when the backlog does not hold it.</summary>
    public async Task<ItemReport?> ItemAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        if (await store.FindItemsAsync(backlog, [item], cancellation) is not [var found, ..])
            return null;
        var findings = await store.FindingsAsync(backlog, item, cancellation);
        var others = findings.SelectMany(f => f.Finding.Evidence.Select(e => e.Item)).OfType<WorkItemRef>()
            .Concat(found.Links.Select(l => l.Target)).ToHashSet();
        return new ItemReport
        {
            Backlog = backlog,
            AsOf = await AsOfAsync(backlog, cancellation),
            Item = found,
            Findings = [.. findings.Select(f => f.Finding).OrderBy(f => OrderOf(f.Step))],
            Decisions = await store.DecisionsAsync(backlog, item, cancellation),
            Others = (await store.FindItemsAsync(backlog, others, cancellation)).ToDictionary(o => o.Ref, ItemLine.From),
        };
    }

    private async Task<DateTimeOffset> AsOfAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, ImportItems.AsOfCursor, cancellation) is { } asOf
            ? DateTimeOffset.Parse(asOf, CultureInfo.InvariantCulture)
            : clock.GetUtcNow();

    private ReportInput Input(string name, string source, DateTimeOffset asOf, BacklogState state, TriageSettings settings) => new()
    {
        Name = name,
        Source = source,
        AsOf = asOf,
        Backlog = state.Snapshot,
        Findings = state.Findings,
        Decisions = [.. state.Decisions.Values],
        Settings = settings,
        StepVersions = steps.ToDictionary(s => s.Name, s => s.Version),
        ProductVersion = ProductVersion,
    };

    private int OrderOf(string step)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Name == step)
                return i;
        }

        return int.MaxValue;
    }
}
