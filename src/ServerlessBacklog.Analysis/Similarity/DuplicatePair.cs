using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Similarity;

/// <summary>What is compared of two items to tell how likely they mean the same.</summary>
/// <param name="Cosine"><see cref="SearchIndex.Similarity"/>.</param>
/// <param name="ThingsDiffer">Both titles name a site, file or error, and none is the same.</param>
/// <param name="ThingsAgree">Both titles name the same site, file or error.</param>
/// <param name="NumbersDiffer">Both titles hold numbers or versions, and none is the same: "part 1", "part 2".</param>
public readonly record struct DuplicatePair(double Cosine, TitleComparison Titles, bool ThingsDiffer, bool ThingsAgree, bool NumbersDiffer)
{
    /// <summary>
    /// Fitted on 3,345 pairs: SeaMonkey's tracker 2020–2025, the three likeliest earlier reports of each report (71 duplicates by the
    /// tracker or by hand), and 132 hand-labelled pairs of other backlogs that an earlier fit had taken for duplicates (34 were). Labels:
    /// <c>tests/fixtures/duplicate-*.tsv</c>; a test fits it again.
    /// </summary>
    public static LogisticRegression Model { get; } = new(-3.97, [1.93, 3.45, -2.62, 0.46, -0.28, -1.00]);

    public static DuplicatePair Compare(
        SearchIndex index, WorkItemRef left, IReadOnlyList<ItemFact> leftFacts, WorkItemRef right, IReadOnlyList<ItemFact> rightFacts)
    {
        var (things, otherThings) = (InTitle(leftFacts, IsThing), InTitle(rightFacts, IsThing));
        var (numbers, otherNumbers) = (InTitle(leftFacts, IsNumber), InTitle(rightFacts, IsNumber));
        return new DuplicatePair(
            index.Similarity(left, right),
            index.CompareTitles(left, right),
            Differ(things, otherThings),
            things.Overlaps(otherThings),
            Differ(numbers, otherNumbers));
    }

    /// <summary>Probability that a person would call the two duplicates; the same text twice gets 0.80, or 0.87 where its title names a site, file or error.</summary>
    public double Probability() => Model.Probability(Features());

    public double[] Features() =>
        [Cosine, Titles.Overlap, ThingsDiffer ? 1 : 0, ThingsAgree ? 1 : 0, NumbersDiffer ? 1 : 0, Titles.Contrast];

    private static HashSet<string> InTitle(IReadOnlyList<ItemFact> facts, Func<FactKind, bool> which) =>
        [.. facts.Where(f => f.InTitle && which(f.Kind)).Select(f => f.Value)];

    private static bool Differ(HashSet<string> left, HashSet<string> right) => left.Count > 0 && right.Count > 0 && !left.Overlaps(right);

    private static bool IsThing(FactKind kind) => kind is FactKind.Site or FactKind.File or FactKind.Error;

    private static bool IsNumber(FactKind kind) => kind is FactKind.Number or FactKind.Version;
}
