using ServerlessBacklog.Analysis.Calibration;

namespace ServerlessBacklog.Analysis.Similarity.Duplicates;

/// <summary>An item that was compared with older ones, and which of these it repeats; none where it is no duplicate.</summary>
public sealed record DuplicateCase(float[][] Candidates, bool[] Repeats)
{
    public bool IsDuplicate => Repeats.Contains(true);
}

/// <param name="Candidate">Place among the candidates that were given.</param>
/// <param name="Score">Higher is likelier; comparable within one question only.</param>
/// <param name="Probability">That a person would call the two duplicates: 0 … 1.</param>
public readonly record struct JudgedPair(int Candidate, double Score, double Probability);

/// <summary>
/// Two models over <see cref="PairFeature"/>s. One puts candidates into an order (<see cref="ChoiceModel"/>); the other says of each how likely it is a
/// duplicate at all, from its features and its lead over the rest, and is calibrated on later cases than it learned from (Platt 1999). All begin with
/// weights learned elsewhere and move away from them as the backlog's own duplicates say so; on a young backlog they stay where they are.
/// </summary>
public sealed class DuplicateJudge(ChoiceModel ranking, LogisticRegression verdict, LogisticRegression calibration)
{
    /// <summary>Chosen on the development sets; between 1 and 10 little changes.</summary>
    private const double RankingRidge = 3;
    private const double VerdictRidge = 2;
    private const double CalibrationRidge = 1;

    /// <summary>Newest cases that are learned from: duplicates for the order, all for the verdict.</summary>
    public const int MostCases = 3000;

    /// <summary>Share of the cases after which the verdict is calibrated on those that follow.</summary>
    private const double CalibratedFrom = 0.6;

    /// <summary>Candidates of one case that the verdict learns from: those below are never asked about.</summary>
    private const int Asked = 3;

    private const double LongestLead = 6;

    public ChoiceModel Ranking { get; } = ranking;

    public LogisticRegression Verdict { get; } = verdict;

    /// <summary>Bias and slope on the verdict's log-odds.</summary>
    public LogisticRegression Calibration { get; } = calibration;

    /// <summary>These models, moved by a backlog's own cases.</summary>
    /// <param name="duplicates">Cases that are duplicates, oldest first: the order is learned from them.</param>
    /// <param name="recent">The newest cases of both kinds as they came in, oldest first: how often an item is a duplicate is learned from them.</param>
    public DuplicateJudge Learn(IReadOnlyList<DuplicateCase> duplicates, IReadOnlyList<DuplicateCase> recent)
    {
        var cut = (int)(recent.Count * CalibratedFrom);
        var later = recent.Skip(cut).ToHashSet();
        var earlier = Fit([.. duplicates.Where(d => !later.Contains(d))], [.. recent.Take(cut)]);
        var tried = recent.Skip(cut).Where(c => c.Candidates.Length > 0).Select(c =>
        {
            var top = earlier.Order(c.Candidates)[0];
            return (new[] { PlattConfidence.LogOdds(earlier.Raw(c.Candidates[top.Candidate], top)) }, c.Repeats[top.Candidate]);
        }).ToList();
        var fitted = Fit(duplicates, recent);
        return new DuplicateJudge(fitted.Ranking, fitted.Verdict, LogisticRegression.Fit(tried, CalibrationRidge, prior: Calibration));
    }

    /// <summary>All candidates, likeliest first; of equal ones the later.</summary>
    public IReadOnlyList<JudgedPair> Judge(float[][] candidates) =>
        [.. Order(candidates).Select(o => new JudgedPair(o.Candidate, o.Score, Calibration.Probability(PlattConfidence.LogOdds(Raw(candidates[o.Candidate], o)))))];

    private DuplicateJudge Fit(IReadOnlyList<DuplicateCase> duplicates, IReadOnlyList<DuplicateCase> recent)
    {
        var order = Ranking.Fit([.. duplicates.TakeLast(MostCases).Select(c => new Choice(c.Candidates, c.Repeats))], RankingRidge);
        var judge = new DuplicateJudge(order, Verdict, Calibration);
        var samples = recent.TakeLast(MostCases)
            .SelectMany(c => judge.Order(c.Candidates).Take(Asked).Select(o => (VerdictFeatures(c.Candidates[o.Candidate], o), c.Repeats[o.Candidate])))
            .ToList();
        return new DuplicateJudge(order, LogisticRegression.Fit(samples, VerdictRidge, prior: Verdict), Calibration);
    }

    private List<Ordered> Order(float[][] candidates)
    {
        var scores = candidates.Select((c, i) => (Score: Ranking.Score(c), Place: i)).OrderByDescending(s => s.Score).ThenByDescending(s => s.Place).ToList();
        if (scores.Count == 0)
            return [];
        var top = scores[0].Score;
        var sum = scores.Sum(s => Math.Exp(s.Score - top));
        return [.. scores.Select((s, rank) => new Ordered(s.Place, s.Score, Math.Exp(s.Score - top) / sum, LeadOf(rank)))];

        double LeadOf(int rank) => Math.Clamp(rank > 0 ? scores[rank].Score - top : scores.Count > 1 ? top - scores[1].Score : LongestLead, -LongestLead, LongestLead);
    }

    private double Raw(float[] features, Ordered at) => Verdict.Probability(VerdictFeatures(features, at));

    private static double[] VerdictFeatures(float[] features, Ordered at) => [.. features, at.Share, at.Lead];

    /// <param name="Share">Of the ranking's probability.</param>
    /// <param name="Lead">Over the best other one, in score.</param>
    private readonly record struct Ordered(int Candidate, double Score, double Share, double Lead);
}
