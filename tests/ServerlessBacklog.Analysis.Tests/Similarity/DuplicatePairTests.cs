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
        List<(double[] Features, bool Yes)> samples = [.. Pairs.Value.Select(p => (p.Pair.Features(), p.Duplicate)), .. LabelledSiblings.Read()];

        var model = LogisticRegression.Fit(samples);

        model.Bias.ShouldBe(DuplicatePair.Model.Bias, 0.1);
        for (var i = 0; i < model.Weights.Count; i++)
            model.Weights[i].ShouldBe(DuplicatePair.Model.Weights[i], 0.1);
    }

    [Theory]
    [InlineData(0.60, 0.90)]
    [InlineData(0.33, 0.65)]
    public void Pairs_of_the_sample_at_or_above_a_probability_are_duplicates_as_often_as_promised(double probability, double precision)
    {
        var called = Pairs.Value.Where(p => p.Pair.Probability() >= probability).ToList();

        called.Count.ShouldBeGreaterThanOrEqualTo(5);
        (called.Count(p => p.Duplicate) / (double)called.Count).ShouldBeGreaterThanOrEqualTo(precision);
    }

    [Fact]
    public void Siblings_of_other_backlogs_that_reach_the_threshold_for_asking_are_duplicates_three_times_in_four()
    {
        var called = LabelledSiblings.Read().Where(s => DuplicatePair.Model.Probability(s.Features) >= 0.60).ToList();

        called.Count.ShouldBeGreaterThanOrEqualTo(15);
        (called.Count(s => s.Yes) / (double)called.Count).ShouldBeGreaterThanOrEqualTo(0.75);
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
    public void The_same_text_twice_is_likely_and_not_certain() =>
        new DuplicatePair(1, new TitleComparison(1, 0), ThingsDiffer: false, ThingsAgree: false, NumbersDiffer: false).Probability().ShouldBeInRange(0.7, 0.95);

    [Fact]
    public void Parts_one_and_two_differ_in_their_numbers() =>
        Compare("Fix the nightly build, part 1", "Fix the nightly build, part 2").NumbersDiffer.ShouldBeTrue();

    [Fact]
    public void A_title_that_only_adds_words_has_no_contrast_and_siblings_have()
    {
        Compare("Launch on Android", "Launch on Android is slow").Titles.Contrast.ShouldBe(0);
        Compare("Launch on Android", "Launch on Tizen").Titles.Contrast.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Titles_that_name_different_sites_disagree()
    {
        var pair = Compare("www.a.de - CSS is broken", "www.b.de - CSS is broken");

        pair.ThingsDiffer.ShouldBeTrue();
        pair.ThingsAgree.ShouldBeFalse();
    }

    [Fact]
    public void Titles_that_name_the_same_site_agree()
    {
        var pair = Compare("www.a.de - CSS is broken", "a layout fault on www.a.de");

        pair.ThingsDiffer.ShouldBeFalse();
        pair.ThingsAgree.ShouldBeTrue();
    }

    [Fact]
    public void A_site_that_only_one_title_names_says_nothing()
    {
        var pair = Compare("www.a.de - CSS is broken", "CSS is broken");

        pair.ThingsDiffer.ShouldBeFalse();
        pair.ThingsAgree.ShouldBeFalse();
    }

    private static DuplicatePair Compare(string left, string right)
    {
        var index = SearchIndex.Build([new(An.Ref(1), left, ""), new(An.Ref(2), right, "")]);
        return DuplicatePair.Compare(index, An.Ref(1), ItemFacts.Find(left, ""), An.Ref(2), ItemFacts.Find(right, ""));
    }
}
