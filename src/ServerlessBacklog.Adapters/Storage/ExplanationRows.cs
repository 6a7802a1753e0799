using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>What decisions rested on: a row each, written once.</summary>
public sealed class ExplanationRows(ITableStore tables) : IExplanations
{
    private readonly ITable table = tables.Open(Keys.ExplanationTable);

    private DocumentTable Documents => new(table);

    public async Task KeepAsync(string backlog, Explanation explanation, CancellationToken cancellation) => await table.InsertAsync(
        await Documents.RowAsync(Keys.Backlog(backlog), Keys.Outcome(explanation.Item, explanation.Decision), DocumentTable.Write(explanation), [], cancellation), cancellation);

    public async Task<Explanation?> FindAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        await table.FindAsync(Keys.Backlog(backlog), Keys.Outcome(item, decision), null, cancellation) is { } row
            ? (await Documents.ReadAllAsync<Explanation>([row], cancellation))[0]
            : null;
}
