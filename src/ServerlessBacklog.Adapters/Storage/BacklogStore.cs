using System.Collections.Concurrent;
using ServerlessBacklog.Adapters.Storage.Erasure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>The backlog's rows over any table store. <see cref="Keys"/> tells where everything lies.</summary>
public sealed class BacklogStore : IBacklogStore
{
    private readonly ITable backlogs;
    private readonly ITable cursors;
    private readonly TailRows tail;
    private readonly ItemRows items;
    private readonly ItemUpdates updates;
    private readonly FindingRows findings;
    private readonly DecisionRows decisions;
    private readonly OutcomeRows outcomes;
    private readonly OverrideRows overrides;
    private readonly ErasedPeople erased;
    private readonly ConcurrentDictionary<string, bool> named = new(StringComparer.Ordinal);

    /// <param name="time">Orders what changed (<see cref="TailAsync"/>): clocks of processes that share a store agree within half a minute.</param>
    public BacklogStore(ITableStore tables, TimeProvider time)
    {
        backlogs = tables.Open(Keys.BacklogTable);
        cursors = tables.Open(Keys.CursorTable);
        var itemTable = tables.Open(Keys.ItemTable);
        tail = new TailRows(itemTable, time);
        items = new ItemRows(itemTable, tail);
        updates = new ItemUpdates(itemTable, tail);
        findings = new FindingRows(tables.Open(Keys.FindingTable));
        decisions = new DecisionRows(tables.Open(Keys.DecisionTable));
        outcomes = new OutcomeRows(tables.Open(Keys.OutcomeTable));
        overrides = new OverrideRows(tables.Open(Keys.OverrideTable));
        erased = new ErasedPeople(tables);
    }

    public async Task<SavedItems> SaveItemsAsync(string backlog, IReadOnlyCollection<WorkItem> items, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        var names = await erased.LoadAsync(cancellation);
        return await this.items.SaveAsync(backlog, names.IsEmpty ? items : [.. items.Select(names.In)], cancellation);
    }

    public async Task<ItemChange> UpdateItemAsync(
        string backlog, WorkItemRef item, Func<KnownItem, ItemUpdate> update, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        var names = await erased.LoadAsync(cancellation);
        return await updates.UpdateAsync(
            backlog, item, known => update(known) is var change && change.Item is { } now && !names.IsEmpty ? change with { Item = names.In(now) } : change, cancellation);
    }

    public Task<ItemTail> TailAsync(string backlog, string? after, CancellationToken cancellation) =>
        tail.ReadAsync(Keys.Backlog(backlog), after, cancellation);

    public Task ForgetTailAsync(string backlog, string before, CancellationToken cancellation) =>
        tail.ForgetAsync(Keys.Backlog(backlog), before, cancellation);

    public async Task SaveOverridesAsync(
        string backlog, WorkItemRef item, IReadOnlyCollection<HumanOverride> overrides, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        await this.overrides.SaveAsync(backlog, item, overrides, cancellation);
    }

    public Task<IReadOnlyList<HumanOverride>> OverridesAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        overrides.OnAsync(backlog, item, cancellation);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<HumanOverride>>> AllOverridesAsync(string backlog, CancellationToken cancellation) =>
        overrides.AllAsync(backlog, cancellation);

    public Task RemoveOverrideAsync(string backlog, WorkItemRef item, HumanOverride ended, CancellationToken cancellation) =>
        overrides.RemoveAsync(backlog, item, ended, cancellation);

    public IAsyncEnumerable<WorkItem> ItemsAsync(string backlog, CancellationToken cancellation) => items.AllAsync(backlog, cancellation);

    public Task<IReadOnlyList<WorkItem>> FindItemsAsync(
        string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation) =>
        this.items.FindAsync(backlog, items, cancellation);

    public IAsyncEnumerable<ItemStamp> StampsAsync(string backlog, CancellationToken cancellation) => items.StampsAsync(backlog, cancellation);

    public async Task StampNeighboursAsync(
        string backlog, IReadOnlyCollection<WorkItemRef> items, string stamp, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        await this.items.StampNeighboursAsync(backlog, items, stamp, cancellation);
    }

    public Task<IReadOnlyList<ItemStamp>> FindStampsAsync(
        string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation) =>
        this.items.FindStampsAsync(backlog, items, cancellation);

    public async Task SaveFindingsAsync(
        string backlog, IReadOnlyCollection<ExaminedFinding> findings, IReadOnlyCollection<ExaminationMark> marks, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        await this.findings.SaveAsync(backlog, findings, marks, cancellation);
    }

    public IAsyncEnumerable<ExaminationMark> MarksAsync(string backlog, CancellationToken cancellation) =>
        findings.MarksAsync(backlog, cancellation);

    public Task<IReadOnlyList<ExaminedFinding>> FindingsAsync(
        string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation) =>
        findings.OnAsync(backlog, items, cancellation);

    public IAsyncEnumerable<ExaminedFinding> FindingsAsync(string backlog, CancellationToken cancellation) =>
        findings.AllAsync(backlog, cancellation);

    public Task<IReadOnlyList<ExaminedFinding>> FindingsAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        findings.OnAsync(backlog, item, cancellation);

    public async Task SaveDecisionsAsync(string backlog, IReadOnlyCollection<Decision> decisions, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        await this.decisions.SaveAsync(backlog, decisions, cancellation);
    }

    public async Task AppendDecisionAsync(string backlog, Decision decision, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        await decisions.AppendAsync(backlog, decision, cancellation);
    }

    public IAsyncEnumerable<Decision> LatestDecisionsAsync(string backlog, CancellationToken cancellation) =>
        decisions.LatestAsync(backlog, cancellation);

    public Task<IReadOnlyList<Decision>> DecisionsAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        decisions.OnAsync(backlog, item, cancellation);

    public async Task SaveOutcomeAsync(string backlog, DecisionOutcome outcome, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        await outcomes.SaveAsync(backlog, outcome, cancellation);
    }

    public Task<DecisionOutcome?> OutcomeAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        outcomes.FindAsync(backlog, item, decision, cancellation);

    public Task<IReadOnlyList<DecisionOutcome>> OutcomesAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        outcomes.OnAsync(backlog, item, cancellation);

    public IAsyncEnumerable<DecisionOutcome> AllOutcomesAsync(string backlog, CancellationToken cancellation) =>
        outcomes.AllAsync(backlog, cancellation);

    public async Task<string?> CursorAsync(string backlog, string name, CancellationToken cancellation) =>
        (await cursors.FindAsync(Keys.Backlog(backlog), Keys.Cursor(name), null, cancellation))?.Text("Value");

    public async Task SetCursorAsync(string backlog, string name, string value, CancellationToken cancellation)
    {
        await NameAsync(backlog, cancellation);
        var properties = new Dictionary<string, object> { ["Value"] = value };
        await cursors.UpsertAsync(new TableRow(Keys.Backlog(backlog), Keys.Cursor(name), properties), cancellation);
    }

    public async Task<IReadOnlyList<string>> BacklogsAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var row in backlogs.RangeAsync(Keys.AllBacklogs, RowKeyRange.All, null, cancellation))
            names.Add(row.Text("Name")!);
        return names;
    }

    private async ValueTask NameAsync(string backlog, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(backlog);
        if (named.ContainsKey(backlog))
            return;
        var properties = new Dictionary<string, object> { ["Name"] = backlog };
        await backlogs.InsertAsync(new TableRow(Keys.AllBacklogs, Keys.Backlog(backlog), properties), cancellation);
        named.TryAdd(backlog, true);
    }
}
