using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Storage.Erasure;

/// <summary>Messages, choices and words of a person go as a whole: an address under a pseudonym reaches nobody, and their keys hold it.</summary>
internal static class ErasedMessages
{
    /// <returns>How many hold a name.</returns>
    public static async Task<int> RunAsync(ITable table, string partition, ErasedNames names, bool isTrial, CancellationToken cancellation)
    {
        var (documents, count) = (new DocumentTable(table), 0);
        foreach (var row in await table.RangeAsync(partition, RowKeyRange.All, null, cancellation).ToListAsync(cancellation))
        {
            if (await documents.TextAsync(row, cancellation) is not { } json || !ErasedJson.Holds(names, json))
                continue;
            count++;
            if (!isTrial)
                await table.DeleteAsync(row, cancellation);
        }

        if (!isTrial)
            await documents.DropLeftAsync(partition, cancellation);
        return count;
    }
}
