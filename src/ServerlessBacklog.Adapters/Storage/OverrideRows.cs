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
            await table.InsertAsync(row, cancellation);
        }
    }

    /// <summary>Two people who refuse the same say it in whatever case.</summary>
    public static string DigestOf(HumanOverride taken) => DocumentTable.DigestOf(DocumentTable.Write(new[] { taken.Slot, taken.Value?.ToLowerInvariant() }));

    public async Task<IReadOnlyList<HumanOverride>> OnAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        await documents.RangeAsync<HumanOverride>(Keys.Backlog(backlog), RowKeyRange.Prefix(Keys.OverridesOn(item)), cancellation)
            .OrderBy(o => o.At).ToListAsync(cancellation);
}
