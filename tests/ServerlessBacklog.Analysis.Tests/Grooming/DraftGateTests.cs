using ServerlessBacklog.Analysis.Grooming;

namespace ServerlessBacklog.Analysis.Tests.Grooming;

public class DraftGateTests
{
    private const string Item = "Export of report.csv fails with error 504 after 30 seconds in version 4.2. It should write the file. Accounting needs it every Monday.";

    private static StoryDraft Good { get; } = new(
        "accountant",
        "export report.csv",
        "accounting has it every Monday",
        [new("version 4.2", "report.csv is exported", "the file is written"), new("an export that takes 30 seconds", "it is waited for", "no error 504 is shown")],
        ["How large is the report?"],
        ["The server can wait longer than 60 seconds."],
        ["It should write the file."]);

    [Fact]
    public void A_draft_from_the_words_of_the_item_passes() => Faults(Good).ShouldBeEmpty();

    [Theory]
    [InlineData("it takes at most 5000 ms")]
    [InlineData("version 4.3 writes it")]
    [InlineData("https://example.org/status shows green")]
    [InlineData("exportService.Run succeeds")]
    [InlineData("the file lies in /var/exports")]
    [InlineData("it is sent by SMTP")]
    [InlineData("it ends within 3 seconds, not 300")]
    public void A_fact_that_the_item_does_not_hold_is_an_assumption_and_no_criterion(string then) =>
        Faults(Good with { Criteria = [Good.Criteria[0], Good.Criteria[1] with { Then = then }] }).ShouldContain(f => f.Contains("does not stand in the item"));

    [Fact]
    public void A_number_does_not_stand_in_a_longer_one() =>
        DraftGate.NewFacts(Good with { Want = "export 50 rows" }, [Item]).ShouldBe(["50"]);

    [Fact]
    public void Each_missing_part_is_told()
    {
        Faults(Good with { Role = " " }).ShouldContain("it names no role");
        Faults(Good with { Want = "" }).ShouldContain("it does not say what is wanted");
        Faults(Good with { Benefit = "" }).ShouldContain("it gives no benefit");
        Faults(Good with { Criteria = [Good.Criteria[0]] }).ShouldContain("it has 1 criteria instead of 2 to 8");
        Faults(Good with { Criteria = [Good.Criteria[0], Good.Criteria[0]] }).ShouldContain("a criterion stands there twice");
        Faults(Good with { Criteria = [Good.Criteria[0], new("", "it runs", "it ends")] }).ShouldContain("a criterion lacks its given, when or then");
        Faults(Good with { Evidence = [] }).ShouldContain("it quotes nothing of the item");
        Faults(Good with { Evidence = ["It must write the file."] }).ShouldContain("a quote under evidence does not stand in the item");
    }

    [Fact]
    public void The_same_draft_always_reads_the_same() => DraftText.Of(Good).ShouldBe(
        """
        As an accountant, I want to export report.csv, so that accounting has it every Monday.

        **Acceptance criteria**

        - Given version 4.2, when report.csv is exported, then the file is written
        - Given an export that takes 30 seconds, when it is waited for, then no error 504 is shown

        **Open questions**

        - How large is the report?

        **Assumptions (not in the item)**

        - The server can wait longer than 60 seconds.

        **From the item**

        - “It should write the file.”
        """.ReplaceLineEndings("\n"));

    private static List<string> Faults(StoryDraft draft) => [.. DraftGate.Faults(draft, [Item], quote => Item.Contains(quote, StringComparison.Ordinal))];
}
