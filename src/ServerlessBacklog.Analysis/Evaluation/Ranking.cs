namespace ServerlessBacklog.Analysis.Evaluation;

/// <summary>One question whose answer is a ranking: at which places (from 1, rising) the right ones stood, and how many right ones there are.</summary>
public sealed record Ranking(IReadOnlyList<int> Places, int Right)
{
    /// <summary>True when one of the right ones stands among the first <paramref name="k"/>.</summary>
    public bool HitWithin(int k) => Places.Count > 0 && Places[0] <= k;

    public double ReciprocalRank => Places.Count > 0 ? 1.0 / Places[0] : 0;

    /// <summary>Mean over the right ones of the precision at their place; one that is not ranked counts as 0.</summary>
    public double AveragePrecision => Places.Select((place, i) => (i + 1.0) / place).Sum() / Right;
}
