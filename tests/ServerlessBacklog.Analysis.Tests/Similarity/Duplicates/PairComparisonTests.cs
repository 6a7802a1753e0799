using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Similarity.Duplicates;

public class PairComparisonTests
{
    [Fact]
    public void Parts_one_and_two_differ_in_their_numbers() =>
        Compare("Fix the nightly build, part 1", "Fix the nightly build, part 2")[(int)PairFeature.NumbersDiffer].ShouldBe(1);

    [Fact]
    public void A_title_that_only_adds_words_has_no_contrast_and_siblings_have()
    {
        Compare("Launch on Android", "Launch on Android is slow")[(int)PairFeature.TitleContrast].ShouldBe(0);
        Compare("Launch on Android", "Launch on Tizen")[(int)PairFeature.TitleContrast].ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("www.a.de - CSS is broken", "www.b.de - CSS is broken", true, false)]
    [InlineData("www.a.de - CSS is broken", "a layout fault on www.a.de", false, true)]
    [InlineData("www.a.de - CSS is broken", "CSS is broken", false, false)]
    public void Sites_files_and_errors_in_titles_agree_differ_or_say_nothing(string left, string right, bool differ, bool agree)
    {
        var features = Compare(left, right);

        features[(int)PairFeature.ThingsDiffer].ShouldBe(differ ? 1 : 0);
        features[(int)PairFeature.ThingsAgree].ShouldBe(agree ? 1 : 0);
    }

    [Fact]
    public void The_same_text_scores_as_high_as_a_text_can_and_another_text_lower()
    {
        var same = Compare("Crash while printing a long mail", "Crash while printing a long mail");
        var other = Compare("Crash while printing a long mail", "Folder pane forgets its width");

        same[(int)PairFeature.Cosine].ShouldBe(1, 0.001);
        same[(int)PairFeature.TitleOverlap].ShouldBe(1, 0.001);
        same[(int)PairFeature.TitleSpelling].ShouldBe(1, 0.001);
        same[(int)PairFeature.Words].ShouldBeInRange(0.95f, 1.05f);
        other[(int)PairFeature.Words].ShouldBe(0);
    }

    [Fact]
    public void An_inflected_word_is_no_shared_term_and_still_alike_in_spelling()
    {
        var features = Compare("Synchronisation", "Synchroniser");

        features[(int)PairFeature.TitleTitle].ShouldBe(0);
        features[(int)PairFeature.TitleSpelling].ShouldBeGreaterThan(0.3f);
    }

    [Fact]
    public void Meaning_needs_a_vector_on_both_sides()
    {
        var vector = TextVector.From([1f, 0, 0.5f]);

        Compare("a title", "another", vector, vector)[(int)PairFeature.Meaning].ShouldBe(1, 0.001);
        Compare("a title", "another", vector, null)[(int)PairFeature.Meaning].ShouldBe(0);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("x", "y")]
    [InlineData("設定が保存されない", "設定が保存されません")]
    public void Texts_with_little_in_them_give_finite_features(string left, string right) =>
        Compare(left, right).ShouldAllBe(f => float.IsFinite(f));

    [Fact]
    public void The_best_candidate_is_the_measure_of_the_others()
    {
        var items = Items("Crash while printing", "Crash while printing a mail", "Crash at start");
        var corpus = Corpus(items);

        var features = new PairComparison(items[0], corpus).Features([(items[1], 1), (items[2], 2)]);

        features[0][(int)PairFeature.WordsAgainstBest].ShouldBe(1);
        features[1][(int)PairFeature.WordsAgainstBest].ShouldBeInRange(0.01f, 0.99f);
    }

    private static float[] Compare(string left, string right, TextVector? here = null, TextVector? there = null)
    {
        var items = Items([left, right, "something else entirely", "and one more of them"], here, there);
        return new PairComparison(items[0], Corpus(items)).Features([(items[1], 1)])[0];
    }

    private static CorpusStatistics Corpus(IEnumerable<ComparedItem> items)
    {
        var corpus = new CorpusStatistics();
        foreach (var item in items)
            corpus.Add(item);
        return corpus;
    }

    private static List<ComparedItem> Items(params string[] titles) => Items(titles, null, null);

    private static List<ComparedItem> Items(string[] titles, TextVector? first, TextVector? second)
    {
        var index = SearchIndex.Build(titles.Select((t, i) => new IndexedText(An.Ref(i + 1), t, "")));
        return [.. titles.Select((t, i) => new ComparedItem(
            An.Item(i + 1) with { Title = t, Body = "" }, index.TermsOf(An.Ref(i + 1)), ItemFacts.Find(t, ""), i == 0 ? first : i == 1 ? second : null))];
    }
}
