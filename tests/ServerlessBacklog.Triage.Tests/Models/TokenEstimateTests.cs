using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Triage.Tests.Models;

public class TokenEstimateTests
{
    [Fact]
    public void A_text_that_fits_stays_as_it_is() => TokenEstimate.Cut("Short and good.", 100).ShouldBe("Short and good.");

    [Fact]
    public void A_long_text_is_cut_at_the_end_of_a_sentence() =>
        TokenEstimate.Cut(string.Concat(Enumerable.Repeat("One two three. ", 50)), 20).ShouldEndWith("One two three. […cut: the rest is too long]");

    [Fact]
    public void A_text_of_one_word_is_cut_where_the_room_ends_and_keeps_what_stood_before_it()
    {
        var cut = TokenEstimate.Cut($"It began on Monday.\n\n{new string('A', 10_000)}", 100);

        cut.ShouldStartWith("It began on Monday.\n\nAAAA");
        TokenEstimate.Of(cut).ShouldBeInRange(90, 115);
    }

    [Fact]
    public void No_character_is_cut_in_two() =>
        TokenEstimate.Cut(string.Concat(Enumerable.Repeat("😀", 500)), 50).ShouldSatisfyAllConditions(
            cut => cut.ShouldEndWith("😀 […cut: the rest is too long]"),
            cut => cut.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar));
}
