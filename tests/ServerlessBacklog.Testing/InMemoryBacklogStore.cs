using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

/// <summary>The rows in memory, as JSON: what goes in comes out through the same door as in a real store, and never as the same object.</summary>
public sealed class InMemoryBacklogStore : IBacklogStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Rows> backlogs = new(StringComparer.Ordinal);

    public Task<SavedItems> SaveItemsAsync(string backlog, IReadOnlyCollection<WorkItem> items, CancellationToken cancellation) => Do(backlog, rows =>
    {
        var (added, changed, same) = (new List<WorkItemRef>(), new List<WorkItemRef>(), 0);
        foreach (var item in items)
        {
            var hash = ContentHash.Of(item);
            if (!rows.Items.TryGetValue(item.Ref.ToKey(), out var old))
                added.Add(item.Ref);
            else if (old.Hash != hash)
                changed.Add(item.Ref);
            else
                same++;
            rows.Put(item, hash);
        }

        return new SavedItems(added, changed, same);
    }, cancellation);

    public Task<ItemChange> UpdateItemAsync(string backlog, WorkItemRef item, Func<KnownItem, ItemUpdate> update, CancellationToken cancellation) =>
        Do(backlog, rows =>
        {
            var old = rows.Items.GetValueOrDefault(item.ToKey());
            DateTimeOffset? gone = rows.Gone.TryGetValue(item, out var at) ? at : null;
            var change = update(new KnownItem(old is null ? null : Read<WorkItem>(old.Json), gone));
            if (change.GoneAt is { } goneAt)
            {
                rows.Gone[item] = gone > goneAt ? gone.Value : goneAt;
                rows.Remove(item);
            }
            else if (change.Item is { } now)
            {
                rows.Put(now, ContentHash.Of(now));
            }

            return new ItemChange(old?.Hash, rows.Items.GetValueOrDefault(item.ToKey())?.Hash);
        }, cancellation);

    /// <summary>The mark is the place in the list of all changes: exact, without the overlap that real stores need.</summary>
    public Task<ItemTail> TailAsync(string backlog, string? after, CancellationToken cancellation) => Do(backlog, rows =>
    {
        var from = after is null ? rows.Tail.Count : int.Parse(after, CultureInfo.InvariantCulture);
        if (from < rows.Forgotten)
            throw new InvalidOperationException($"What changed after {after} is forgotten.");
        var changed = new Dictionary<WorkItemRef, string?>();
        foreach (var (item, hash) in rows.Tail.Skip(from))
            changed[item] = hash;
        return new ItemTail(changed, rows.Tail.Count.ToString(CultureInfo.InvariantCulture));
    }, cancellation);

    public Task ForgetTailAsync(string backlog, string before, CancellationToken cancellation) =>
        Do(backlog, rows => rows.Forgotten = int.Parse(before, CultureInfo.InvariantCulture), cancellation);

    public Task SaveOverridesAsync(string backlog, WorkItemRef item, IReadOnlyCollection<HumanOverride> overrides, CancellationToken cancellation) =>
        Do(backlog, rows =>
        {
            foreach (var taken in overrides)
            {
                if (taken.IsPin)
                    rows.Overrides[KeyOf(item, taken)] = Write(taken);
                else
                    rows.Overrides.TryAdd(KeyOf(item, taken), Write(taken));
            }

            return true;
        }, cancellation);

    public Task RemoveOverrideAsync(string backlog, WorkItemRef item, HumanOverride ended, CancellationToken cancellation) =>
        Do(backlog, rows => rows.Overrides.Remove(KeyOf(item, ended)), cancellation);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<HumanOverride>>> AllOverridesAsync(string backlog, CancellationToken cancellation) =>
        Do<IReadOnlyDictionary<string, IReadOnlyList<HumanOverride>>>(backlog, rows => rows.Overrides
            .GroupBy(o => o.Key.Item.ToKey(), o => Read<HumanOverride>(o.Value))
            .ToDictionary(g => g.Key, IReadOnlyList<HumanOverride> (g) => [.. g.OrderBy(o => o.At)]), cancellation);

    public Task<IReadOnlyList<HumanOverride>> OverridesAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        Do<IReadOnlyList<HumanOverride>>(backlog, rows =>
            [.. rows.Overrides.Where(o => o.Key.Item == item).Select(o => Read<HumanOverride>(o.Value)).OrderBy(o => o.At)], cancellation);

    public IAsyncEnumerable<WorkItem> ItemsAsync(string backlog, CancellationToken cancellation) =>
        List(backlog, rows => rows.Items.Values.Select(r => Read<WorkItem>(r.Json)), cancellation);

    public Task<IReadOnlyList<WorkItem>> FindItemsAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation) =>
        Do<IReadOnlyList<WorkItem>>(backlog, rows =>
            [.. items.Select(i => rows.Items.GetValueOrDefault(i.ToKey())).OfType<ItemRow>().Select(r => Read<WorkItem>(r.Json))], cancellation);

    public IAsyncEnumerable<ItemStamp> StampsAsync(string backlog, CancellationToken cancellation) =>
        List(backlog, rows => rows.Items.Values.Select(r => new ItemStamp(r.Item, r.Hash, r.Neighbours)), cancellation);

    public Task StampNeighboursAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, string stamp, CancellationToken cancellation) =>
        Do(backlog, rows =>
        {
            foreach (var key in items.Select(i => i.ToKey()).Where(rows.Items.ContainsKey))
                rows.Items[key] = rows.Items[key] with { Neighbours = stamp };
            return true;
        }, cancellation);

    public Task<IReadOnlyList<ItemStamp>> FindStampsAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation) =>
        Do<IReadOnlyList<ItemStamp>>(backlog, rows =>
            [.. items.Where(i => rows.Items.ContainsKey(i.ToKey())).Select(i => new ItemStamp(i, rows.Items[i.ToKey()].Hash, rows.Items[i.ToKey()].Neighbours))], cancellation);

    public Task SaveFindingsAsync(
        string backlog, IReadOnlyCollection<ExaminedFinding> findings, IReadOnlyCollection<ExaminationMark> marks, CancellationToken cancellation) =>
        Do(backlog, rows =>
        {
            foreach (var finding in findings)
            {
                var key = finding.Finding.Item.ToKey();
                if (!rows.Findings.TryGetValue(key, out var onItem))
                    rows.Findings[key] = onItem = new SortedDictionary<string, string>(StringComparer.Ordinal);
                onItem[finding.Finding.Step] = Write(finding);
                rows.Marks.Remove(key);
            }

            foreach (var mark in marks)
                rows.Marks[mark.Item.ToKey()] = Write(mark);
            return true;
        }, cancellation);

    public IAsyncEnumerable<ExaminationMark> MarksAsync(string backlog, CancellationToken cancellation) =>
        List(backlog, rows => rows.Marks.Values.Select(Read<ExaminationMark>), cancellation);

    public async Task<IReadOnlyList<ExaminedFinding>> FindingsAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation)
    {
        var found = new List<ExaminedFinding>();
        foreach (var item in items.Distinct())
            found.AddRange(await FindingsAsync(backlog, item, cancellation));
        return found;
    }

    public IAsyncEnumerable<ExaminedFinding> FindingsAsync(string backlog, CancellationToken cancellation) =>
        List(backlog, rows => rows.Findings.Values.SelectMany(f => f.Values).Select(Read<ExaminedFinding>), cancellation);

    public Task<IReadOnlyList<ExaminedFinding>> FindingsAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        Do<IReadOnlyList<ExaminedFinding>>(backlog, rows =>
            [.. rows.Findings.GetValueOrDefault(item.ToKey())?.Values.Select(Read<ExaminedFinding>) ?? []], cancellation);

    public Task SaveDecisionsAsync(string backlog, IReadOnlyCollection<Decision> decisions, CancellationToken cancellation) =>
        Do(backlog, rows =>
        {
            foreach (var decision in decisions)
            {
                var key = decision.Item.ToKey();
                var newest = rows.Latest.GetValueOrDefault(key);
                if (newest?.Id == decision.Id)
                    continue;
                rows.Decisions.TryAdd((key, decision.Id), Write(decision));
                if (newest is null || newest.DecidedAt <= decision.DecidedAt)
                    rows.Latest[key] = decision;
            }

            return true;
        }, cancellation);

    public Task AppendDecisionAsync(string backlog, Decision decision, CancellationToken cancellation) =>
        Do(backlog, rows => rows.Decisions.TryAdd((decision.Item.ToKey(), decision.Id), Write(decision)), cancellation);

    public IAsyncEnumerable<Decision> LatestDecisionsAsync(string backlog, CancellationToken cancellation) =>
        List(backlog, rows => rows.Latest.Values.Select(d => Read<Decision>(Write(d))), cancellation);

    public Task<IReadOnlyList<Decision>> DecisionsAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        Do<IReadOnlyList<Decision>>(backlog, rows =>
            [.. rows.Decisions.Where(d => d.Key.Item == item.ToKey()).Select(d => Read<Decision>(d.Value))
                .OrderByDescending(d => d.Id == rows.Latest.GetValueOrDefault(item.ToKey())?.Id).ThenByDescending(d => d.DecidedAt)], cancellation);

    public Task SaveOutcomeAsync(string backlog, DecisionOutcome outcome, CancellationToken cancellation) =>
        Do(backlog, rows => rows.Outcomes[(outcome.Item.ToKey(), outcome.Decision)] = Write(outcome), cancellation);

    public Task<DecisionOutcome?> OutcomeAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        Do(backlog, rows => rows.Outcomes.TryGetValue((item.ToKey(), decision), out var json) ? Read<DecisionOutcome>(json) : null, cancellation);

    public Task<IReadOnlyList<DecisionOutcome>> OutcomesAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        Do<IReadOnlyList<DecisionOutcome>>(backlog, rows =>
            [.. rows.Outcomes.Where(o => o.Key.Item == item.ToKey()).Select(o => Read<DecisionOutcome>(o.Value))], cancellation);

    public IAsyncEnumerable<DecisionOutcome> AllOutcomesAsync(string backlog, CancellationToken cancellation) =>
        List(backlog, rows => rows.Outcomes.OrderBy(o => o.Key.Item, StringComparer.Ordinal).Select(o => Read<DecisionOutcome>(o.Value)), cancellation);

    public Task<string?> CursorAsync(string backlog, string name, CancellationToken cancellation) =>
        Do(backlog, rows => rows.Cursors.GetValueOrDefault(name), cancellation);

    public Task SetCursorAsync(string backlog, string name, string value, CancellationToken cancellation) =>
        Do(backlog, rows => rows.Cursors[name] = value, cancellation);

    public Task<IReadOnlyList<string>> BacklogsAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
            return Task.FromResult<IReadOnlyList<string>>([.. backlogs.Keys]);
    }

    /// <summary>Takes an item out, as an administrator would: the port has no such verb.</summary>
    public void Remove(string backlog, WorkItemRef item)
    {
        lock (gate)
            backlogs[backlog].Remove(item);
    }

    private static (WorkItemRef Item, string Slot, string? Value, bool IsPin) KeyOf(WorkItemRef item, HumanOverride taken) =>
        (item, taken.Slot, taken.IsPin ? null : taken.Value?.ToLowerInvariant(), taken.IsPin);

    private Task<T> Do<T>(string backlog, Func<Rows, T> act, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!backlogs.TryGetValue(backlog, out var rows))
                backlogs[backlog] = rows = new Rows();
            return Task.FromResult(act(rows));
        }
    }

    private async IAsyncEnumerable<T> List<T>(string backlog, Func<Rows, IEnumerable<T>> select, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var row in await Do<List<T>>(backlog, rows => [.. select(rows)], cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json) ?? throw new InvalidDataException(json);

    private sealed record ItemRow(WorkItemRef Item, string Json, string Hash, string Neighbours);

    private sealed class Rows
    {
        public SortedDictionary<string, ItemRow> Items { get; } = new(StringComparer.Ordinal);

        /// <summary>By item, then by step.</summary>
        public SortedDictionary<string, SortedDictionary<string, string>> Findings { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, string> Marks { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<(string Item, string Id), string> Decisions { get; } = [];

        public Dictionary<(string Item, string Id), string> Outcomes { get; } = [];

        public SortedDictionary<string, Decision> Latest { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Cursors { get; } = [];

        public Dictionary<WorkItemRef, DateTimeOffset> Gone { get; } = [];

        public Dictionary<(WorkItemRef Item, string Slot, string? Value, bool IsPin), string> Overrides { get; } = [];

        public List<(WorkItemRef Item, string? Hash)> Tail { get; } = [];

        /// <summary>So many of <see cref="Tail"/> may no longer be asked for.</summary>
        public int Forgotten { get; set; }

        public void Put(WorkItem item, string hash)
        {
            var old = Items.GetValueOrDefault(item.Ref.ToKey());
            Items[item.Ref.ToKey()] = new ItemRow(item.Ref, Write(item), hash, old?.Neighbours ?? "");
            if (old?.Hash != hash)
                Tail.Add((item.Ref, hash));
        }

        public void Remove(WorkItemRef item)
        {
            if (Items.Remove(item.ToKey()))
                Tail.Add((item, null));
        }
    }
}
