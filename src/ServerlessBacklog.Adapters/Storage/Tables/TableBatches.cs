namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>Packs operations of one partition into batches that fit the limits of a request.</summary>
public static class TableBatches
{
    /// <summary>Batches in order; the operations of one group stay together, and a group must fit a batch by itself.</summary>
    public static IEnumerable<List<TableOperation>> Pack(IEnumerable<IReadOnlyCollection<TableOperation>> groups)
    {
        var batch = new List<TableOperation>();
        var bytes = 0;
        foreach (var group in groups)
        {
            var size = group.Sum(o => TableRules.RequestSizeOf(o.Row));
            if (batch.Count > 0 && (batch.Count + group.Count > TableRules.MaxBatch || bytes + size > TableRules.MaxBatchBytes))
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
