using ServerlessBacklog.Analysis.Assignment;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Tests.Assignment;

public sealed class SkillModelTests
{
    private static readonly Person[] People = [new("ada"), new("bob"), new("cleo"), new("dora")];

    [Fact]
    public void Words_lead_to_the_person_who_got_such_items()
    {
        var model = SkillModel.Learn([.. Enumerable.Range(0, 80).Select(i => new AssignedItem(About(i % 4), People[i % 4]))]);

        Enumerable.Range(0, 4).Select(topic => model.Rank(About(topic))[0].Person).ShouldBe(People);
    }

    [Fact]
    public void A_reporter_who_takes_their_own_items_is_the_first_candidate_for_the_next()
    {
        var history = Enumerable.Range(0, 60).Select(i => new AssignedItem(About(0) with { Reporter = People[i * 7 % 13 % 4] }, People[i * 7 % 13 % 4]));

        var model = SkillModel.Learn([.. history]);

        People.Select(p => model.Rank(About(0) with { Reporter = p })[0].Person).ShouldBe(People);
    }

    [Fact]
    public void Somebody_who_left_fades_although_the_words_are_theirs()
    {
        var past = Enumerable.Range(0, 40).Select(_ => new AssignedItem(About(0), People[0]));
        var since = Enumerable.Range(0, 40).Select(_ => new AssignedItem(About(0), People[1]));

        SkillModel.Learn([.. past, .. since]).Rank(About(0))[0].Person.ShouldBe(People[1]);
    }

    [Fact]
    public void The_shares_add_up_to_one_and_each_is_the_product_of_its_parts_over_the_whole()
    {
        var history = Enumerable.Range(0, 70).Select(i => new AssignedItem(
            About(i * 5 % 7 % 4) with { Reporter = People[i % 3], Labels = [new Label(i % 2 == 0 ? "ui" : "db")] }, People[i * 11 % 17 % 4]));

        var ranked = SkillModel.Learn([.. history]).Rank(About(1) with { Reporter = People[2], Labels = [new Label("ui")] });

        ranked.Sum(s => s.Share).ShouldBe(1, 1e-9);
        foreach (var skill in ranked)
            (skill.Parts.Aggregate(1.0, (product, part) => product * part.Factor) / skill.Whole).ShouldBe(skill.Share, 1e-9);
        ranked[0].Parts.Select(p => p.Name).ShouldBe(["similar items", "words and fields", "latest items", "reporter", "labels and areas"], ignoreOrder: true);
    }

    [Fact]
    public void The_owner_of_an_area_gains_by_it()
    {
        var model = SkillModel.Learn([.. Enumerable.Range(0, 40).Select(i => new AssignedItem(About(0), People[i * 7 % 13 % 4]))]);

        double ShareOfDora(AssignmentCase item) => model.Rank(item).Single(s => s.Person.Equals(People[3])).Share;

        ShareOfDora(About(0) with { AreaOwners = [People[3]] }).ShouldBeGreaterThan(1.5 * ShareOfDora(About(0)));
        model.Rank(About(0) with { AreaOwners = [new Person("eve")] }).Select(s => s.Person.Login).ShouldContain("eve");
    }

    [Fact]
    public void Where_chance_decides_the_confidence_says_so()
    {
        var random = new Random(3);
        var model = SkillModel.Learn([.. Enumerable.Range(0, 400).Select(_ => new AssignedItem(About(random.Next(4)), People[random.Next(4)]))]);

        model.ConfidenceOf(model.Rank(About(2))[0].Share).Value.ShouldBeInRange(0.15, 0.40);
    }

    [Fact]
    public void Ranking_changes_nothing_and_the_same_history_gives_the_same_ranking()
    {
        List<AssignedItem> history = [.. Enumerable.Range(0, 60).Select(i => new AssignedItem(About(i % 3) with { Reporter = People[i % 4] }, People[i * 3 % 4]))];
        var (first, second) = (SkillModel.Learn(history), SkillModel.Learn(history));
        var question = About(1) with { Reporter = new Person("stranger"), Labels = [new Label("new")] };

        var before = first.Rank(question).Select(s => (s.Person, s.Share)).ToList();
        first.Rank(About(2));

        first.Rank(question).Select(s => (s.Person, s.Share)).ShouldBe(before);
        second.Rank(question).Select(s => (s.Person, s.Share)).ShouldBe(before);
    }

    [Fact]
    public void Items_without_any_text_or_with_one_person_alone_do_no_harm()
    {
        var empty = new AssignmentCase(null, []);
        var model = SkillModel.Learn([.. Enumerable.Range(0, 30).Select(_ => new AssignedItem(empty, People[0]))]);

        model.Rank(empty).ShouldHaveSingleItem().Share.ShouldBe(1);
        SkillModel.Learn([]).Rank(empty).ShouldBeEmpty();
    }

    /// <summary>Ten words: those of the topic.</summary>
    private static AssignmentCase About(int topic) =>
        new(null, [.. Enumerable.Range(10 * topic, 10).Select(term => new TermCount(term, 1, 1))]);
}
