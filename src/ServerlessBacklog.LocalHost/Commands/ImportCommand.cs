using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Activities;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog import SOURCE</c>: stores the items and examines nothing.</summary>
internal static class ImportCommand
{
    private const string Description = """
        Store a backlog without examining it. Importing again brings in what changed.

        Example:
          backlog import file:issues.jsonl --backlog shop
        """;

    public static Command Create()
    {
        var source = CommonOptions.Source();
        var mapping = CommonOptions.Mapping();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var quiet = CommonOptions.Quiet();
        var json = CommonOptions.Json();
        var name = new Option<string?>("--backlog", "-b") { Description = "Name to keep the backlog under. Default: the file's name.", HelpName = "NAME" };
        var command = new Command("import", Description) { source, mapping, name, dataDir, storage, json, quiet };
        command.SetRun(async (parsed, cancellation) =>
        {
            var from = parsed.GetRequiredValue(source) with { Mapping = parsed.GetValue(mapping) };
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            ImportResult result;
            using (var progress = new ProgressLine(parsed.GetValue(quiet) || parsed.GetValue(json)))
                result = await services.GetRequiredService<TriageRun>().ImportAsync(from, parsed.GetValue(name), progress, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(result, OutputJson.Options));
            else
                Summary.Print(result);
            return BacklogCommand.Done;
        });
        return command;
    }
}
