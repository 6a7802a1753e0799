using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Similarity;

public class DuplicatePairTests
{
    private static readonly Lazy<LabelledReports> Reports = new(() => LabelledReports.Read());

    private static readonly Lazy<List<(DuplicatePair Pair, bool Duplicate)>> Pairs = new(() => Reports.Value.Pairs(perReport: 3));

    [Fact]
    public void The_shipped_model_is_what_the_labelled_pairs_give()
    {
        var model = LogisticRegression.Fit([.. Pairs.Value.Select(p => (p.Pair.Features(), p.Duplicate))]);

        model.Bias.ShouldBe(DuplicatePair.Model.Bias, 0.5);
        for (var i = 0; i < model.Weights.Count; i++)
            model.Weights[i].ShouldBe(DuplicatePair.Model.Weights[i], 0.5);
    }

    [Theory]
    [InlineData(0.90, 0.90)]
    [InlineData(0.50, 0.70)]
    public void Pairs_at_or_above_a_probability_are_duplicates_as_often_as_promised(double probability, double precision)
    {
        var called = Pairs.Value.Where(p => p.Pair.Probability() >= probability).ToList();

        called.Count.ShouldBeGreaterThanOrEqualTo(5);
        (called.Count(p => p.Duplicate) / (double)called.Count).ShouldBeGreaterThanOrEqualTo(precision);
    }

    [Fact]
    public void Nine_in_ten_of_the_trackers_own_duplicates_find_an_earlier_report_of_their_group_among_ten()
    {
        var queries = Reports.Value.Refs.Where(Reports.Value.HasEarlierMember).ToList();

        var found = queries.Count(q => Reports.Value.Earlier(q, 10).Any(h => Reports.Value.SameGroup(q, h.Item)));

        queries.Count.ShouldBe(46);
        (found / (double)queries.Count).ShouldBeGreaterThanOrEqualTo(0.87);
    }

    [Fact]
    public void Words_alone_are_never_surer_than_the_ceiling() =>
        new DuplicatePair(1, 1, TitlesDisagree: false, TitlesAgree: false).Probability().ShouldBe(DuplicatePair.Ceiling);

    [Fact]
    public void Titles_that_name_different_sites_disagree()
    {
        var pair = Compare("www.a.de - CSS is broken", "www.b.de - CSS is broken");

        pair.TitlesDisagree.ShouldBeTrue();
        pair.TitlesAgree.ShouldBeFalse();
    }

    [Fact]
    public void Titles_that_name_the_same_site_agree()
    {
        var pair = Compare("www.a.de - CSS is broken", "a layout fault on www.a.de");

        pair.TitlesDisagree.ShouldBeFalse();
        pair.TitlesAgree.ShouldBeTrue();
    }

    [Fact]
    public void A_site_that_only_one_title_names_says_nothing()
    {
        var pair = Compare("www.a.de - CSS is broken", "CSS is broken");

        pair.TitlesDisagree.ShouldBeFalse();
        pair.TitlesAgree.ShouldBeFalse();
    }

    private static DuplicatePair Compare(string left, string right)
    {
        var index = SearchIndex.Build([new(An.Ref(1), left, ""), new(An.Ref(2), right, "")]);
        return DuplicatePair.Compare(index, An.Ref(1), ItemFacts.Find(left, ""), An.Ref(2), ItemFacts.Find(right, ""));
    }
}
