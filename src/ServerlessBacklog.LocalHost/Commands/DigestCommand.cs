using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog digest --shadow</c>: what the steps would have done.</summary>
internal static class DigestCommand
{
    private const string Description = """
        Say what the steps would have done without shadow mode: how much each, and the ten surest with their reasons, as Markdown.

        Example:
          backlog digest --shadow > digest.md
        """;

    public static Command Create()
    {
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var shadow = new Option<bool>("--shadow") { Description = "What would have been done in shadow mode.", Required = true };
        var command = new Command("digest", Description) { shadow, backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var report = await services.GetRequiredService<Reporting>().LoadAsync(name, cancellation);
            var markdown = ShadowDigest.Of(
                name,
                report.AsOf,
                report.Decisions,
                report.Backlog.Items.Values.ToDictionary(o => o.Item.Ref, o => o.Item.Title),
                report.Findings.SelectMany(f => f.Value).ToDictionary(f => (f.Item, f.Step), f => f.Reason));
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Backlog = name, Steps = Counts(report.Decisions), Markdown = markdown }, OutputJson.Options));
            else
                Console.Write(markdown);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Dictionary<string, StepCount> Counts(IEnumerable<Decision> decisions) => decisions.SelectMany(d => d.Changes).Where(c => c.Verdict == Verdict.Drop && c.WouldBe != Verdict.Drop)
        .GroupBy(c => c.Step).ToDictionary(g => g.Key, g => new StepCount(g.Count(c => c.WouldBe == Verdict.Apply), g.Count(c => c.WouldBe == Verdict.Ask)));

    private sealed record StepCount(int Apply, int Ask);
}
