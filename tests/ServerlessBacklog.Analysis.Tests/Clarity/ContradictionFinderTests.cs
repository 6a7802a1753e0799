using ServerlessBacklog.Analysis.Clarity;

namespace ServerlessBacklog.Analysis.Tests.Clarity;

public sealed class ContradictionFinderTests
{
    [Theory]
    [InlineData("- Guests must see the price list.\n- Guests must not see the price list.")]
    [InlineData("The export must finish within 5 seconds. The export must finish within 30 seconds.")]
    [InlineData("Passwords must hold at least 12 characters. Passwords must hold at most 8 characters.")]
    [InlineData("The phone field should be required in the form. The phone field should be optional in the form.")]
    public void Demands_that_exclude_each_other_are_found_with_both_sentences(string text)
    {
        var found = ContradictionFinder.Find(text).ShouldHaveSingleItem();

        found.First.ShouldNotBe(found.Second);
        text.ShouldContain(found.First);
        text.ShouldContain(found.Second);
    }

    [Theory]
    [InlineData("The dialog should show the name. The dialog does not show the name.")]
    [InlineData("The cache must keep 10 entries for guests. The cache must keep 50 entries for members.")]
    [InlineData("The button must be visible when signed in. The button must not be visible when signed out.")]
    [InlineData("Passwords must hold at least 8 characters. Passwords must hold at most 64 characters.")]
    [InlineData("It must work. It must not crash.")]
    public void Statements_that_can_both_hold_are_left_alone(string text) => ContradictionFinder.Find(text).ShouldBeEmpty();
}
