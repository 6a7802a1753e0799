using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Learning;
using ServerlessBacklog.Triage.People;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// What a step may know of the whole backlog, open and closed items alike: their fields without bodies, the signals found in the
/// bodies, and the search index over the texts. Immutable; models built from it are kept with it (<see cref="Model{T}"/>).
/// </summary>
public sealed class BacklogSnapshot
{
    private readonly ConcurrentDictionary<Type, Once<object>> models = new();

    private readonly Once<SearchIndex> index;

    private readonly Once<string> version;

    /// <summary>Where trained models come from; null for this snapshot itself.</summary>
    private readonly BacklogSnapshot? trained;

    private readonly ITextEncoder? encoder;

    /// <param name="index">Made on first use: a report over an unchanged backlog never needs it.</param>
    /// <param name="encoder">Gives items that come later their <see cref="OutlinedItem.Vector"/>; null without one.</param>
    public BacklogSnapshot(IReadOnlyDictionary<WorkItemRef, OutlinedItem> items, Once<SearchIndex> index, ITextEncoder? encoder = null)
        : this(items, index, encoder, trained: null)
    {
    }

    private BacklogSnapshot(IReadOnlyDictionary<WorkItemRef, OutlinedItem> items, Once<SearchIndex> index, ITextEncoder? encoder, BacklogSnapshot? trained)
    {
        Items = items;
        this.index = index;
        this.trained = trained;
        this.encoder = encoder;
        version = new Once<string>(VersionOfItems);
    }

    public IReadOnlyDictionary<WorkItemRef, OutlinedItem> Items { get; }

    /// <summary>Who is who; <see cref="Version"/> does not name it.</summary>
    public PeopleDirectory People { get; private init; } = PeopleDirectory.Empty;

    /// <summary>What sweeps have learned from this backlog; <see cref="Version"/> does not name it.</summary>
    public LearnedModels Learned { get; private init; } = LearnedModels.None;

    /// <summary>True where an encoder tells what texts mean, of most items at least.</summary>
    public bool HasMeanings => encoder is not null && Items.Values.Count(o => o.Vector is not null) * 2 >= Items.Count;

    public SearchIndex Index => index.Value;

    /// <summary>Names the content: the same items give the same version.</summary>
    public string Version => version.Value;

    /// <summary>Builds from whole items; the order of <paramref name="items"/> does not matter.</summary>
    public static BacklogSnapshot Build(IEnumerable<WorkItem> items, ITextEncoder? encoder = null)
    {
        var all = items as IReadOnlyList<WorkItem> ?? [.. items];
        var outlines = all.AsParallel().AsOrdered().Select(i => OutlinedItem.From(i, encoder)).ToList();
        return new BacklogSnapshot(
            outlines.ToDictionary(o => o.Item.Ref),
            new Once<SearchIndex>(() => SearchIndex.Build(all.Select(IndexedTextOf))),
            encoder);
    }

    /// <summary>This snapshot with some items replaced or added and others taken out. The models start anew.</summary>
    public BacklogSnapshot With(IReadOnlyCollection<WorkItem> changed, IReadOnlyCollection<WorkItemRef> removed) => With(changed, removed, null);

    /// <summary>
    /// The same for a few items that came since: what is trained on the whole backlog stays as it is (<see cref="Trained{T}"/>), so that
    /// one new item does not cost a training.
    /// </summary>
    public BacklogSnapshot WithTail(IReadOnlyCollection<WorkItem> changed, IReadOnlyCollection<WorkItemRef> removed) =>
        With(changed, removed, trained ?? this);

    /// <summary>The same items with other people. The models start anew.</summary>
    public BacklogSnapshot With(PeopleDirectory people) => new(Items, index, encoder, trained ?? this) { People = people, Learned = Learned };

    /// <summary>The same items, judged by models that were learned before.</summary>
    public BacklogSnapshot With(LearnedModels learned) => new(Items, index, encoder, trained) { People = People, Learned = learned };

    private BacklogSnapshot With(IReadOnlyCollection<WorkItem> changed, IReadOnlyCollection<WorkItemRef> removed, BacklogSnapshot? trainedOn)
    {
        var items = new Dictionary<WorkItemRef, OutlinedItem>(Items);
        foreach (var gone in removed)
            items.Remove(gone);
        foreach (var outline in changed.AsParallel().AsOrdered().Select(i => OutlinedItem.From(i, encoder)))
            items[outline.Item.Ref] = outline;
        return new BacklogSnapshot(items, new Once<SearchIndex>(() => Index.With(changed.Select(IndexedTextOf), removed)), encoder, trainedOn) { People = People, Learned = Learned };
    }

    public static IndexedText IndexedTextOf(WorkItem item) => new(item.Ref, item.Title, item.Body);

    /// <summary>What triage looks at: open items, oldest first, pull requests left out.</summary>
    public IReadOnlyList<WorkItemRef> OpenItems() =>
        [.. Items.Values.Where(o => o.Item is { IsOpen: true, Kind: WorkItemKind.Item }).Select(o => o.Item).Order(ItemAge.Order).Select(i => i.Ref)];

    /// <summary>The outline of the item in the form given: the snapshot may hold another, or none.</summary>
    public OutlinedItem OutlineOf(WorkItem item) =>
        Find(item.Ref) is { } known && known.ContentHash == ContentHash.Of(item) ? known : OutlinedItem.From(item, encoder);

    public OutlinedItem? Find(WorkItemRef reference) => Items.GetValueOrDefault(reference);

    /// <summary>
    /// A model of type <typeparamref name="T"/>, built once per snapshot on first use. Steps keep their models here, so that a new step
    /// needs no change to the snapshot. <paramref name="build"/> must be pure.
    /// </summary>
    public T Model<T>(Func<BacklogSnapshot, T> build)
        where T : class =>
        (T)models.GetOrAdd(typeof(T), _ => new Once<object>(() => build(this))).Value;

    /// <summary>A model whose training is dear and which a few items more or less do not change: that of the snapshot before the tail.</summary>
    public T Trained<T>(Func<BacklogSnapshot, T> build)
        where T : class =>
        (trained ?? this).Model(build);

    private string VersionOfItems()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in Items.Values.Select(o => o.ContentHash).Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.ASCII.GetBytes(item));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}

/// <summary>An item without its long texts: <see cref="WorkItem.Body"/> and comment bodies are empty here.</summary>
public sealed record OutlinedItem(WorkItem Item, TextSignals Signals, string ContentHash)
{
    /// <summary>Hard facts in title and body: versions, platforms, sites, errors, files.</summary>
    public IReadOnlyList<ItemFact> Facts { get; init; } = [];

    /// <summary>Characters of the description, blanks at its ends left out; 0 when there is none.</summary>
    public int BodyLength { get; init; }

    /// <summary>What the text means; null where no encoder told.</summary>
    public TextVector? Vector { get; init; }

    /// <summary>What classifiers keep of the description.</summary>
    public BodySketch Sketch { get; init; } = BodySketch.Empty;

    public static OutlinedItem From(WorkItem item, ITextEncoder? encoder = null) => new(
        item with
        {
            Body = "",
            History = item.History with { Comments = [.. item.History.Comments.Select(c => c with { Body = "" })] },
        },
        TextSignal.Find(item.Title, item.Body),
        Domain.Items.ContentHash.Of(item))
    {
        Facts = ItemFacts.Find(item.Title, item.Body),
        BodyLength = item.Body.AsSpan().Trim().Length,
        Vector = encoder?.Encode(EncodedText.Of(item.Title, item.Body)),
        Sketch = BodySketch.Of(item.Body),
    };
}
