using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Privacy;
using System.Text;
using System.Text.Json;

namespace ServerlessBacklog.Adapters.Storage.Erasure;

/// <summary>Puts pseudonyms into the documents of one table and partition, each exactly over what was read, or anew.</summary>
internal sealed class ErasedDocuments(ITable table, ErasedNames names, bool isTrial)
{
    private const int MaxAttempts = 20;

    private readonly DocumentTable documents = new(table);

    /// <param name="keyOf">The key of a row whose document names its key; null where keys stay.</param>
    /// <returns>How many hold a name.</returns>
    public async Task<int> RunAsync(string partition, Func<TableRow, string, string>? keyOf, CancellationToken cancellation)
    {
        var changed = 0;
        var keys = await table.RangeAsync(partition, RowKeyRange.All, [], cancellation).Select(r => r.RowKey).ToListAsync(cancellation);
        foreach (var key in keys)
            changed += await OneAsync(partition, key, keyOf, cancellation) ? 1 : 0;
        if (!isTrial)
            await documents.DropLeftAsync(partition, cancellation);
        return changed;
    }

    /// <summary>Rows that hold plain text in one property.</summary>
    public async Task<int> TextsAsync(string partition, string property, Func<string, string> erase, CancellationToken cancellation)
    {
        var changed = 0;
        foreach (var row in await table.RangeAsync(partition, RowKeyRange.All, null, cancellation).ToListAsync(cancellation))
        {
            if (row.Text(property) is not { } text || erase(text) is var now && now == text)
                continue;
            changed++;
            // One that was written meanwhile was written by somebody who knows who was erased, or is met next time.
            if (!isTrial)
                await table.ReplaceAsync(row with { Properties = new Dictionary<string, object>(row.Properties) { [property] = erase(text) } }, cancellation);
        }

        return changed;
    }

    /// <summary>The key of an override names the value that was taken away.</summary>
    public static string OverrideKey(TableRow row, string json)
    {
        var taken = JsonSerializer.Deserialize<HumanOverride>(json, StorageJson.Options)!;
        return $"{row.RowKey[..(row.RowKey.LastIndexOf('|') + 1)]}{OverrideRows.DigestOf(taken)}";
    }

    private async Task<bool> OneAsync(string partition, string key, Func<TableRow, string, string>? keyOf, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await table.FindAsync(partition, key, null, cancellation) is not { } row || await documents.TextAsync(row, cancellation) is not { } json)
                return false;
            var erased = ErasedJson.In(names, json);
            if (erased == json)
                return false;
            if (isTrial)
                return true;
            var now = await documents.RowAsync(partition, keyOf?.Invoke(row, erased) ?? key, Encoding.UTF8.GetBytes(erased), DocumentTable.Beside(row), cancellation);
            IReadOnlyList<TableOperation> writes = now.RowKey == key ? [TableOperation.Replace(now with { ETag = row.ETag })] : [TableOperation.Delete(row), TableOperation.Upsert(now)];
            if ((await table.ApplyAsync(writes, cancellation)).Conflict is null)
                return true;
        }

        throw new IOException($"The row '{key}' could not be saved: other writers were always faster.");
    }
}
