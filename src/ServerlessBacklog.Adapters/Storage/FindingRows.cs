using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>The newest finding of every step on every item.</summary>
internal sealed class FindingRows(ITable table)
{
    private static readonly Dictionary<string, object> NoColumns = [];

    private readonly DocumentTable documents = new(table);

    public async Task SaveAsync(string backlog, IReadOnlyCollection<ExaminedFinding> findings, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        var rows = new Dictionary<string, TableRow>(findings.Count, StringComparer.Ordinal);
        foreach (var (key, json) in findings.AsParallel().AsOrdered().Select(f => (Keys.Finding(f.Finding), DocumentTable.Write(f))))
            rows[key] = await documents.RowAsync(partition, key, json, NoColumns, cancellation);
        await table.UpsertAllAsync(rows.Values, cancellation);
    }

    public IAsyncEnumerable<ExaminedFinding> AllAsync(string backlog, CancellationToken cancellation) =>
        documents.RangeAsync<ExaminedFinding>(Keys.Backlog(backlog), RowKeyRange.All, cancellation);

    public async Task<IReadOnlyList<ExaminedFinding>> OnAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        await documents.RangeAsync<ExaminedFinding>(Keys.Backlog(backlog), RowKeyRange.Prefix(Keys.FindingsOn(item)), cancellation)
            .ToListAsync(cancellation);
}
