using System.CommandLine;
using ServerlessBacklog.LocalHost.Mcp;
using ServerlessBacklog.LocalHost.Runs;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog mcp</c>: the Model Context Protocol over standard input and output, for an AI assistant that starts this program.</summary>
internal static class McpCommand
{
    private const string Description = """
        Speak the Model Context Protocol on standard input and output, so that an AI assistant can read the stored backlogs (docs/conversation.md shows how to set up
        common clients). The tools only read. With --allow-changes one more is there, which makes a plan for one item; nothing is done before a person confirms it with
        'backlog ask --yes TOKEN'. 'backlog serve' has the same tools at /mcp.

        Examples:
          backlog mcp
          backlog mcp --data-dir /home/ada/backlogs --by ada --allow-changes
        """;

    public static Option<bool> AllowChanges() => new("--allow-changes") { Description = "Let assistants propose changes, which a person has to confirm." };

    public static Command Create()
    {
        var allow = AllowChanges();
        var by = PersonOptions.By();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var command = new Command("mcp", Description) { allow, by, dataDir, storage };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            await McpHost.ServeStreamsAsync(services, PersonRun.Operator(parsed.GetValue(by)), parsed.GetValue(allow), cancellation);
            return BacklogCommand.Done;
        });
        return command;
    }
}
