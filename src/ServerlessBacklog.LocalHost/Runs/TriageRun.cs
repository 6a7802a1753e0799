using System.Diagnostics;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>The main job on a laptop: read a source, examine what is out of date, fold it into a report.</summary>
internal sealed class TriageRun(
    IEnumerable<ITracker> trackers,
    ImportItems import,
    PullRun pull,
    LocalRunner.LocalRunner runner,
    SweepRun sweeps,
    KeptSettings kept,
    Reporting reporting,
    ViewKeeper views,
    IBacklogStore store,
    ModelSetup model,
    ConfigurationKeeper configurations,
    Readings readings,
    TimeProvider clock)
{
    /// <summary>Cursor that holds when the backlog was last read from its source.</summary>
    public const string ReadAtCursor = "read-at";

    /// <param name="name">Of the backlog; null for the one that the source gives it.</param>
    /// <param name="asOf">The moment to count to; null for the newest moment that the source speaks of.</param>
    public async Task<TriageOutcome> RunAsync(
        SourceAddress source, string? name, DateTimeOffset? asOf, TriageSettings settings, ProgressLine progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var imported = await ImportAsync(source, name, progress, cancellation);
        var backlog = imported.Backlog;
        var now = asOf ?? imported.AsOf ?? clock.GetUtcNow();
        await kept.KeepAsync(backlog, settings, cancellation);
        await configurations.LookAsync(backlog, SourceAddress.Parse(imported.Source), cancellation);
        var version = await kept.CurrentAsync(backlog, cancellation);
        settings = await kept.LoadAsync(backlog, version, cancellation);
        await runner.BeginAsync(clock, cancellation);
        var sweep = await sweeps.RunAsync(new SweepInput(backlog, version, now), progress, cancellation);
        var began = clock.GetTimestamp();
        var mark = (await store.TailAsync(backlog, null, cancellation)).Mark;
        var state = await reporting.ReadAsync(backlog, sweep.Counts.Failures, cancellation);
        var report = (await views.KeepAsync(reporting.InputOf(state, imported, now, settings), mark, began, cancellation)).Report;
        await readings.SaveAsync(backlog, report.Readiness, clock.GetUtcNow(), cancellation);
        return new TriageOutcome(imported, sweep.Counts, state, report, watch.Elapsed, model.WhyNone);
    }

    /// <param name="name">Of the backlog; null for the one that the source gives it.</param>
    public async Task<ImportResult> ImportAsync(SourceAddress source, string? name, ProgressLine progress, CancellationToken cancellation)
    {
        source = await pull.ResolveAsync(source, cancellation);
        var backlog = name ?? BacklogName.Of(source);
        var reading = new Immediate<int>(n => progress.Show("Reading", n, 0));
        var result = trackers.FirstOrDefault(t => t.Name == source.Tracker) switch
        {
            IExportTracker export => await import.RunAsync(export, source, backlog, reading, cancellation),
            ILiveTracker => await pull.RunAsync(source, backlog, reading, cancellation),
            _ => throw new UserErrorException($"There is no tracker '{source.Tracker}' yet. A source is written {string.Join(" or ", trackers.Select(t => t.SourceForm))}."),
        };
        if (result.Read == 0 && !await store.StampsAsync(backlog, cancellation).AnyAsync(cancellation))
        {
            throw new UserErrorException(result.Problems is [var first, ..]
                ? $"No item could be read from {source} ({result.ProblemCount} bad records). The first: {first}"
                : $"{source} holds no items.");
        }

        await store.SetCursorAsync(backlog, ReadAtCursor, clock.GetUtcNow().ToString("O"), cancellation);
        return result;
    }

    /// <summary>Of several backlogs the one that was read last.</summary>
    public static async Task<string> LastAsync(IBacklogStore store, IReadOnlyList<string> backlogs, CancellationToken cancellation)
    {
        var at = new Dictionary<string, string>();
        foreach (var backlog in backlogs)
            at[backlog] = await store.CursorAsync(backlog, ReadAtCursor, cancellation) ?? "";
        return at.MaxBy(b => b.Value, StringComparer.Ordinal).Key;
    }

    /// <summary>Reports on the calling thread; <see cref="Progress{T}"/> would do it later and out of order.</summary>
    private sealed class Immediate<T>(Action<T> show) : IProgress<T>
    {
        public void Report(T value) => show(value);
    }
}

internal sealed record TriageOutcome(ImportResult Import, SweepCounts Swept, BacklogState State, BacklogReport Report, TimeSpan Elapsed, string? WhyNoModel = null);
