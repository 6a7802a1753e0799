using ServerlessBacklog.Triage.Commands;

namespace ServerlessBacklog.Triage.Tests.Commands;

public class CommandTextTests
{
    [Fact]
    public void A_command_stands_at_the_beginning_of_a_line_of_its_own() =>
        CommandText.Find("Looks right.\n\n/backlog approve\r\n  /BACKLOG keep because we need it\n/backlog").ShouldBe(["approve", "keep because we need it", ""]);

    [Theory]
    [InlineData("You can say /backlog undo there.")]
    [InlineData("> /backlog undo")]
    [InlineData("`/backlog undo`")]
    [InlineData("    /backlog undo")]
    [InlineData("\t/backlog undo")]
    [InlineData("```\n/backlog undo\n```")]
    [InlineData("~~~text\n/backlog undo")]
    [InlineData("```c#\n/backlog undo\n```")]
    [InlineData("```sh title=x\n/backlog undo\n```")]
    [InlineData("  ```\n/backlog undo\n  ```")]
    [InlineData("````\n```\n/backlog undo\n````")]
    [InlineData("~~~ `x`\n/backlog undo\n~~~")]
    [InlineData("<!-- \n/backlog undo\n-->")]
    [InlineData("<!-- never closed \n/backlog undo")]
    [InlineData("/backlogs undo")]
    [InlineData("- /backlog undo")]
    [InlineData("")]
    public void What_is_quoted_or_code_or_inside_of_a_sentence_is_no_command(string comment) => CommandText.Find(comment).ShouldBeEmpty();

    [Fact]
    public void After_a_fence_commands_are_heard_again() =>
        CommandText.Find("```c#\n/backlog undo\n```\n/backlog why\n```not a fence``` \n/backlog keep").ShouldBe(["why", "keep"]);

    [Fact]
    public void A_script_is_no_person() =>
        CommandText.Find(string.Join('\n', Enumerable.Repeat("/backlog why", 50))).Count.ShouldBe(CommandText.Most);
}
