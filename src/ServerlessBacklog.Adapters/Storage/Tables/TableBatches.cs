namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>Packs operations of one partition into batches that fit the limits of a request.</summary>
public static class TableBatches
{
    /// <summary>
    /// Row bytes in one batch. Azure takes 4 MiB of request, in which a character may need six bytes where
    /// <see cref="TableRules.SizeOf(TableRow)"/> counts two.
    /// </summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Batches in order; the operations of one group stay together, and a group must fit a batch by itself.</summary>
    public static IEnumerable<List<TableOperation>> Pack(IEnumerable<IReadOnlyCollection<TableOperation>> groups)
    {
        var batch = new List<TableOperation>();
        var bytes = 0;
        foreach (var group in groups)
        {
            var size = group.Sum(o => TableRules.SizeOf(o.Row));
            if (batch.Count > 0 && (batch.Count + group.Count > TableRules.MaxBatch || bytes + size > MaxBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.AddRange(group);
            bytes += size;
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
