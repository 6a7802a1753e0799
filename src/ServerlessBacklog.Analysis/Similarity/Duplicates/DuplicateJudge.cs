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
/// duplicate at all, from its features and its lead over the rest. Both begin with weights learned elsewhere and move away from them as the backlog's own
/// duplicates say so; on a young backlog they stay where they are.
/// </summary>
public sealed class DuplicateJudge(ChoiceModel ranking, LogisticRegression verdict)
{
    /// <summary>Chosen by cross-validation over the development sets; between 1 and 10 little changes.</summary>
    private const double RankingRidge = 3;
    private const double VerdictRidge = 2;

    /// <summary>Newest cases of each kind that are learned from.</summary>
    public const int MostCases = 3000;

    /// <summary>Candidates of one case that the verdict learns from: those below are never asked about.</summary>
    private const int Asked = 3;

    private const double LongestLead = 6;

    public ChoiceModel Ranking { get; } = ranking;

    public LogisticRegression Verdict { get; } = verdict;

    /// <summary>These models, moved by a backlog's own cases, oldest first.</summary>
    public DuplicateJudge Learn(IReadOnlyList<DuplicateCase> cases)
    {
        var duplicates = cases.Where(c => c.IsDuplicate).TakeLast(MostCases).ToList();
        var ranking = Ranking.Fit([.. duplicates.Select(c => new Choice(c.Candidates, c.Repeats))], RankingRidge);
        var judge = new DuplicateJudge(ranking, Verdict);
        var samples = duplicates.Concat(cases.Where(c => !c.IsDuplicate).TakeLast(MostCases))
            .SelectMany(c => judge.Order(c.Candidates).Take(Asked).Select(o => (judge.VerdictFeatures(c.Candidates[o.Candidate], o), c.Repeats[o.Candidate])))
            .ToList();
        return new DuplicateJudge(ranking, LogisticRegression.Fit(samples, VerdictRidge, prior: Verdict));
    }

    /// <summary>All candidates, likeliest first; of equal ones the later.</summary>
    public IReadOnlyList<JudgedPair> Judge(float[][] candidates) =>
        [.. Order(candidates).Select(o => new JudgedPair(o.Candidate, o.Score, Verdict.Probability(VerdictFeatures(candidates[o.Candidate], o))))];

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

    private double[] VerdictFeatures(float[] features, Ordered at) => [.. features, at.Share, at.Lead];

    /// <param name="Share">Of the ranking's probability.</param>
    /// <param name="Lead">Over the best other one, in score.</param>
    private readonly record struct Ordered(int Candidate, double Score, double Share, double Lead);
}
