using System.Globalization;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>What each backlog has used of language models: a row a day. In one process additions take turns; other processes are noticed by the row's ETag.</summary>
public sealed class ModelUseRows(ITableStore tables) : IModelLedger
{
    /// <summary>Another process can only get in between so often: each time it has added something itself.</summary>
    private const int MaxAttempts = 100;

    private readonly ITable table = tables.Open(Keys.ModelUseTable);

    private SemaphoreSlim Turn { get; } = new(1);

    public async Task<ModelUse> UsedAsync(string backlog, DateOnly day, CancellationToken cancellation) =>
        await table.FindAsync(Keys.Backlog(backlog), Keys.Day(day), null, cancellation) is { } row ? Use(row) : new ModelUse();

    public async Task AddAsync(string backlog, DateOnly day, ModelUse use, CancellationToken cancellation)
    {
        await Turn.WaitAsync(cancellation);
        try
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                var stored = await table.FindAsync(Keys.Backlog(backlog), Keys.Day(day), null, cancellation);
                var row = Row(backlog, day, stored is null ? use : Use(stored).Plus(use)) with { ETag = stored?.ETag };
                if ((stored is null ? await table.InsertAsync(row, cancellation) : await table.ReplaceAsync(row, cancellation)) is not null)
                    return;
            }
        }
        finally
        {
            Turn.Release();
        }

        throw new IOException($"What '{backlog}' used of models could not be written down: other writers were always faster.");
    }

    private static TableRow Row(string backlog, DateOnly day, ModelUse use) => new(Keys.Backlog(backlog), Keys.Day(day), new Dictionary<string, object>
    {
        [nameof(ModelUse.Calls)] = use.Calls,
        [nameof(ModelUse.Reused)] = use.Reused,
        [nameof(ModelUse.InputTokens)] = use.InputTokens,
        [nameof(ModelUse.CachedTokens)] = use.CachedTokens,
        [nameof(ModelUse.OutputTokens)] = use.OutputTokens,
        // As text: money is not rounded.
        [nameof(ModelUse.Cost)] = use.Cost.ToString(CultureInfo.InvariantCulture),
    });

    private static ModelUse Use(TableRow row) => new(
        row.Number(nameof(ModelUse.Calls)) ?? 0,
        row.Number(nameof(ModelUse.Reused)) ?? 0,
        row.Number(nameof(ModelUse.InputTokens)) ?? 0,
        row.Number(nameof(ModelUse.CachedTokens)) ?? 0,
        row.Number(nameof(ModelUse.OutputTokens)) ?? 0,
        decimal.Parse(row.Text(nameof(ModelUse.Cost)) ?? "0", CultureInfo.InvariantCulture));
}
