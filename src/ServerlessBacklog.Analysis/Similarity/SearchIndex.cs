using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Similarity;

/// <summary>What is indexed of one item.</summary>
public sealed record IndexedText(WorkItemRef Ref, string Title, string Body);

/// <param name="Score">Cosine of the two weighted term vectors: 0 (nothing in common) … 1 (same text).</param>
public readonly record struct SearchHit(WorkItemRef Item, double Score);

/// <param name="Overlap">idf of the shared terms over idf of all terms of both titles (weighted Jaccard): 0 … 1.</param>
/// <param name="Contrast">
/// Rarity of the rarest term that only one title has, the less rare of the two sides, over ln(N + 2): 0 when one title holds all of the other, near
/// 1 when each names something of its own, as siblings do ("Android launch", "iOS launch").
/// </param>
public readonly record struct TitleComparison(double Overlap, double Contrast);

/// <summary>
/// Finds items whose words resemble another's. Each item is a vector of terms; a term weighs by its rarity in the backlog (idf) and by
/// how often it stands in title and body, saturated and length-normalised as in BM25F (Robertson, Zaragoza, Taylor 2004, "Simple BM25
/// Extension to Multiple Weighted Fields"); two items compare by cosine. Immutable and safe for many threads.
/// </summary>
public sealed class SearchIndex
{
    private readonly IndexedTerms documents;
    private readonly Dictionary<WorkItemRef, int> position;
    private readonly Postings postings;

    internal SearchIndex(IndexedTerms documents)
    {
        this.documents = documents;
        position = new Dictionary<WorkItemRef, int>(documents.Count);
        for (var i = 0; i < documents.Count; i++)
            position[documents.RefAt(i)] = i;
        postings = new Postings(documents);
    }

    public int Count => documents.Count;

    public int VocabularySize => documents.Vocabulary.Count;

    /// <summary>Indexes the texts; the last one of a ref wins.</summary>
    public static SearchIndex Build(IEnumerable<IndexedText> texts) => new(IndexedTerms.From(texts));

    /// <summary>
    /// The same index with some items replaced, added, or taken out. Texts that stay are not cut into terms
    /// again.
    /// </summary>
    public SearchIndex With(IEnumerable<IndexedText> changed, IEnumerable<WorkItemRef> removed) =>
        new(documents.With(changed, removed));

    /// <summary>Writes the index in a compact form that <see cref="Load"/> reads.</summary>
    public void Save(Stream stream) => documents.Save(stream);

    /// <exception cref="InvalidDataException">The stream holds something else, or another version.</exception>
    public static SearchIndex Load(Stream stream) => new(IndexedTerms.Load(stream));

    public bool Contains(WorkItemRef item) => position.ContainsKey(item);

    public string Term(int id) => documents.Vocabulary.Term(id);

    /// <summary>In how many items the term stands.</summary>
    public int DocumentFrequency(int term) => postings.DocumentFrequency(term);

    /// <summary>The terms of an indexed item with their counts; empty for an unknown item. Sorted by term id.</summary>
    public ReadOnlySpan<TermCount> TermsOf(WorkItemRef item) => position.TryGetValue(item, out var at) ? documents.TermsAt(at) : [];

    /// <summary>The terms of a text that need not be indexed; terms unknown to the index are left out.</summary>
    public TermCount[] TermsOf(string title, string body) =>
        // The vocabulary keeps the terms of items that were taken out.
        [.. documents.Vocabulary.CountKnown(title, body).Where(t => postings.DocumentFrequency(t.Term) > 0)];

    /// <summary>The items most like an indexed one, best first, itself left out; empty for an unknown item.</summary>
    /// <param name="accept">Items that may be found; all when null. Called for every candidate with a score above zero.</param>
    public IReadOnlyList<SearchHit> Search(WorkItemRef item, int limit, Func<WorkItemRef, bool>? accept = null) =>
        Search(TermsOf(item), limit, item, accept);

    /// <summary>The items most like a text, best first.</summary>
    public IReadOnlyList<SearchHit> Search(string title, string body, int limit, Func<WorkItemRef, bool>? accept = null) =>
        Search(TermsOf(title, body), limit, null, accept);

    /// <summary>Cosine of two indexed items, 0 … 1; 0 when one is unknown.</summary>
    public double Similarity(WorkItemRef left, WorkItemRef right) => Math.Min(Products(left, right).Sum(p => p.Share), 1);

    /// <summary>The terms that two items share, each with its addend of their <see cref="Similarity"/>, largest first.</summary>
    public IReadOnlyList<(string Term, double Share)> SharedTerms(WorkItemRef left, WorkItemRef right, int limit) =>
        [.. Products(left, right).OrderByDescending(p => p.Share).Take(limit).Select(p => (Term(p.Term), p.Share))];

    /// <summary>How two titles compare, by the rarity of their terms.</summary>
    public TitleComparison CompareTitles(WorkItemRef left, WorkItemRef right)
    {
        var (here, there) = (TitleTerms(left), TitleTerms(right));
        double shared = 0, all = 0, onlyHere = 0, onlyThere = 0;
        foreach (var term in here)
        {
            var rarity = postings.Rarity(term);
            all += rarity;
            if (there.Contains(term))
                shared += rarity;
            else
                onlyHere = Math.Max(onlyHere, rarity);
        }

        foreach (var term in there.Where(t => !here.Contains(t)))
        {
            all += postings.Rarity(term);
            onlyThere = Math.Max(onlyThere, postings.Rarity(term));
        }

        return new TitleComparison(all > 0 ? shared / all : 0, Math.Min(onlyHere, onlyThere) / Math.Log(Count + 2));
    }

    private HashSet<int> TitleTerms(WorkItemRef item)
    {
        var terms = new HashSet<int>();
        foreach (var term in TermsOf(item))
        {
            if (term.Title > 0)
                terms.Add(term.Term);
        }

        return terms;
    }

    private List<(int Term, double Share)> Products(WorkItemRef left, WorkItemRef right)
    {
        var weights = postings.Weigh(TermsOf(right)).ToDictionary(w => w.Term, w => w.Weight);
        var products = new List<(int, double)>();
        foreach (var (term, weight) in postings.Weigh(TermsOf(left)))
        {
            if (weights.TryGetValue(term, out var other))
                products.Add((term, (double)weight * other));
        }

        return products;
    }

    private List<SearchHit> Search(ReadOnlySpan<TermCount> query, int limit, WorkItemRef? self, Func<WorkItemRef, bool>? accept)
    {
        var scores = postings.Score(query);
        try
        {
            var best = new PriorityQueue<int, long>();
            var least = 0f;
            for (var i = 0; i < Count; i++)
            {
                var score = scores[i];
                if (score <= least)
                    continue;
                var reference = documents.RefAt(i);
                if (reference.Equals(self) || accept?.Invoke(reference) == false)
                    continue;
                if (best.Count == limit)
                    best.DequeueEnqueue(i, Rank(score, i));
                else
                    best.Enqueue(i, Rank(score, i));
                if (best.Count == limit)
                    least = scores[best.Peek()];
            }

            var hits = new SearchHit[best.Count];
            for (var rank = hits.Length - 1; rank >= 0; rank--)
            {
                var i = best.Dequeue();
                hits[rank] = new SearchHit(documents.RefAt(i), Math.Min(scores[i], 1));
            }

            return [.. hits];
        }
        finally
        {
            Postings.Return(scores);
        }
    }

    /// <summary>Orders by score, then by place, as one number: positive floats compare as their bits do.</summary>
    private static long Rank(float score, int place) => ((long)BitConverter.SingleToUInt32Bits(score) << 32) | (uint)(int.MaxValue - place);
}
