using System.Globalization;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Reads a source into the store. A source of up to 20,000 items that breaks off on the way changes nothing; a larger one is stored in
/// parts of that size. Importing twice changes nothing, and a source whose version is still that of the
/// last import is not read again; importing a newer export brings in what differs.
/// Items that a source no longer holds stay stored: an export may be a part of a backlog.
/// </summary>
public sealed class ImportItems(IBacklogStore store)
{
    /// <summary>Cursor that holds the newest moment that the imported items speak of.</summary>
    public const string AsOfCursor = "as-of";

    /// <summary>Cursor that holds the source of the last import.</summary>
    public const string SourceCursor = "source";

    /// <summary>Cursor that holds what the last import brought, and of which version of its source.</summary>
    private const string ImportedCursor = "imported";

    /// <summary>Longer memories (many problems) are not kept: the source is read again instead.</summary>
    private const int LongestMemory = 30_000;

    private const int BatchSize = 500;

    /// <summary>Items that are held back until the source has shown that it can be read so far.</summary>
    private const int HeldBack = 20_000;

    /// <summary>Problems that are kept word by word; the rest is counted.</summary>
    private const int KeptProblems = 200;

    public async Task<ImportResult> RunAsync(
        IExportTracker tracker, SourceAddress source, string backlog, IProgress<int>? progress, CancellationToken cancellation)
    {
        var version = await tracker.VersionAsync(source, cancellation);
        if (await LastAsync(backlog, cancellation) is { } last && last.Version == version && last.Result.Source == source.Label)
        {
            progress?.Report(last.Result.Read);
            return last.Result with { Same = last.Result.Read, New = 0, Changed = 0 };
        }

        // Forgotten before anything is written: an import that is stopped half-way leaves a mixture.
        await store.SetCursorAsync(backlog, ImportedCursor, "", cancellation);
        var result = await ReadAsync(tracker, source, backlog, progress, cancellation);
        if (version is not null && result.Read > 0)
            await RememberAsync(backlog, new LastImport(version, result), cancellation);
        return result;
    }

    private async Task<ImportResult> ReadAsync(
        IExportTracker tracker, SourceAddress source, string backlog, IProgress<int>? progress, CancellationToken cancellation)
    {
        var result = new ImportResult { Backlog = backlog, Source = source.Label };
        var read = new List<WorkItem>();
        var problems = new List<ReadProblem>();
        await foreach (var record in tracker.ReadAsync(source, cancellation))
        {
            if (record.Problem is { } problem)
            {
                result = result with { ProblemCount = result.ProblemCount + (problem.IsNote ? 0 : 1) };
                if (problems.Count < KeptProblems)
                    problems.Add(problem);
            }

            if (record.Item is not { } item)
                continue;
            read.Add(item);
            result = result with { AsOf = Latest(result.AsOf, item) };
            if (read.Count % BatchSize == 0)
                progress?.Report(result.Read + read.Count);
            if (read.Count == HeldBack)
                result = await SaveAsync(result, read, cancellation);
        }

        result = await SaveAsync(result, read, cancellation) with { Problems = problems };
        progress?.Report(result.Read);
        if (result.Read > 0)
        {
            await store.SetCursorAsync(backlog, SourceCursor, result.Source, cancellation);
            if (result.AsOf is { } asOf)
                await store.SetCursorAsync(backlog, AsOfCursor, asOf.ToString("O", CultureInfo.InvariantCulture), cancellation);
        }

        return result;
    }

    private async Task<LastImport?> LastAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, ImportedCursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<LastImport>(json) : null;

    private async Task RememberAsync(string backlog, LastImport last, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(last);
        if (json.Length <= LongestMemory)
            await store.SetCursorAsync(backlog, ImportedCursor, json, cancellation);
    }

    private async Task<ImportResult> SaveAsync(ImportResult result, List<WorkItem> read, CancellationToken cancellation)
    {
        foreach (var batch in read.Chunk(BatchSize))
        {
            var saved = await store.SaveItemsAsync(result.Backlog, batch, cancellation);
            result = result with
            {
                New = result.New + saved.New.Count,
                Changed = result.Changed + saved.Changed.Count,
                Same = result.Same + saved.Same,
            };
        }

        read.Clear();
        return result;
    }

    internal static DateTimeOffset? Latest(DateTimeOffset? sofar, WorkItem item)
    {
        var latest = sofar;
        foreach (var at in new[] { item.CreatedAt, item.UpdatedAt, item.ClosedAt, item.StartedAt, item.History.LastHumanActivity() })
        {
            if (at is not null && (latest is null || at > latest))
                latest = at;
        }

        return latest;
    }

    private sealed record LastImport(string Version, ImportResult Result);
}

/// <summary>What an import brought.</summary>
public sealed record ImportResult
{
    public required string Backlog { get; init; }

    public required string Source { get; init; }

    public int New { get; init; }

    public int Changed { get; init; }

    public int Same { get; init; }

    public int Read => New + Changed + Same;

    /// <summary>The newest moment that the items speak of; null when they hold no dates.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public int ProblemCount { get; init; }

    /// <summary>The first problems, word by word.</summary>
    public IReadOnlyList<ReadProblem> Problems { get; init; } = [];
}
