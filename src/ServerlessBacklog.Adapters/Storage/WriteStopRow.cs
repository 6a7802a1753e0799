using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>The kill switch as one row, which is there while it is on: table <c>switches</c>, partition <c>writes</c>, row <c>stop</c>.</summary>
public sealed class WriteStopRow(ITableStore tables) : IWriteStop
{
    private const string Partition = "writes";
    private const string Row = "stop";

    private readonly ITable table = tables.Open("switches");

    public async Task<WriteStop?> FindAsync(CancellationToken cancellation) =>
        await table.FindAsync(Partition, Row, null, cancellation) is { } row ? new WriteStop(row.Text("Why")!, row.Time("Since")!.Value) : null;

    public Task StopAsync(WriteStop stop, CancellationToken cancellation)
    {
        var properties = new Dictionary<string, object> { ["Why"] = stop.Why, ["Since"] = stop.Since };
        return table.UpsertAsync(new TableRow(Partition, Row, properties), cancellation);
    }

    public Task AllowAsync(CancellationToken cancellation) =>
        table.DeleteAsync(new TableRow(Partition, Row, new Dictionary<string, object>()), cancellation);
}
