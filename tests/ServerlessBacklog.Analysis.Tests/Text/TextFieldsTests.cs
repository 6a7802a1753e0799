using System.Diagnostics;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Tests.Text;

public class TextFieldsTests
{
    [Fact]
    public void Each_line_is_known_for_what_it_is()
    {
        const string body = """
            ### Steps to reproduce

            Open the page
            **Expected:**
            ```csharp
            var x = 1;
            ```
            2026-01-02 10:00:00 INFO started
            at System.IO.File.Open(String path) in File.cs:line 3
            """;

        TextFields.Read(body).Select(l => l.Kind).ShouldBe(
            [LineKind.Heading, LineKind.Prose, LineKind.Heading, LineKind.Code, LineKind.Log, LineKind.Log]);
    }

    [Fact]
    public void What_a_template_hides_and_what_was_left_empty_is_gone() =>
        TextFields.Read("<!-- Please describe\nthe bug -->It breaks\n\n_No response_\nN/A\n- \nNone").ShouldBe([new TextLine(LineKind.Prose, "It breaks")]);

    [Fact]
    public void Text_that_lost_its_line_breaks_is_cut_at_runs_of_blanks() =>
        TextFields.Read("I run it.  ```csharp  Run();  ```  Then it stops.").Select(l => l.Kind)
            .ShouldBe([LineKind.Prose, LineKind.Code, LineKind.Prose]);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    [InlineData("```")]
    [InlineData("<!--")]
    [InlineData("-->")]
    [InlineData("######")]
    public void Text_without_content_has_no_prose(string body) =>
        TextFields.Read(body).ShouldAllBe(l => l.Kind != LineKind.Prose || l.Text == "-->");

    [Theory]
    [InlineData("2026-01-02 10:00:00 ERROR x.y.Z failed (code 17)\n")]
    [InlineData("aaaaaaaaaa")]
    [InlineData("<!-- <!-- ")]
    [InlineData("  at ( ( (")]
    [InlineData("# # **__")]
    public void Huge_log_is_read_in_linear_time(string part)
    {
        var log = string.Concat(Enumerable.Repeat(part, 2_000_000 / part.Length));
        var since = Stopwatch.StartNew();

        TextFields.Read(log);

        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
