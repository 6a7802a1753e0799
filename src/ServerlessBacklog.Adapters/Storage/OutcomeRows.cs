using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>What became of decisions: one row each, written by the one instance that carries the decision out.</summary>
internal sealed class OutcomeRows(ITable table)
{
    private readonly DocumentTable documents = new(table);

    public async Task SaveAsync(string backlog, DecisionOutcome outcome, CancellationToken cancellation)
    {
        var columns = new Dictionary<string, object> { ["State"] = outcome.State.ToString() };
        var key = Keys.Outcome(outcome.Item, outcome.Decision);
        await table.UpsertAsync(await documents.RowAsync(Keys.Backlog(backlog), key, DocumentTable.Write(outcome), columns, cancellation), cancellation);
    }

    public async Task<DecisionOutcome?> FindAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        await table.FindAsync(Keys.Backlog(backlog), Keys.Outcome(item, decision), null, cancellation) is { } row
            ? (await documents.ReadAllAsync<DecisionOutcome>([row], cancellation))[0]
            : null;

    public async Task<IReadOnlyList<DecisionOutcome>> OnAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        var outcomes = new List<DecisionOutcome>();
        await foreach (var outcome in documents.RangeAsync<DecisionOutcome>(Keys.Backlog(backlog), RowKeyRange.Prefix(Keys.Outcomes(item)), cancellation))
            outcomes.Add(outcome);
        return outcomes;
    }

    public IAsyncEnumerable<DecisionOutcome> AllAsync(string backlog, CancellationToken cancellation) =>
        documents.RangeAsync<DecisionOutcome>(Keys.Backlog(backlog), RowKeyRange.All, cancellation);
}
