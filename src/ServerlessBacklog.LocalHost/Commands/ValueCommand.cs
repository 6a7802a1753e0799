using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Value;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog value</c>: hours saved by what people confirmed, less what it cost, with an interval and all inputs.</summary>
internal static class ValueCommand
{
    private const int MostDays = 3660;

    private const string Description = """
        Reckon what the acts of some days were worth: hours saved by what people approved or let stand for two weeks, less acts taken back, review and
        cost. Claims nothing where nothing happened (docs/value.md).

        Examples:
          backlog value
          backlog value --days 90 --json
        """;

    public static Command Create()
    {
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var days = new Option<int>("--days") { Description = "Days back from now.", HelpName = "DAYS", DefaultValueFactory = _ => 30 };
        days.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && !(int.TryParse(text.Value, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= MostDays))
                result.AddError($"--days takes a number from 1 to {MostDays}.");
        });
        var command = new Command("value", Description) { backlog, days, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var report = ValueReport.Of(await services.GetRequiredService<ValueReading>().LoadAsync(name, now.AddDays(-parsed.GetValue(days)), now, cancellation));
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(ValueJson.Of(report), OutputJson.Options));
            else
                ValueText.Lines(report).ToList().ForEach(l => Console.WriteLine(Show.OneLine(l)));
            return BacklogCommand.Done;
        });
        return command;
    }
}
