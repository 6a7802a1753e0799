using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Outcomes;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog outcomes [propose]</c>: what people made of proposals, and which thresholds that speaks for.</summary>
internal static class OutcomesCommand
{
    private const string Description = """
        What people made of each step's proposals: accepted, edited, rejected, reverted, ignored. A change that nobody took back within 14 days counts as accepted.

        Examples:
          backlog outcomes
          backlog outcomes propose                   thresholds that this speaks for, as a difference to the configuration
        """;

    public static Command Create()
    {
        var command = Sub("outcomes", Description, OutcomesText.Print);
        command.Add(Sub("propose", "Print the thresholds that the outcomes speak for, as a difference to the configuration file. Nothing is changed.", reports =>
        {
            var diff = ProposedDiff.Of(reports);
            Console.WriteLine(diff.Length > 0 ? diff : "Nothing is proposed: the thresholds in effect are as the cases speak for, or there are too few cases (30 of a step are needed).");
        }));
        return command;
    }

    private static Command Sub(string name, string description, Action<IReadOnlyList<CapabilityReport>> print)
    {
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command(name, description) { backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var chosen = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var reports = await services.GetRequiredService<OutcomeLearning>().ReportAsync(chosen, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Backlog = chosen, Steps = reports.Select(OutcomesText.Finite) }, OutputJson.Options));
            else
                print(reports);
            return BacklogCommand.Done;
        });
        return command;
    }
}
