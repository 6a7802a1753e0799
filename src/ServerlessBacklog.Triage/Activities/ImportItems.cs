using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Reads a source into the store, a batch at a time. Importing twice changes nothing; importing a newer export brings in what differs.
/// Items that a source no longer holds stay stored: an export may be a part of a backlog.
/// </summary>
public sealed class ImportItems(IBacklogStore store)
{
    /// <summary>Cursor that holds the newest moment that the imported items speak of.</summary>
    public const string AsOfCursor = "as-of";

    /// <summary>Cursor that holds the source of the last import.</summary>
    public const string SourceCursor = "source";

    private const int BatchSize = 500;

    /// <summary>Problems that are kept word by word; the rest is counted.</summary>
    private const int KeptProblems = 200;

    public async Task<ImportResult> RunAsync(
        ITracker tracker, SourceAddress source, string backlog, IProgress<int>? progress, CancellationToken cancellation)
    {
        var result = new ImportResult { Backlog = backlog, Source = source.Label };
        var batch = new List<WorkItem>(BatchSize);
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
            batch.Add(item);
            result = result with { AsOf = Latest(result.AsOf, item) };
            if (batch.Count < BatchSize)
                continue;
            result = await SaveAsync(result, batch, cancellation);
            progress?.Report(result.Read);
        }

        result = await SaveAsync(result, batch, cancellation) with { Problems = problems };
        progress?.Report(result.Read);
        if (result.Read > 0)
        {
            await store.SetCursorAsync(backlog, SourceCursor, result.Source, cancellation);
            if (result.AsOf is { } asOf)
                await store.SetCursorAsync(backlog, AsOfCursor, asOf.ToString("O", CultureInfo.InvariantCulture), cancellation);
        }

        return result;
    }

    private async Task<ImportResult> SaveAsync(ImportResult result, List<WorkItem> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return result;
        var saved = await store.SaveItemsAsync(result.Backlog, batch, cancellation);
        batch.Clear();
        return result with
        {
            New = result.New + saved.New.Count,
            Changed = result.Changed + saved.Changed.Count,
            Same = result.Same + saved.Same,
        };
    }

    private static DateTimeOffset? Latest(DateTimeOffset? sofar, WorkItem item)
    {
        var latest = sofar;
        foreach (var at in new[] { item.CreatedAt, item.UpdatedAt, item.ClosedAt, item.StartedAt, item.History.LastHumanActivity() })
        {
            if (at is not null && (latest is null || at > latest))
                latest = at;
        }

        return latest;
    }
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
