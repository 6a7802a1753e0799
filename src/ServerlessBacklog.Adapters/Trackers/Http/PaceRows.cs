using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>
/// The budgets as rows, partition host, row account, changed by whoever read them last (ETag): all processes share them, and they
/// outlive each.
/// </summary>
internal sealed class PaceRows(ITable table, TimeProvider time, Func<double> chance)
{
    public const string TableName = "pace";

    private const string Column = "Json";
    private const int MaxTries = 100;

    /// <summary>Threads of one process wait for each other here instead of losing races at the store.</summary>
    private readonly ConcurrentDictionary<(string, string), Lane> lanes = [];

    /// <param name="change">Pure; called again when somebody else was faster.</param>
    public async Task<T> ChangeAsync<T>(
        string host, string account, Func<PaceState, DateTimeOffset, (PaceState Next, T Answer)> change, CancellationToken cancellation)
    {
        var key = (StorageKey.Of(host), StorageKey.Of(account));
        var lane = lanes.GetOrAdd(key, _ => new Lane(1));
        await lane.EnterAsync(cancellation);
        try
        {
            for (var tries = 1; tries <= MaxTries; tries++)
            {
                if (await TryAsync(key, change, cancellation) is { } done)
                    return done.Answer;
                await Task.Delay(TimeSpan.FromMilliseconds(1 + (chance() * 10 * Math.Min(tries, 10))), time, cancellation);
            }
        }
        finally
        {
            lane.Leave();
        }

        throw new IOException($"The budget of {host} was changed by others {MaxTries} times in a row; nothing was sent.");
    }

    private async Task<Done<T>?> TryAsync<T>(
        (string Partition, string Row) key, Func<PaceState, DateTimeOffset, (PaceState Next, T Answer)> change, CancellationToken cancellation)
    {
        var row = await table.FindAsync(key.Partition, key.Row, null, cancellation);
        var before = row?.Text(Column) is { } json ? JsonSerializer.Deserialize<PaceState>(json, StorageJson.Options)! : new PaceState();
        var (next, answer) = change(before, time.GetUtcNow());
        if (ReferenceEquals(next, before))
            return new Done<T>(answer);
        var properties = new Dictionary<string, object> { [Column] = JsonSerializer.Serialize(next, StorageJson.Options) };
        var written = new TableRow(key.Partition, key.Row, properties, row?.ETag);
        var etag = row is null ? await table.InsertAsync(written, cancellation) : await table.ReplaceAsync(written, cancellation);
        return etag is null ? null : new Done<T>(answer);
    }

    private sealed record Done<T>(T Answer);
}
