using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Evaluation.Baselines;
using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Evaluation.Duplicates;

/// <summary>How one tracker's duplicates were ranked, by us and by the baselines, and what was said of all its reports.</summary>
/// <param name="Ours">One ranking a duplicate of the asked part.</param>
/// <param name="Baselines">The same questions, by baseline.</param>
/// <param name="Verdicts">One a report of the asked part.</param>
/// <param name="Duplicates">Reports of the asked part that are duplicates of an earlier one.</param>
internal sealed record RankedTracker(
    IReadOnlyList<Ranking> Ours, IReadOnlyDictionary<string, IReadOnlyList<Ranking>> Baselines, IReadOnlyList<CaseOutcome> Verdicts, int Duplicates, bool IsWhole)
{
    /// <summary>Places that are looked at.</summary>
    private const int Ranked = 1000;

    private static readonly (string Name, BaselineKind Kind, int TitleWeight)[] Methods =
        [("tfidf", BaselineKind.TfIdf, 1), ("tfidf_title3", BaselineKind.TfIdf, 3), ("bm25", BaselineKind.Bm25, 1), ("bm25_title3", BaselineKind.Bm25, 3)];

    public static RankedTracker Measure(
        IReadOnlyList<LabelledItem> items, DuplicateGroups groups, int start, ITextEncoder? encoder, CancellationToken cancellation)
    {
        var baselines = Methods.AsParallel().AsOrdered().Select(m => (m.Name, Rankings: Baseline(items, groups, start, m.Kind, m.TitleWeight))).ToList();
        var learner = new LearningJudge(ShippedJudge.For(encoder is not null));
        var duplicates = 0;
        var (ours, verdicts) = (new List<Ranking>(), new List<CaseOutcome>());
        foreach (var report in ReportHistory.Replay(items, groups, encoder, cancellation))
        {
            if (report.Place >= start)
            {
                var judged = learner.Judge.Judge(report.Features);
                if (report.RepeatedByLink.Count > 0)
                    ours.Add(RankingOf([.. judged.Select(j => report.Candidates[j.Candidate]), .. report.Behind], report.RepeatedByLink));
                duplicates += report.Repeated.Count > 0 ? 1 : 0;
                verdicts.Add(judged.Count == 0 ? new CaseOutcome(0, false) : LikeliestOf(judged, report));
            }

            learner.Add(report);
        }

        return new RankedTracker(ours, baselines.ToDictionary(b => b.Name, b => (IReadOnlyList<Ranking>)b.Rankings), verdicts, duplicates, start == 0);
    }

    public static RankedTracker Pooled(IReadOnlyList<RankedTracker> trackers) => new(
        [.. trackers.SelectMany(t => t.Ours)],
        Methods.ToDictionary(m => m.Name, m => (IReadOnlyList<Ranking>)[.. trackers.SelectMany(t => t.Baselines[m.Name])]),
        [.. trackers.SelectMany(t => t.Verdicts)],
        trackers.Sum(t => t.Duplicates),
        trackers.All(t => t.IsWhole));

    public Measured Summary(string? note)
    {
        var answered = Verdicts.Where(v => v.Confidence >= DuplicateModel.CommentAt).ToList();
        var right = answered.Count(v => v.Right);
        var best = Baselines.MaxBy(b => b.Value.Average(r => r.AveragePrecision) + b.Value.Average(r => r.HitWithin(10) ? 1.0 : 0)).Key;
        return new Measured(Ours.Count, new Dictionary<string, double>(Figures(Ours))
        {
            [Figure.Precision] = answered.Count == 0 ? double.NaN : (double)right / answered.Count,
            [Figure.Recall] = (double)right / Duplicates,
            [Figure.Answered] = (double)answered.Count / Verdicts.Count,
            [Figure.Ece] = Reliability.Error(Verdicts),
        })
        {
            Baselines = Baselines.ToDictionary(b => b.Key, b => (IReadOnlyDictionary<string, double>)Figures(b.Value)),
            Intervals = Compared.ToDictionary(c => c.Name, c => Bootstrap.OfMean([.. Ours.Select(c.Of)])),
            Gains = Compared.ToDictionary(c => c.Name, c => Bootstrap.OfMean([.. Ours.Zip(Baselines[best], (o, b) => c.Of(o) - c.Of(b))])),
            GainsOver = best,
            Note = note,
        };
    }

    private static CaseOutcome LikeliestOf(IReadOnlyList<JudgedPair> judged, AskedReport report)
    {
        var likeliest = judged.MaxBy(j => j.Probability);
        return new CaseOutcome(likeliest.Probability, report.Repeated.Contains(report.Candidates[likeliest.Candidate]));
    }

    private static readonly (string Name, Func<Ranking, double> Of)[] Compared =
    [
        (Figure.RecallAt1, r => r.HitWithin(1) ? 1 : 0), (Figure.RecallAt5, r => r.HitWithin(5) ? 1 : 0), (Figure.RecallAt10, r => r.HitWithin(10) ? 1 : 0),
        (Figure.RecallAt20, r => r.HitWithin(20) ? 1 : 0), (Figure.Mrr, r => r.ReciprocalRank), (Figure.Map, r => r.AveragePrecision),
    ];

    private static Dictionary<string, double> Figures(IReadOnlyList<Ranking> rankings) => Compared.ToDictionary(c => c.Name, c => rankings.Average(c.Of));

    private static List<Ranking> Baseline(IReadOnlyList<LabelledItem> items, DuplicateGroups groups, int start, BaselineKind kind, int titleWeight)
    {
        var index = new BaselineIndex(kind);
        var rankings = new List<Ranking>();
        for (var i = 0; i < items.Count; i++)
        {
            var bag = BagOfWords.Of(items[i].Item.Title, items[i].Item.Body, titleWeight);
            if (i >= start && groups.EarlierByLink(i) is { Count: > 0 } earlier)
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
