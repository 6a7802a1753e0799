using System.Collections.Concurrent;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// What a step may know of the whole backlog, open and closed items alike: their fields without bodies, the signals found in the
/// bodies, and the search index over the texts. Immutable; models built from it are kept with it (<see cref="Model{T}"/>).
/// </summary>
public sealed class BacklogSnapshot
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> models = new();

    public BacklogSnapshot(IReadOnlyDictionary<WorkItemRef, OutlinedItem> items, SearchIndex index)
    {
        Items = items;
        Index = index;
    }

    public IReadOnlyDictionary<WorkItemRef, OutlinedItem> Items { get; }

    public SearchIndex Index { get; }

    /// <summary>Builds from whole items; the order of <paramref name="items"/> does not matter.</summary>
    public static BacklogSnapshot Build(IEnumerable<WorkItem> items)
    {
        var all = items as IReadOnlyList<WorkItem> ?? [.. items];
        var outlines = all.AsParallel().AsOrdered().Select(OutlinedItem.From).ToList();
        return new BacklogSnapshot(
            outlines.ToDictionary(o => o.Item.Ref),
            SearchIndex.Build(all.Select(i => new IndexedText(i.Ref, i.Title, i.Body))));
    }

    public OutlinedItem? Find(WorkItemRef reference) => Items.GetValueOrDefault(reference);

    /// <summary>
    /// A model of type <typeparamref name="T"/>, built once per snapshot on first use. Steps keep their models here, so that a new step
    /// needs no change to the snapshot. <paramref name="build"/> must be pure.
    /// </summary>
    public T Model<T>(Func<BacklogSnapshot, T> build)
        where T : class =>
        (T)models.GetOrAdd(typeof(T), _ => new Lazy<object>(() => build(this))).Value;
}

/// <summary>An item without its long texts: <see cref="WorkItem.Body"/> and comment bodies are empty here.</summary>
public sealed record OutlinedItem(WorkItem Item, TextSignals Signals, string ContentHash)
{
    /// <summary>Characters of the description, blanks at its ends left out; 0 when there is none.</summary>
    public int BodyLength { get; init; }

    public static OutlinedItem From(WorkItem item) => new(
        item with
        {
            Body = "",
            History = item.History with { Comments = [.. item.History.Comments.Select(c => c with { Body = "" })] },
        },
        TextSignal.Find(item.Title, item.Body),
        Domain.Items.ContentHash.Of(item))
    {
        BodyLength = item.Body.AsSpan().Trim().Length,
    };
}
