using System.Globalization;
using System.Reflection;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Makes reports: from a sweep that just ended, or from what the store holds of an earlier one.</summary>
public sealed class Reporting(IBacklogStore store, SnapshotKeeper snapshots, IReadOnlyList<ITriageStep> steps, TimeProvider clock)
{
    public static string ProductVersion { get; } =
        typeof(Reporting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public BacklogReport Of(SweepResult sweep, ImportResult import, DateTimeOffset asOf, TriageSettings settings) => ReportBuilder.Build(
        Input(import.Backlog, import.Source, asOf, sweep.Snapshot, sweep.Findings, [.. sweep.Decisions.Values], settings) with { Problems = import.Problems });

    /// <summary>The stored state of a backlog; nothing is examined.</summary>
    public async Task<ReportInput> LoadAsync(string backlog, TriageSettings settings, CancellationToken cancellation)
    {
        var snapshot = await snapshots.RefreshAsync(backlog, cancellation);
        var findings = new Dictionary<WorkItemRef, List<Finding>>();
        await foreach (var stored in store.FindingsAsync(backlog, cancellation))
        {
            if (snapshot.Find(stored.Finding.Item) is not { Item.IsOpen: true })
                continue;
            if (!findings.TryGetValue(stored.Finding.Item, out var known))
                findings[stored.Finding.Item] = known = [];
            known.Add(stored.Finding);
        }

        var decisions = new List<Decision>();
        await foreach (var decision in store.LatestDecisionsAsync(backlog, cancellation))
            decisions.Add(decision);
        return Input(
            backlog,
            await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) ?? backlog,
            await AsOfAsync(backlog, cancellation),
            snapshot,
            findings.ToDictionary(f => f.Key, f => (IReadOnlyList<Finding>)[.. f.Value.OrderBy(x => OrderOf(x.Step))]),
            decisions,
            settings);
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

    private ReportInput Input(
        string name,
        string source,
        DateTimeOffset asOf,
        BacklogSnapshot snapshot,
        IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> findings,
        IReadOnlyCollection<Decision> decisions,
        TriageSettings settings) => new()
    {
        Name = name,
        Source = source,
        AsOf = asOf,
        Backlog = snapshot,
        Findings = findings,
        Decisions = decisions,
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
