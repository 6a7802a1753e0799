using System.CommandLine;
using System.Globalization;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.LocalHost.Pages;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog serve</c>: pages over what is stored and the work that is under way, for this machine only.</summary>
internal static class ServeCommand
{
    private const string Description = """
        Show the stored backlogs on pages at http://localhost:7071, reachable from this machine only, and go on with the work that is under
        way: sweeps, triage of single items, people who are asked.

        Examples:
          backlog serve
          backlog serve --port 8080
          curl -X POST -H 'Content-Type: application/json' 'http://localhost:7071/api/sweep?backlog=seamonkey'
        """;

    public static Option<int> Port()
    {
        var port = new Option<int>("--port") { Description = "Port of the pages.", HelpName = "PORT", DefaultValueFactory = _ => 7071 };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && !(int.TryParse(text.Value, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535))
                result.AddError($"{text.Value} is no port. Choose one from 1 to 65535 with --port.");
        });
        return port;
    }

    public static Command Create()
    {
        var port = Port();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var quiet = CommonOptions.Quiet();
        var allow = McpCommand.AllowChanges();
        var command = new Command("serve", Description) { port, dataDir, storage, quiet, allow };
        command.SetRun(async (parsed, cancellation) =>
        {
            SettingsCheck.Demand(CommandRun.Configuration(parsed.GetValue(dataDir)!, parsed.GetValue(storage)));
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            // One read, as the Functions host does at its start: storage that is not there is told now, not to the first webhook.
            await services.GetRequiredService<IWriteStop>().FindAsync(cancellation);
            await services.GetRequiredService<LocalRunner.LocalRunner>().BeginAsync(services.GetRequiredService<TimeProvider>(), cancellation);
            return await LocalPages.ServeAsync(services, parsed.GetValue(port), parsed.GetValue(quiet), cancellation, allowChanges: parsed.GetValue(allow));
        });
        return command;
    }
}
