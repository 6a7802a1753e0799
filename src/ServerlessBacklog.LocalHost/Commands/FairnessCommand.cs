using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Outcomes;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog fairness</c>: are items of all kinds treated alike?</summary>
internal static class FairnessCommand
{
    private const string Description = """
        Compare how items are treated by type, area, standing of the reporter and language: how often anything was asked or changed, mean priority, time to the
        first act. Groups under 30 items are shown without an interval and never marked.

        Example:
          backlog fairness
        """;

    public static Command Create()
    {
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("fairness", Description) { backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var chosen = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var rows = await services.GetRequiredService<FairnessLook>().LookAsync(chosen, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Backlog = chosen, Rows = rows.Select(OutcomesText.Finite) }, OutputJson.Options));
            else
                OutcomesText.Print(rows);
            return BacklogCommand.Done;
        });
        return command;
    }
}
