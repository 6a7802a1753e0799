using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Similarity;

/// <summary>What is compared of two items to tell how likely they mean the same.</summary>
/// <param name="Cosine"><see cref="SearchIndex.Similarity"/>.</param>
/// <param name="TitleOverlap"><see cref="SearchIndex.TitleOverlap"/>.</param>
/// <param name="TitlesDisagree">Both titles name a site, file or error, and none is the same.</param>
/// <param name="TitlesAgree">Both titles name the same site, file or error.</param>
public readonly record struct DuplicatePair(double Cosine, double TitleOverlap, bool TitlesDisagree, bool TitlesAgree)
{
    /// <summary>Nothing read from words alone is surer than this.</summary>
    public const double Ceiling = 0.97;

    /// <summary>
    /// Two titles that name different things are related at most, however alike their other words: <c>www.a.org is broken</c> and
    /// <c>www.b.org is broken</c>.
    /// </summary>
    public const double DisagreeCeiling = 0.45;

    /// <summary>
    /// Fitted on SeaMonkey's tracker 2020–2025, the three likeliest earlier reports of each report (3,213 pairs, 69 of them duplicates
    /// by the tracker or by the hand-made labels in <c>tests/fixtures/duplicate-labels.tsv</c>); a test fits it again.
    /// </summary>
    public static LogisticRegression Model { get; } = new(-5.56, [5.45, 6.22, -3.51, -1.07]);

    public static DuplicatePair Compare(
        SearchIndex index, WorkItemRef left, IReadOnlyList<ItemFact> leftFacts, WorkItemRef right, IReadOnlyList<ItemFact> rightFacts)
    {
        var (here, there) = (TitleThings(leftFacts), TitleThings(rightFacts));
        var agree = here.Overlaps(there);
        return new DuplicatePair(
            index.Similarity(left, right), index.TitleOverlap(left, right), here.Count > 0 && there.Count > 0 && !agree, agree);
    }

    /// <summary>Probability that a person would call the two duplicates: 0 … <see cref="Ceiling"/>.</summary>
    public double Probability() => Math.Min(TitlesDisagree ? DisagreeCeiling : Ceiling, Model.Probability(Features()));

    public double[] Features() => [Cosine, TitleOverlap, TitlesDisagree ? 1 : 0, TitlesAgree ? 1 : 0];

    private static HashSet<string> TitleThings(IReadOnlyList<ItemFact> facts) =>
        [.. facts.Where(f => f.InTitle && f.Kind is FactKind.Site or FactKind.File or FactKind.Error).Select(f => f.Value)];
}
