using System.Collections.Concurrent;
using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Learning;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// Finds older items that an item may repeat and says how likely it does. Built by <see cref="BacklogSnapshot.Model{T}"/>; what it learned from the
/// backlog's own duplicates comes from <see cref="DuplicateLearner"/>.
/// </summary>
public sealed class DuplicateModel
{
    /// <summary>From this probability on an item is named as a duplicate in a comment (comment level): of those nearly nine in ten are (docs/measurements.md).</summary>
    public const double CommentAt = 0.80;

    /// <summary>Candidates that are compared: by words, and by meaning.</summary>
    public const int ByWords = 150;
    public const int ByMeaning = 30;

    /// <summary>Answers that are kept of one item.</summary>
    private const int Kept = 5;

    private readonly BacklogSnapshot backlog;
    private readonly CorpusStatistics corpus = new();
    private readonly Dictionary<WorkItemRef, int> place = [];
    private readonly List<OutlinedItem> meanings;
    private readonly ConcurrentDictionary<WorkItemRef, ComparedItem> compared = new();
    private readonly ConcurrentDictionary<WorkItemRef, IReadOnlyList<SimilarReport>> judged = new();

    private DuplicateModel(BacklogSnapshot backlog)
    {
        this.backlog = backlog;
        var items = backlog.Items.Values.Where(o => o.Item.Kind == WorkItemKind.Item).OrderBy(o => o.Item, ItemAge.Order).ToList();
        foreach (var item in items)
        {
            place[item.Item.Ref] = place.Count;
            corpus.Add(Compared(item));
        }

        corpus.Freeze();
        meanings = [.. items.Where(i => i.Vector is not null)];
    }

    public static DuplicateModel Build(BacklogSnapshot backlog) => new(backlog);

    /// <summary>The likeliest older items, each with its probability, likeliest first, at most five.</summary>
    public IReadOnlyList<SimilarReport> Judge(OutlinedItem item) => judged.GetOrAdd(item.Item.Ref, _ =>
    {
        var candidates = Candidates(item);
        return [.. DuplicateLearner.JudgeFor(backlog).Judge(Features(item, candidates))
            .OrderByDescending(j => j.Probability).ThenByDescending(j => j.Score)
            .Take(Kept).Select(j => new SimilarReport(candidates[j.Candidate], j.Probability))];
    });

    /// <summary>Older items that share words or meaning, oldest first.</summary>
    public IReadOnlyList<OutlinedItem> Candidates(OutlinedItem item)
    {
        var own = place.GetValueOrDefault(item.Item.Ref, place.Count);
        var found = backlog.SimilarTo(item.Item, ByWords, r => place.TryGetValue(r, out var at) && at < own).Select(h => h.Item).ToHashSet();
        if (item.Vector is { } vector)
        {
            var nearest = new PriorityQueue<WorkItemRef, (double, int)>();
            foreach (var other in meanings.TakeWhile(m => place[m.Item.Ref] < own))
            {
                var key = (vector.Cosine(other.Vector!), place[other.Item.Ref]);
                if (nearest.Count < ByMeaning)
                    nearest.Enqueue(other.Item.Ref, key);
                else
                    nearest.EnqueueDequeue(other.Item.Ref, key);
            }

            found.UnionWith(nearest.UnorderedItems.Select(n => n.Element));
        }

        return [.. found.OrderBy(r => place[r]).Select(r => backlog.Find(r)!)];
    }

    public float[][] Features(OutlinedItem item, IReadOnlyList<OutlinedItem> candidates)
    {
        var own = place.GetValueOrDefault(item.Item.Ref, place.Count);
        return new PairComparison(Compared(item), corpus).Features([.. candidates.Select(c => (Compared(c), own - place[c.Item.Ref]))]);
    }

    private ComparedItem Compared(OutlinedItem item) =>
        compared.GetOrAdd(item.Item.Ref, _ => new ComparedItem(item.Item, backlog.Index.TermsOf(item.Item.Ref), item.Facts, item.Vector));
}

/// <param name="Probability">That a person would call the two duplicates.</param>
public sealed record SimilarReport(OutlinedItem Item, double Probability);
