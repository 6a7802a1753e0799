using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// The newest finding of every step on every item. All findings on one item lie in one row: they are read together and mostly made
/// together, and a tenth of the rows is a tenth of the work. A writer keeps the steps that it does not write: it replaces exactly the row
/// that it read.
/// </summary>
internal sealed class FindingRows(ITable table)
{
    /// <summary>Another writer can only get in between so often: each time it has written findings on the same item.</summary>
    private const int MaxAttempts = 20;

    private const string Ref = "Ref";
    private const string Versions = "Versions";
    private const string Due = "Due";

    private readonly DocumentTable documents = new(table);

    public Task SaveAsync(
        string backlog, IReadOnlyCollection<ExaminedFinding> findings, IReadOnlyCollection<ExaminationMark> marks, CancellationToken cancellation)
    {
        var onItem = findings.ToLookup(f => f.Finding.Item);
        var markOf = marks.ToDictionary(m => m.Item);
        var items = onItem.Select(g => g.Key).Union(markOf.Keys);
        return SaveAsync(
            Keys.Backlog(backlog),
            [.. items.Select(i => new Made(i.ToKey(), [.. onItem[i]], markOf.GetValueOrDefault(i)))],
            MaxAttempts,
            cancellation);
    }

    /// <summary>Rows without a mark are left out.</summary>
    public async IAsyncEnumerable<ExaminationMark> MarksAsync(string backlog, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.RangeAsync(Keys.Backlog(backlog), RowKeyRange.All, [Ref, Versions, Due], cancellation))
        {
            if (row.Text(Ref) is { } item && row.Text(Versions) is { } versions)
                yield return new ExaminationMark(WorkItemRef.Parse(item), versions, row.Time(Due));
        }
    }

    public async IAsyncEnumerable<ExaminedFinding> AllAsync(string backlog, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var onItem in documents.RangeAsync<IReadOnlyList<ExaminedFinding>>(Keys.Backlog(backlog), RowKeyRange.All, cancellation))
        {
            foreach (var finding in onItem)
                yield return finding;
        }
    }

    public async Task<IReadOnlyList<ExaminedFinding>> OnAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        await table.FindAsync(Keys.Backlog(backlog), item.ToKey(), null, cancellation) is { } row
            ? (await documents.ReadAllAsync<IReadOnlyList<ExaminedFinding>>([row], cancellation))[0]
            : [];

    public async Task<IReadOnlyList<ExaminedFinding>> OnAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation)
    {
        var rows = await table.FindManyAsync(Keys.Backlog(backlog), [.. items.Select(i => i.ToKey()).Distinct()], null, cancellation);
        return [.. (await documents.ReadAllAsync<IReadOnlyList<ExaminedFinding>>([.. rows.Values], cancellation)).SelectMany(f => f)];
    }

    private async Task SaveAsync(string partition, IReadOnlyList<Made> made, int attempts, CancellationToken cancellation)
    {
        var rows = await table.FindManyAsync(partition, [.. made.Select(m => m.Key)], null, cancellation);
        var stored = rows.Values.Zip(await documents.ReadAllAsync<IReadOnlyList<ExaminedFinding>>([.. rows.Values], cancellation))
            .ToDictionary(r => r.First.RowKey, r => r.Second);
        var documentsNow = made.AsParallel().AsOrdered().Select(m => DocumentTable.Write(Merge(stored.GetValueOrDefault(m.Key, []), m.Findings))).ToList();
        var writes = new List<TableOperation>(made.Count);
        for (var i = 0; i < made.Count; i++)
        {
            var row = await documents.RowAsync(partition, made[i].Key, documentsNow[i], made[i].Columns(), cancellation);
            writes.Add(rows.TryGetValue(made[i].Key, out var old) ? TableOperation.Replace(row with { ETag = old.ETag }) : TableOperation.Insert(row));
        }

        var batches = TableBatches.Pack(writes.Select(w => (TableOperation[])[w])).ToList();
        var answers = await table.ApplyAllAsync(batches, cancellation);
        var done = 0;
        var raced = new List<Made>();
        foreach (var (batch, answer) in batches.Zip(answers))
        {
            if (answer.Conflict is not null)
                raced.AddRange(made.Skip(done).Take(batch.Count));
            done += batch.Count;
        }

        if (raced.Count == 0)
            return;
        if (attempts == 0)
            throw new IOException($"Findings on {raced[0].Key} and {raced.Count - 1} others could not be saved: other writers were always faster.");
        await SaveAsync(partition, raced, attempts - 1, cancellation);
    }

    /// <summary>By step name; of two findings of one step the later one stays.</summary>
    private static IReadOnlyList<ExaminedFinding> Merge(IReadOnlyList<ExaminedFinding> stored, IReadOnlyList<ExaminedFinding> made)
    {
        var byStep = new SortedDictionary<string, ExaminedFinding>(StringComparer.Ordinal);
        foreach (var finding in stored.Concat(made))
            byStep[finding.Finding.Step] = finding;
        return [.. byStep.Values];
    }

    private sealed record Made(string Key, IReadOnlyList<ExaminedFinding> Findings, ExaminationMark? Mark)
    {
        /// <summary>Without a mark an earlier one goes: it spoke of findings that are no longer all there are.</summary>
        public Dictionary<string, object> Columns()
        {
            var columns = new Dictionary<string, object>();
            if (Mark is null)
                return columns;
            (columns[Ref], columns[Versions]) = (Mark.Item.ToString(), Mark.Versions);
            if (Mark.Due is { } due)
                columns[FindingRows.Due] = due;
            return columns;
        }
    }
}
