using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Evaluation.Baselines;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Evaluation.Duplicates;

/// <summary>How one tracker's duplicates were ranked, by us and by the baselines, and what was said of all its reports.</summary>
/// <param name="Ours">One ranking a duplicate of the asked part.</param>
/// <param name="Baselines">The same questions, by baseline.</param>
/// <param name="Verdicts">One a report of the asked part.</param>
internal sealed record RankedTracker(
    IReadOnlyList<Ranking> Ours, IReadOnlyDictionary<string, IReadOnlyList<Ranking>> Baselines, IReadOnlyList<CaseOutcome> Verdicts, bool IsWhole)
{
    /// <summary>Places that are looked at.</summary>
    private const int Ranked = 1000;

    /// <summary>The models learn anew when the known duplicates have grown by a quarter.</summary>
    private const double Growth = 1.25;
    private const int FewestToLearn = 8;

    private static readonly (string Name, BaselineKind Kind, int TitleWeight)[] Methods =
        [("tfidf", BaselineKind.TfIdf, 1), ("tfidf_title3", BaselineKind.TfIdf, 3), ("bm25", BaselineKind.Bm25, 1), ("bm25_title3", BaselineKind.Bm25, 3)];

    public static RankedTracker Measure(
        IReadOnlyList<LabelledItem> items, DuplicateGroups groups, int start, ITextEncoder? encoder, CancellationToken cancellation)
    {
        var baselines = Methods.AsParallel().AsOrdered().Select(m => (m.Name, Rankings: Baseline(items, groups, start, m.Kind, m.TitleWeight))).ToList();
        var vocabulary = SearchIndex.Build(items.Select(i => BacklogSnapshot.IndexedTextOf(i.Item)));
        var compared = items.AsParallel().AsOrdered().WithCancellation(cancellation).Select(i => ReportStream.Compared(i, vocabulary, encoder)).ToList();
        var stream = new ReportStream();
        var shipped = ShippedJudge.For(encoder is not null);
        var (judge, learnedAt, cases) = (shipped, 0, new List<DuplicateCase>());
        var (ours, verdicts) = (new List<Ranking>(), new List<CaseOutcome>());
        for (var i = 0; i < items.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var earlier = groups.Earlier(i);
            var known = cases.Count(c => c.IsDuplicate);
            if (known >= FewestToLearn && known >= learnedAt * Growth)
                (judge, learnedAt) = (shipped.Learn(cases), known);
            var candidates = stream.Candidates(compared[i], Ranked, out var behind);
            var features = stream.Compare(compared[i], candidates);
            if (i >= start)
            {
                var judged = judge.Judge(features);
                if (earlier.Count > 0)
                    ours.Add(RankingOf([.. judged.Select(j => candidates[j.Candidate]), .. behind], earlier));
                verdicts.Add(judged.Count == 0 ? new CaseOutcome(0, false) : new CaseOutcome(judged[0].Probability, earlier.Contains(candidates[judged[0].Candidate])));
            }

            bool[] repeats = [.. candidates.Select(earlier.Contains)];
            if (candidates.Count > 0 && (earlier.Count == 0 || repeats.Contains(true)))
                cases.Add(new DuplicateCase(features, repeats));
            stream.Add(compared[i]);
        }

        return new RankedTracker(ours, baselines.ToDictionary(b => b.Name, b => b.Rankings), verdicts, start == 0);
    }

    public static RankedTracker Pooled(IReadOnlyList<RankedTracker> trackers) => new(
        [.. trackers.SelectMany(t => t.Ours)],
        Methods.ToDictionary(m => m.Name, m => (IReadOnlyList<Ranking>)[.. trackers.SelectMany(t => t.Baselines[m.Name])]),
        [.. trackers.SelectMany(t => t.Verdicts)],
        trackers.All(t => t.IsWhole));

    public Measured Summary(string? note)
    {
        var answered = Verdicts.Where(v => v.Confidence >= DuplicateModel.CommentAt).ToList();
        var right = answered.Count(v => v.Right);
        var best = Baselines.MaxBy(b => b.Value.Average(r => r.AveragePrecision) + b.Value.Average(r => r.HitWithin(10) ? 1.0 : 0)).Key;
        return new Measured(Ours.Count, new Dictionary<string, double>(Figures(Ours))
        {
            [Figure.Precision] = answered.Count == 0 ? double.NaN : (double)right / answered.Count,
            [Figure.Recall] = (double)right / Ours.Count,
            [Figure.Answered] = (double)answered.Count / Verdicts.Count,
            [Figure.Ece] = Reliability.Error(Verdicts),
        })
        {
            Baselines = Baselines.ToDictionary(b => b.Key, b => Figures(b.Value)),
            Intervals = Compared.ToDictionary(c => c.Name, c => Bootstrap.OfMean([.. Ours.Select(c.Of)])),
            Gains = Compared.ToDictionary(c => c.Name, c => Bootstrap.OfMean([.. Ours.Zip(Baselines[best], (o, b) => c.Of(o) - c.Of(b))])),
            GainsOver = best,
            Note = note,
        };
    }

    private static readonly (string Name, Func<Ranking, double> Of)[] Compared =
    [
        (Figure.RecallAt1, r => r.HitWithin(1) ? 1 : 0), (Figure.RecallAt5, r => r.HitWithin(5) ? 1 : 0), (Figure.RecallAt10, r => r.HitWithin(10) ? 1 : 0),
        (Figure.RecallAt20, r => r.HitWithin(20) ? 1 : 0), (Figure.Mrr, r => r.ReciprocalRank), (Figure.Map, r => r.AveragePrecision),
    ];

    private static IReadOnlyDictionary<string, double> Figures(IReadOnlyList<Ranking> rankings) => Compared.ToDictionary(c => c.Name, c => rankings.Average(c.Of));

    private static IReadOnlyList<Ranking> Baseline(IReadOnlyList<LabelledItem> items, DuplicateGroups groups, int start, BaselineKind kind, int titleWeight)
    {
        var index = new BaselineIndex(kind);
        var rankings = new List<Ranking>();
        for (var i = 0; i < items.Count; i++)
        {
            var bag = BagOfWords.Of(items[i].Item.Title, items[i].Item.Body, titleWeight);
            if (i >= start && groups.Earlier(i) is { Count: > 0 } earlier)
                rankings.Add(RankingOf([.. index.Search(bag, Ranked).Select(h => h.Document)], earlier));
            index.Add(bag);
        }

        return rankings;
    }

    private static Ranking RankingOf(IReadOnlyList<int> ranked, IReadOnlyList<int> right)
    {
        var wanted = right.ToHashSet();
        return new Ranking([.. ranked.Take(Ranked).Select((report, i) => (report, Place: i + 1)).Where(r => wanted.Contains(r.report)).Select(r => r.Place)], right.Count);
    }
}
