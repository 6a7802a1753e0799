using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

/// <summary>Tables whose writes are waited for on the spot: simulated time must not see the store at work as somebody who waits for a timer.</summary>
internal sealed class WaitedForTables(ITableStore tables) : ITableStore
{
    public ITable Open(string name) => new Table(tables.Open(name));

    private sealed class Table(ITable table) : ITable
    {
        public Task<TableRow?> FindAsync(string partitionKey, string rowKey, IReadOnlyCollection<string>? columns, CancellationToken cancellation) =>
            Now(() => table.FindAsync(partitionKey, rowKey, columns, cancellation));

        public IAsyncEnumerable<TableRow> RangeAsync(
            string partitionKey, RowKeyRange range, IReadOnlyCollection<string>? columns, CancellationToken cancellation) =>
            table.RangeAsync(partitionKey, range, columns, cancellation);

        public Task<BatchAnswer> ApplyAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation) => Now(() => table.ApplyAsync(batch, cancellation));

        /// <summary>On another thread, so that nothing comes back to the one that waits here.</summary>
        private static Task<T> Now<T>(Func<Task<T>> act) => Task.FromResult(Task.Run(act).GetAwaiter().GetResult());
    }
}
