using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>What people took away on items: a row for each value of each slot, which stays as it was written first.</summary>
internal sealed class OverrideRows(ITable table)
{
    private readonly DocumentTable documents = new(table);

    public async Task SaveAsync(string backlog, WorkItemRef item, IReadOnlyCollection<HumanOverride> overrides, CancellationToken cancellation)
    {
        foreach (var taken in overrides)
        {
            var row = await documents.RowAsync(Keys.Backlog(backlog), Keys.Override(item, DigestOf(taken)), DocumentTable.Write(taken), [], cancellation);
            if (taken.IsPin)
                await table.UpsertAsync(row, cancellation);
            else
                await table.InsertAsync(row, cancellation);
        }
    }

    /// <summary>Two people who refuse the same say it in whatever case. A slot has one pin, whatever its value.</summary>
    public static string DigestOf(HumanOverride taken) =>
        DocumentTable.DigestOf(DocumentTable.Write(taken.IsPin ? [taken.Slot, "", "pin"] : new[] { taken.Slot, taken.Value?.ToLowerInvariant() }));

    public Task RemoveAsync(string backlog, WorkItemRef item, HumanOverride ended, CancellationToken cancellation) =>
        table.DeleteAsync(new TableRow(Keys.Backlog(backlog), Keys.Override(item, DigestOf(ended)), new Dictionary<string, object>()), cancellation);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<HumanOverride>>> AllAsync(string backlog, CancellationToken cancellation)
    {
        var rows = await table.RangeAsync(Keys.Backlog(backlog), RowKeyRange.All, null, cancellation).ToListAsync(cancellation);
        var taken = await documents.ReadAllAsync<HumanOverride>(rows, cancellation);
        return rows.Zip(taken).GroupBy(r => r.First.RowKey[..r.First.RowKey.LastIndexOf('|')], r => r.Second, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, IReadOnlyList<HumanOverride> (g) => [.. g.OrderBy(o => o.At)], StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<HumanOverride>> OnAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        await documents.RangeAsync<HumanOverride>(Keys.Backlog(backlog), RowKeyRange.Prefix(Keys.OverridesOn(item)), cancellation)
            .OrderBy(o => o.At).ToListAsync(cancellation);
}
