using System.CommandLine;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog doctor</c>: is the set-up in order, and if not, what to mend.</summary>
internal static class DoctorCommand
{
    private const string Description = """
        Look at the whole set-up as it is now: settings, storage, the credentials, permissions, webhooks and quotas of each tracker. Says what
        is wrong and how to mend it; changes nothing. Exit code 1 when something is wrong.

        Examples:
          backlog doctor
          backlog doctor --json
          backlog doctor --storage UseDevelopmentStorage=true
          curl -H "x-functions-key: $KEY" https://MY-APP.azurewebsites.net/api/doctor     the same, as the function app sees it
        """;

    public static Command Create()
    {
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("doctor", Description) { dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            var (directory, connection) = (parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var settings = new SetupArea(SettingsCheck.Area, SettingsCheck.Look(CommandRun.Configuration(directory, connection)));
            // With wrong settings nothing else can be made, let alone looked at.
            if (settings.IsWrong)
                return SetupText.Print([settings], parsed.GetValue(json)) ? BacklogCommand.Done : BacklogCommand.Failed;
            await using var services = CommandRun.Services(directory, connection);
            IReadOnlyList<SetupArea> areas;
            using (var progress = new ProgressLine(parsed.GetValue(json)))
                areas = await services.GetRequiredService<SetupDoctor>().LookAsync(area => progress.Show(area, 0, 0), cancellation);
            return SetupText.Print([settings, .. areas], parsed.GetValue(json)) ? BacklogCommand.Done : BacklogCommand.Failed;
        });
        return command;
    }
}
