using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// Every decision, and the newest one on each item once more, written in one batch: an item without a latest row has no decision at all.
/// </summary>
internal sealed class DecisionRows(ITable table)
{
    private const string Id = "DecisionId";
    private const string At = "DecidedAt";

    /// <summary>Another writer can only get in between so often: each time it has written a decision on the same item.</summary>
    private const int MaxAttempts = 20;

    private readonly DocumentTable documents = new(table);

    public async Task SaveAsync(string backlog, IReadOnlyCollection<Decision> decisions, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);

        // One decision per item and round: the newest of them is then known before the next one is looked at.
        var perItem = decisions.GroupBy(d => d.Item).Select(g => g.ToList()).ToList();
        for (var round = 0; perItem.Count > 0; round++)
        {
            await SaveRoundAsync(partition, [.. perItem.Select(d => d[round])], MaxAttempts, cancellation);
            perItem.RemoveAll(d => d.Count == round + 1);
        }
    }

    /// <summary>One that is no triage's: the newest one stays.</summary>
    public async Task AppendAsync(string backlog, Decision decision, CancellationToken cancellation)
    {
        var columns = new Dictionary<string, object> { [Id] = decision.Id, [At] = decision.DecidedAt };
        await table.InsertAsync(await documents.RowAsync(Keys.Backlog(backlog), Keys.Decision(decision), DocumentTable.Write(decision), columns, cancellation), cancellation);
    }

    public IAsyncEnumerable<Decision> LatestAsync(string backlog, CancellationToken cancellation) =>
        documents.RangeAsync<Decision>(Keys.Backlog(backlog), RowKeyRange.Prefix(Keys.LatestDecisions), cancellation);

    public async Task<IReadOnlyList<Decision>> OnAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        var found = await documents.RangeAsync<Decision>(partition, RowKeyRange.Prefix(Keys.DecisionsOn(item)), cancellation)
            .ToListAsync(cancellation);
        var latest = await table.FindAsync(partition, Keys.LatestDecision(item), [Id], cancellation);
        // One that is taken again keeps its first moment, and is the newest all the same.
        return [.. found.OrderByDescending(d => d.Id == latest?.Text(Id)).ThenByDescending(d => d.DecidedAt)];
    }

    private async Task SaveRoundAsync(string partition, List<Decision> decisions, int attempts, CancellationToken cancellation)
    {
        var latest = await table.FindManyAsync(
            partition, [.. decisions.Select(d => Keys.LatestDecision(d.Item))], [Id, At], cancellation);
        var taken = await TakenBeforeAsync(partition, decisions, latest, cancellation);
        var groups = new List<(Decision Decision, List<TableOperation> Writes)>();
        foreach (var decision in decisions)
        {
            var newest = latest.GetValueOrDefault(Keys.LatestDecision(decision.Item));
            if (newest?.Text(Id) != decision.Id && await WritesAsync(partition, decision, newest, taken.ContainsKey(Keys.Decision(decision)), cancellation) is { Count: > 0 } writes)
                groups.Add((decision, writes));
        }

        var batches = TableBatches.Pack(groups.Select(g => g.Writes)).ToList();
        var answers = await table.ApplyAllAsync(batches, cancellation);
        var done = 0;
        var raced = new List<Decision>();
        foreach (var (batch, answer) in batches.Zip(answers))
        {
            var written = 0;
            var first = done;
            for (; written < batch.Count; done++)
                written += groups[done].Writes.Count;
            if (answer.Conflict is not null)
                raced.AddRange(groups[first..done].Select(g => g.Decision));
        }

        if (raced.Count == 0)
            return;
        if (attempts == 0)
            throw new IOException($"Decisions on {raced[0].Item} and {raced.Count - 1} others could not be saved: other writers were always faster.");
        await SaveRoundAsync(partition, raced, attempts - 1, cancellation);
    }

    /// <summary>A decision that was taken before and is taken again, because things are as they were, has its row: only the newest one changes.</summary>
    private Task<Dictionary<string, TableRow>> TakenBeforeAsync(
        string partition, List<Decision> decisions, Dictionary<string, TableRow> latest, CancellationToken cancellation) =>
        table.FindManyAsync(
            partition,
            [.. decisions.Where(d => latest.TryGetValue(Keys.LatestDecision(d.Item), out var row) && row.Text(Id) != d.Id).Select(Keys.Decision)],
            [],
            cancellation);

    private async Task<List<TableOperation>> WritesAsync(
        string partition, Decision decision, TableRow? newest, bool wasTaken, CancellationToken cancellation)
    {
        var json = DocumentTable.Write(decision);
        var columns = new Dictionary<string, object> { [Id] = decision.Id, [At] = decision.DecidedAt };
        var writes = new List<TableOperation>();
        if (!wasTaken)
            writes.Add(TableOperation.Insert(await documents.RowAsync(partition, Keys.Decision(decision), json, columns, cancellation)));
        if (newest is not null && newest.Time(At) > decision.DecidedAt)
            return writes;
        var latest = await documents.RowAsync(partition, Keys.LatestDecision(decision.Item), json, columns, cancellation);
        writes.Add(newest is null ? TableOperation.Insert(latest) : TableOperation.Replace(latest with { ETag = newest.ETag }));
        return writes;
    }
}
