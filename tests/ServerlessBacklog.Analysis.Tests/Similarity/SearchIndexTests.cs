using CsCheck;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Similarity;

public class SearchIndexTests
{
    private static readonly string[] Words =
        ["save", "crash", "print", "dialog", "toolbar", "folder", "mail", "attachment", "theme", "dark", "font", "scroll", "保存", "getUserName", "404"];

    private static readonly Gen<string> Sentence = Gen.OneOf(Words).Array[0, 8].Select(w => string.Join(' ', w));

    /// <summary>Backlogs of up to 25 items numbered from 1.</summary>
    private static readonly Gen<IndexedText[]> Backlogs = Gen.Select(Sentence, Sentence).Array[0, 25]
        .Select(texts => texts.Select((t, i) => new IndexedText(An.Ref(i + 1), t.Item1, t.Item2)).ToArray());

    private static readonly SearchIndex Small = SearchIndex.Build(
    [
        new(An.Ref(1), "Crash when saving a mail", "It crashes in the compose window"),
        new(An.Ref(2), "Crash on save of mail", "Compose window crashes"),
        new(An.Ref(3), "Dark theme for the toolbar", "Please add one"),
        new(An.Ref(4), "Toolbar icons too small", ""),
    ]);

    [Fact]
    public void An_item_finds_the_one_most_like_it()
    {
        var hits = Small.Search(An.Ref(1), 10);

        hits[0].Item.ShouldBe(An.Ref(2));
        hits[0].Score.ShouldBeInRange(0.3, 1);
    }

    [Fact]
    public void A_text_finds_items_best_first() =>
        Small.Search("toolbar theme", "", 10).Select(h => h.Item).ShouldBe([An.Ref(3), An.Ref(4)]);

    [Fact]
    public void Nothing_that_is_not_accepted_is_found() =>
        Small.Search(An.Ref(1), 10, accept: hit => hit != An.Ref(2)).ShouldNotContain(h => h.Item == An.Ref(2));

    [Fact]
    public void The_limit_keeps_the_best() =>
        Small.Search("crash toolbar theme dark", "", 1).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(3));

    [Fact]
    public void An_unknown_item_finds_nothing_and_is_like_nothing()
    {
        Small.Search(An.Ref(99), 10).ShouldBeEmpty();
        Small.Similarity(An.Ref(1), An.Ref(99)).ShouldBe(0);
        Small.CompareTitles(An.Ref(1), An.Ref(99)).Overlap.ShouldBe(0);
        Small.Contains(An.Ref(99)).ShouldBeFalse();
    }

    [Fact]
    public void An_empty_index_answers_everything_with_nothing()
    {
        var empty = SearchIndex.Build([]);

        empty.Count.ShouldBe(0);
        empty.Search(An.Ref(1), 10).ShouldBeEmpty();
        empty.Search("crash", "on save", 10).ShouldBeEmpty();
        RoundTrip(empty).Count.ShouldBe(0);
    }

    [Fact]
    public void The_last_text_of_a_ref_wins()
    {
        var index = SearchIndex.Build([new(An.Ref(1), "old", ""), new(An.Ref(1), "fresh", "")]);

        index.Count.ShouldBe(1);
        index.Search("fresh", "", 5).ShouldHaveSingleItem();
        index.Search("old", "", 5).ShouldBeEmpty();
    }

    [Fact]
    public void Identical_titles_overlap_wholly_and_others_by_the_weight_of_what_they_share()
    {
        var index = SearchIndex.Build([new(An.Ref(1), "dark theme", "x"), new(An.Ref(2), "Dark themes", "y"), new(An.Ref(3), "dark toolbar", ""), new(An.Ref(4), "mail", "")]);

        index.CompareTitles(An.Ref(1), An.Ref(2)).Overlap.ShouldBe(1, 1e-9);
        index.CompareTitles(An.Ref(1), An.Ref(3)).Overlap.ShouldBeInRange(0.01, 0.5);
        index.CompareTitles(An.Ref(1), An.Ref(4)).Overlap.ShouldBe(0);
    }

    [Fact]
    public void Shared_terms_add_up_to_the_similarity()
    {
        var shared = Small.SharedTerms(An.Ref(1), An.Ref(2), 100);

        shared.Select(s => s.Term).ShouldContain("crash");
        shared.Select(s => s.Share).ShouldBeInOrder(SortDirection.Descending);
        shared.Sum(s => s.Share).ShouldBe(Small.Similarity(An.Ref(1), An.Ref(2)), 1e-6);
    }

    [Fact]
    public void An_item_never_finds_itself() =>
        Backlogs.Sample(texts => SearchIndex.Build(texts) is var index && texts.All(t => index.Search(t.Ref, 50).All(h => h.Item != t.Ref)));

    [Fact]
    public void Similarity_and_title_overlap_are_symmetric_and_lie_between_0_and_1() => Backlogs.Sample(texts =>
    {
        var index = SearchIndex.Build(texts);
        foreach (var a in texts)
        {
            foreach (var b in texts)
            {
                index.Similarity(a.Ref, b.Ref).ShouldBe(index.Similarity(b.Ref, a.Ref), 1e-6);
                index.CompareTitles(a.Ref, b.Ref).Overlap.ShouldBe(index.CompareTitles(b.Ref, a.Ref).Overlap, 1e-9);
                index.Similarity(a.Ref, b.Ref).ShouldBeInRange(0, 1);
                index.CompareTitles(a.Ref, b.Ref).Overlap.ShouldBeInRange(0, 1 + 1e-9);
            }
        }
    }, iter: 50);

    [Fact]
    public void What_is_saved_and_loaded_gives_the_same_results() => Backlogs.Sample(texts =>
    {
        var index = SearchIndex.Build(texts);
        var loaded = RoundTrip(index);

        loaded.VocabularySize.ShouldBe(index.VocabularySize);
        foreach (var text in texts)
            loaded.Search(text.Ref, 10).ShouldBe(index.Search(text.Ref, 10));
    }, iter: 50);

    [Fact]
    public void Another_stream_is_no_index() =>
        Should.Throw<InvalidDataException>(() => SearchIndex.Load(new MemoryStream(new byte[64])));

    [Fact]
    public void Replacing_adding_and_taking_out_gives_the_results_of_a_new_index() =>
        Gen.Select(Backlogs, Backlogs, Gen.Int[1, 30].Array[0, 5], Sentence).Sample((before, changed, gone, query) =>
        {
            var removed = gone.Select(n => An.Ref(n)).ToHashSet();
            var stays = before.Where(t => !removed.Contains(t.Ref) && changed.All(c => c.Ref != t.Ref));

            var grown = SearchIndex.Build(before).With(changed, removed);
            var built = SearchIndex.Build([.. stays, .. changed]);

            grown.Count.ShouldBe(built.Count);
            AssertSameHits(grown.Search(query, "", 100), built.Search(query, "", 100));
            foreach (var text in changed)
                AssertSameHits(grown.Search(text.Ref, 100), built.Search(text.Ref, 100));
        }, iter: 200);

    [Fact]
    public void The_old_index_is_untouched_by_a_new_one()
    {
        var before = Small.Search(An.Ref(1), 10);

        Small.With([new(An.Ref(1), "Something else", "")], [An.Ref(2)]).Search(An.Ref(1), 10).ShouldBeEmpty();

        Small.Search(An.Ref(1), 10).ShouldBe(before);
    }

    private static void AssertSameHits(IReadOnlyList<SearchHit> left, IReadOnlyList<SearchHit> right)
    {
        var expected = right.ToDictionary(h => h.Item, h => h.Score);
        left.Select(h => h.Item).ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (var hit in left)
            hit.Score.ShouldBe(expected[hit.Item], 1e-4);
    }

    private static SearchIndex RoundTrip(SearchIndex index)
    {
        using var stream = new MemoryStream();
        index.Save(stream);
        stream.Position = 0;
        return SearchIndex.Load(stream);
    }
}
