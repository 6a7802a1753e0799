using System.Runtime.CompilerServices;
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
        foreach (var examined in findings)
        {
            var key = Keys.Finding(examined.Finding);
            rows[key] = await documents.RowAsync(partition, key, DocumentTable.Write(examined), NoColumns, cancellation);
        }

        await table.UpsertAllAsync(rows.Values, cancellation);
    }

    public IAsyncEnumerable<ExaminedFinding> AllAsync(string backlog, CancellationToken cancellation) =>
        ReadAsync(backlog, RowKeyRange.All, cancellation);

    public async Task<IReadOnlyList<ExaminedFinding>> OnAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        var found = new List<ExaminedFinding>();
        await foreach (var finding in ReadAsync(backlog, RowKeyRange.Prefix(Keys.FindingsOn(item)), cancellation))
            found.Add(finding);
        return found;
    }

    private async IAsyncEnumerable<ExaminedFinding> ReadAsync(
        string backlog, RowKeyRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.RangeAsync(Keys.Backlog(backlog), range, null, cancellation))
            yield return await documents.ReadAsync<ExaminedFinding>(row, cancellation);
    }
}
