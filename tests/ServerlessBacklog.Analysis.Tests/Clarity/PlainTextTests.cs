using ServerlessBacklog.Analysis.Clarity;

namespace ServerlessBacklog.Analysis.Tests.Clarity;

public sealed class PlainTextTests
{
    [Fact]
    public void Stack_traces_and_log_lines_go_and_code_stays()
    {
        const string Text = "Saving fails\n   at App.Storage.Save(File f)\n2026-01-02 10:00:01 WARN retry\nfile.Save();\nCaused by: java.io.IOException\nafter login";

        var kept = PlainText.WithoutLogs(Text);

        kept.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["Saving fails", "file.Save();", "after login"]);
    }

    [Fact]
    public void Markup_of_a_tracker_leaves_the_words()
    {
        var text = PlainText.Of("<div><b>Actual:</b>&nbsp;a &amp; b</div><!-- fill in --><p>end</p>");

        text.All.ShouldNotContain("<");
        text.All.ShouldNotContain("fill in");
        text.All.ShouldContain("a & b");
    }
}
