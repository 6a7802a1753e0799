using System.Diagnostics;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Dependencies;

public sealed class DependencyMentionsTests
{
    private static readonly WorkItem[] Backlog =
    [
        An.Item(3), An.Item(4), An.Item(5), An.Item(12) with { Url = new Uri("https://bugs.example.org/show/12") }, An.Item("XD-112"), An.Item("rf2-abc1"),
        An.Item(7) with { Ref = new WorkItemRef("azuredevops", "org/project", "7") },
        An.Item(8) with { Ref = new WorkItemRef("github", "other/place", "8") },
    ];

    [Theory]
    [InlineData("Blocked by #12.", "12")]
    [InlineData("This is blocked on #12", "12")]
    [InlineData("Depends on XD-112 being settled", "XD-112")]
    [InlineData("We can do this after #3 lands.", "3")]
    [InlineData("once #3 is merged, start", "3")]
    [InlineData("Requires #4", "4")]
    [InlineData("Waiting for rf2-abc1.", "rf2-abc1")]
    [InlineData("Prerequisite: #5", "5")]
    [InlineData("#5 is a prerequisite.", "5")]
    [InlineData("Land after #5", "5")]
    [InlineData("blocked by other/place#8", "8")]
    [InlineData("blocked by https://github.com/other/place/issues/8.", "8")]
    [InlineData("blocked by https://bugs.example.org/show/12", "12")]
    [InlineData("depends on AB#7", "7")]
    [InlineData("Depends on `#12`", "12")]
    [InlineData("Depends on the outcome of #12", "12")]
    [InlineData("Blocked-by Stage 2 (#12)", "12")]
    public void A_wording_with_a_reference_is_a_mention(string text, string target)
    {
        var mention = Find(text).ShouldHaveSingleItem();

        mention.Target.Number.ShouldBe(target);
        mention.IsBlockedBy.ShouldBeTrue();
        mention.Confidence.ShouldBeInRange(0.4, 0.89);
    }

    [Theory]
    [InlineData("No longer blocked by #12.")]
    [InlineData("This doesn't depend on #12")]
    [InlineData("It is not blocked by #12")]
    [InlineData("was blocked by #12")]
    [InlineData("unblocked by #12")]
    [InlineData("> blocked by #12")]
    [InlineData("```\nblocked by #12\n```")]
    [InlineData("<!-- e.g. blocked by #12 -->")]
    [InlineData("Write `blocked by #12` in the text")]
    [InlineData("#4 depends on #12")]
    [InlineData("blocked by #12 (merged)")]
    [InlineData("After #3 landed, the tests broke")]
    [InlineData("See #12")]
    [InlineData("Blocked by the weather. See #12")]
    [InlineData("blocked by #99")]
    [InlineData("blocked by #1")]
    [InlineData("blocked by example.org/#12x")]
    public void Other_texts_mention_nothing(string text) => Find(text).ShouldBeEmpty();

    [Fact]
    public void A_list_behind_one_wording_is_read_to_its_end() =>
        Find("Blocked by #3, #4 (the parser) and #5. See #12").Select(m => m.Target.Number).ShouldBe(["3", "4", "5"]);

    [Fact]
    public void A_bullet_below_a_wording_counts() =>
        Find("## Dependencies\nBlocked by:\n- #3 first").ShouldHaveSingleItem().Target.ShouldBe(An.Ref(3));

    [Theory]
    [InlineData("Blocks #4")]
    [InlineData("This is a prerequisite for #4")]
    public void A_wording_may_point_the_other_way(string text) => Find(text).ShouldHaveSingleItem().IsBlockedBy.ShouldBeFalse();

    [Fact]
    public void A_hedge_makes_a_mention_less_sure() =>
        Find("Might depend on #4").Single().Confidence.ShouldBeLessThan(Find("Depends on #4").Single().Confidence);

    [Fact]
    public void A_title_counts_too() =>
        DependencyMentions.Find(An.Item(1, "Retrofit the parser (depends on #4)"), new ReferenceIndex(Backlog)).Single().Quote.ShouldBe("depends on #4");

    [Theory]
    [InlineData("blocked by ")]
    [InlineData("```")]
    [InlineData("#4 (")]
    [InlineData("depends on a a a a ")]
    [InlineData("<!--")]
    public void A_hostile_text_is_read_in_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length));

        var clock = Stopwatch.StartNew();
        Find(text);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static IReadOnlyList<DependencyMention> Find(string text) =>
        DependencyMentions.Find(An.Item(1, body: text), new ReferenceIndex([.. Backlog, An.Item(1)]));
}
