using ServerlessBacklog.Triage.Commands;

namespace ServerlessBacklog.Functions.Tests;

public class CommandPageTests
{
    [Fact]
    public void The_page_lists_every_command_as_it_is_written_and_what_it_does()
    {
        var page = Repository.Read("docs/approvals.md");

        foreach (var words in CommandWords.All)
            page.ShouldContain($"| `{CommandText.Prefix} {words.Form.Replace("|", "\\|", StringComparison.Ordinal)}` | {words.Does} |");
    }
}
