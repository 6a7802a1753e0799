using ServerlessBacklog.Analysis.Clarity;

namespace ServerlessBacklog.Analysis.Tests.Clarity;

public sealed class ClarityExaminerTests
{
    private const string Full = """
        ### Steps to reproduce
        1. Open `settings.json` in the editor
        2. Press Save twice

        ### Actual results
        The second save throws FileLockedException and the file is empty afterwards.

        ### Expected results
        Both saves keep the content.

        ### Version
        2.4.1 on Windows 11
        """;

    [Fact]
    public void Filled_template_has_every_part()
    {
        var report = ClarityExaminer.Examine(ItemKind.Bug, "Saving twice empties settings.json", Full, []);

        report.Missing.ShouldBeEmpty();
        report.Score.ShouldBeGreaterThan(0.85);
        report.IsVague.ShouldBeFalse();
    }

    [Theory]
    [InlineData("_No response_")]
    [InlineData("N/A")]
    [InlineData("<!-- Tell us what you did -->")]
    [InlineData("")]
    public void Unfilled_section_of_a_template_counts_as_missing(string content)
    {
        var body = $"### Steps to reproduce\n\n{content}\n\n### Expected results\n\n{content}\n";

        var report = ClarityExaminer.Examine(ItemKind.Bug, "It doesn't work", body, []);

        report.Missing.Select(p => p.Part).ShouldContain(ItemPart.Steps);
        report.Missing.Select(p => p.Part).ShouldContain(ItemPart.Expected);
        report.IsVague.ShouldBeTrue();
    }

    [Theory]
    [InlineData("<div><b>Steps to reproduce:</b><br>Open the page and press save</div>")]
    [InlineData("h3. Steps to reproduce\nOpen the page and press save")]
    [InlineData("STR:\nOpen the page and press save")]
    [InlineData("**To Reproduce**\nOpen the page and press save")]
    [InlineData("1. Open the page\n2. Press save")]
    public void Steps_are_found_in_any_dress(string body)
    {
        var report = ClarityExaminer.Examine(ItemKind.Bug, "Saving loses the title", body, []);

        report.Parts.Single(p => p.Part == ItemPart.Steps).Place.ShouldBe("description");
    }

    [Fact]
    public void Answer_in_a_later_comment_counts_as_present()
    {
        var report = ClarityExaminer.Examine(ItemKind.Bug, "Saving fails", "It fails.", ["Which version do you use?", "Version 3.2.1 here."]);

        report.Parts.Single(p => p.Part == ItemPart.Environment).Place.ShouldBe("comment 2");
    }

    [Fact]
    public void Long_text_without_punctuation_and_headings_is_not_called_vague()
    {
        const string Body = "created attachment stack dump using build id 20060216 open two editors with the same compilation unit then rename the type with refactoring "
            + "while the second editor is dirty the undo manager throws an illegal state exception and both editors show stale content until workspace is restarted";

        ClarityExaminer.Examine(ItemKind.Bug, "rename with dirty editor corrupts undo manager", Body, []).IsVague.ShouldBeFalse();
    }

    [Theory]
    [InlineData("保存できません", "設定画面で保存ボタンを押すと落ちます")]
    [InlineData("Speichern geht nicht", "Wenn ich auf den Knopf drücke, wird die Datei nicht gespeichert und das Programm ist mit einer Meldung auf dem Bildschirm zu")]
    [InlineData("???", "")]
    public void Text_in_another_language_is_not_judged(string title, string body) => ClarityExaminer.CanRead(title, body).ShouldBeFalse();
}
