using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Tests.Privacy;

public class ErasedNamesTests
{
    private static readonly Pseudonyms Pseudonyms = new(new byte[32]);
    private static readonly string Ann = Pseudonyms.Of("ann");
    private static readonly ErasedNames Names = new(Pseudonyms, [Erased("ann", "ann"), Erased("Ann Lee", "ann"), Erased("ann@example.org", "ann")]);

    [Theory]
    [InlineData("Ask @ann, ANN's or (Ann).", "Ask @#, #'s or (#).")]
    [InlineData("Ann Lee wrote to ann@example.org and ann@other.org", "# wrote to # and #@other.org")]
    [InlineData("anna, ann_2, ann-marie, mary-ann, annex", "anna, ann_2, ann-marie, mary-ann, annex")]
    [InlineData("ann - ann-", "# - #-")]
    [InlineData("", "")]
    public void A_name_is_a_whole_word(string text, string erased) => Names.In(text).ShouldBe(erased.Replace("#", Ann));

    [Fact]
    public void What_is_erased_stays_so() => Names.In(Names.In("ann and Ann Lee")).ShouldBe($"{Ann} and {Ann}");

    [Fact]
    public void A_login_that_holds_a_name_is_another_person()
    {
        Names.Login("Ann").ShouldBe(Ann);
        Names.Login("ann-bot").ShouldBe("ann-bot");
    }

    [Fact]
    public void The_pseudonym_needs_the_key() => new Pseudonyms(Pseudonyms.NewKey()).Of("ann").ShouldNotBe(Ann);

    [Fact]
    public void In_json_only_people_and_words_are_changed()
    {
        const string json = """{"State":"ann","By":"ann","Text":"by ann","Item":"github:ann/repo#1","CapacityOf":{"ann":3},"Id":"ann","List":[{"Login":"Ann","Note":"x"}]}""";

        ErasedJson.In(Names, json).ShouldBe(
            $$"""{"State":"ann","By":"{{Ann}}","Text":"by {{Ann}}","Item":"github:ann/repo#1","CapacityOf":{"{{Ann}}":3},"Id":"ann","List":[{"Login":"{{Ann}}","Note":"x"}]}""");
        ErasedJson.In(Names, "not json, ann").ShouldBe("not json, ann");
    }

    private static ErasedName Erased(string name, string person) => new(Pseudonyms.HashOf(name), Pseudonyms.LengthOf(name), Pseudonyms.Of(person));
}
