using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Storage.Erasure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// The audit log of each backlog in one partition, so that a batch writes rows, the index that finds them by key and item, and the head together, or
/// nothing: two writers that saw the same head cannot both go on from it.
/// </summary>
public sealed class AuditRows(ITableStore tables, TimeProvider time) : IAuditLog
{
    internal const string Chained = "Chained";
    internal const string Hash = "Hash";
    internal const string Words = "Words";
    internal const string Salt = "Salt";
    private const string Row = "Row";
    private const string Rows = "Rows";

    /// <summary>Other writers can only get in between so often: each time they have appended something.</summary>
    private const int MaxAttempts = 200;

    /// <summary>A row and its place in the index each, and the head.</summary>
    private const int MostAtOnce = (TableRules.MaxBatch - 1) / 2;

    private static readonly RowKeyRange Days = RowKeyRange.Prefix(Keys.AuditDays);

    private readonly ITable table = tables.Open(Keys.AuditTable);
    private readonly ErasedPeople erased = new(tables);

    public async Task AppendAsync(string backlog, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        var names = entries.Count > 0 ? await erased.LoadAsync(cancellation) : null;
        foreach (var chunk in entries.DistinctBy(AuditSeal.KeyOf).Chunk(MostAtOnce))
            await AppendAsync(backlog, chunk, names!, cancellation);
    }

    public async IAsyncEnumerable<AuditRow> ReadAsync(string backlog, DateOnly? from, DateOnly? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var range = new RowKeyRange(from is { } first ? Keys.AuditDay(first) : Days.From, to is { } last && last < DateOnly.MaxValue ? Keys.AuditDay(last.AddDays(1)) : Days.Before);
        await foreach (var row in table.RangeAsync(Keys.Backlog(backlog), range, null, cancellation))
            yield return Of(row);
    }

    public async Task<IReadOnlyList<AuditRow>> OnItemAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        var index = await table.RangeAsync(partition, RowKeyRange.Prefix(Keys.AuditKeysOn(item)), [Row], cancellation).ToListAsync(cancellation);
        var rows = await table.FindManyAsync(partition, [.. index.Select(i => i.Text(Row)).OfType<string>()], null, cancellation);
        return [.. rows.Values.OrderBy(r => r.RowKey, StringComparer.Ordinal).Select(Of)];
    }

    public async Task<AuditHead?> HeadAsync(string backlog, CancellationToken cancellation) =>
        await table.FindAsync(Keys.Backlog(backlog), Keys.AuditHead, null, cancellation) is { } row ? HeadOf(row) : null;

    /// <summary>Puts other words into rows. Their seals are written down first, so that a process that dies between leaves a log that verifies.</summary>
    internal async Task ResealAsync(string backlog, IReadOnlyList<AuditRow> rows, AuditEntry entry, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        await AppendAsync(backlog, [entry], cancellation);
        foreach (var row in rows)
        {
            var stored = await table.FindAsync(partition, Keys.AuditRow(row.Day, row.Sequence), null, cancellation);
            if (stored is not null)
                await table.ReplaceAsync(stored with { Properties = new Dictionary<string, object>(stored.Properties) { [Words] = row.Words, [Salt] = row.Salt } }, cancellation);
        }
    }

    private async Task AppendAsync(string backlog, AuditEntry[] entries, ErasedNames names, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var head = await table.FindAsync(partition, Keys.AuditHead, null, cancellation);
            var known = await table.FindManyAsync(partition, [.. entries.Select(Keys.AuditKey)], [], cancellation);
            var fresh = entries.Where(e => !known.ContainsKey(Keys.AuditKey(e))).ToList();
            if (fresh.Count == 0 || (await table.ApplyAsync(Writes(backlog, head, fresh, names), cancellation)).Conflict is null)
                return;
        }

        throw new IOException($"The audit log of '{backlog}' could not be written: other writers were always faster.");
    }

    private List<TableOperation> Writes(string backlog, TableRow? stored, List<AuditEntry> entries, ErasedNames names)
    {
        var (partition, now) = (Keys.Backlog(backlog), time.GetUtcNow());
        var head = stored is null ? null : HeadOf(stored);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var writes = new List<TableOperation>();
        foreach (var entry in entries)
        {
            // A clock that was set back does not bring back a day that is over.
            var day = head?.Day > today ? head.Day : today;
            var place = new AuditPlace(day, head?.Day == day ? head.Sequence + 1 : 1, head?.Hash ?? AuditSeal.Genesis, now);
            var row = AuditSeal.Close(backlog, entry, ErasedJson.In(names, AuditSeal.Write(entry.Words)), place);
            var key = Keys.AuditRow(row.Day, row.Sequence);
            writes.Add(TableOperation.Insert(new TableRow(partition, key, new Dictionary<string, object> { [Chained] = row.Chained, [Hash] = row.Hash, [Words] = row.Words, [Salt] = row.Salt })));
            writes.Add(TableOperation.Insert(new TableRow(partition, Keys.AuditKey(entry), new Dictionary<string, object> { [Row] = key })));
            head = new AuditHead(row.Day, row.Sequence, row.Hash, (head?.Rows ?? 0) + 1);
        }

        var last = new TableRow(partition, Keys.AuditHead, new Dictionary<string, object> { [Row] = Keys.AuditRow(head!.Day, head.Sequence), [Hash] = head.Hash, [Rows] = head.Rows }, stored?.ETag);
        writes.Add(stored is null ? TableOperation.Insert(last) : TableOperation.Replace(last));
        return writes;
    }

    /// <summary>What somebody took out of a row is empty, so that verifying finds it instead of failing.</summary>
    private static AuditRow Of(TableRow row)
    {
        var (day, sequence) = PlaceOf(row.RowKey);
        return new AuditRow(day, sequence, row.Text(Chained) ?? "", row.Text(Hash) ?? "", row.Text(Words) ?? "", row.Text(Salt) ?? "");
    }

    private static AuditHead HeadOf(TableRow row)
    {
        var (day, sequence) = PlaceOf(row.Text(Row) ?? "");
        return new AuditHead(day, sequence, row.Text(Hash) ?? "", row.Number(Rows) ?? 0);
    }

    private static (DateOnly Day, int Sequence) PlaceOf(string key)
    {
        var parts = key.Split('|');
        return parts.Length == 3 && DateOnly.TryParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? (day, sequence)
            : (default, 0);
    }
}
