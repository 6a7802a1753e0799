using ServerlessBacklog.Analysis.Similarity.Duplicates;

namespace ServerlessBacklog.Analysis.Tests.Similarity.Duplicates;

public class DuplicateJudgeTests
{
    [Fact]
    public void Without_cases_the_weights_stay_as_they_are()
    {
        var shipped = ShippedJudge.For(encoder: true);

        var learned = shipped.Learn([], []);

        learned.Ranking.Weights.ShouldBe(shipped.Ranking.Weights);
        learned.Verdict.Weights.ShouldBe(shipped.Verdict.Weights);
    }

    [Fact]
    public void A_backlog_whose_duplicates_share_their_area_learns_to_put_such_candidates_first()
    {
        var shipped = ShippedJudge.For(encoder: false);
        List<DuplicateCase> cases = [.. Enumerable.Range(0, 80).Select(i => new DuplicateCase([Pair(0.5, sameArea: false), Pair(0.5, sameArea: true)], [false, true]))];

        var learned = shipped.Learn(cases, cases);

        learned.Judge([Pair(0.5, sameArea: true), Pair(0.52, sameArea: false)])[0].Candidate.ShouldBe(0);
        shipped.Judge([Pair(0.5, sameArea: true), Pair(0.52, sameArea: false)])[0].Candidate.ShouldBe(1);
    }

    [Fact]
    public void Where_alike_items_are_seldom_duplicates_the_probability_falls()
    {
        var shipped = ShippedJudge.For(encoder: false);
        var alike = Pair(0.9, sameArea: false);
        List<DuplicateCase> cases = [.. Enumerable.Range(0, 400).Select(i => new DuplicateCase([alike, Pair(0.1, sameArea: false)], [i % 20 == 0, false]))];

        var learned = shipped.Learn([.. cases.Where(c => c.IsDuplicate)], cases);

        learned.Judge([alike, Pair(0.1, sameArea: false)])[0].Probability.ShouldBeInRange(0.02, 0.12);
    }

    [Fact]
    public void No_candidate_gives_no_answer() => ShippedJudge.For(encoder: true).Judge([]).ShouldBeEmpty();

    [Fact]
    public void The_same_text_twice_is_likely_and_not_certain()
    {
        var same = new float[PairComparison.Size];
        foreach (var feature in (PairFeature[])[PairFeature.Words, PairFeature.WordsAgainstBest, PairFeature.Cosine, PairFeature.TitleTitle, PairFeature.BodyBody, PairFeature.TitleOverlap, PairFeature.TitleSpelling, PairFeature.Meaning, PairFeature.SameWeek])
            same[(int)feature] = 1;

        ShippedJudge.For(encoder: true).Judge([same])[0].Probability.ShouldBeInRange(0.6, 0.999);
    }

    private static float[] Pair(double alike, bool sameArea)
    {
        var features = new float[PairComparison.Size];
        features[(int)PairFeature.Words] = features[(int)PairFeature.Cosine] = features[(int)PairFeature.TitleTitle] = (float)alike;
        features[(int)PairFeature.SameArea] = sameArea ? 1 : 0;
        return features;
    }
}
