using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog review</c>: what waits for a person.</summary>
internal static class ReviewCommand
{
    private const string Description = """
        List what waits for a person's yes or no, surest first. Nobody's silence is ever a yes: what runs out is not done.

        Examples:
          backlog review
          backlog review --step duplicates --top 10
          backlog decisions approve 12 15         answer two of them
          backlog decisions reject 19 --because "not the same crash"
        """;

    public static Command Create()
    {
        var step = new Option<string?>("--step") { Description = "Only with changes proposed by this step.", HelpName = "STEP" };
        step.AcceptOnlyFromAmong([.. TriageSteps.All.Select(s => s.Name)]);
        var top = CommonOptions.Top();
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("review", Description) { step, top, backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var queue = await services.GetRequiredService<ReviewQueue>().ListAsync(name, TimeProvider.System.GetUtcNow(), parsed.GetValue(step), cancellation);
            var shown = queue.Take(parsed.GetValue(top)).ToList();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { Backlog = name, Waiting = queue.Count, Asks = shown.Select(q => new { q.Ask.Item, q.Ask.Decision, q.Ask.OpenedAt, q.Ask.Until, q.Decision.Reason, Changes = q.Asked.Select(c => new { c.Change.Slot, What = c.Change.Describe(), c.Step, c.Confidence, c.Why }) }) },
                    OutputJson.Options));
                return BacklogCommand.Done;
            }

            Print(shown, queue.Count, name);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static void Print(List<QueuedAsk> shown, int waiting, string backlog)
    {
        if (waiting == 0)
        {
            AnsiConsole.WriteLine($"Nothing waits for a person in '{Show.OneLine(backlog)}'. In shadow mode nothing is asked: 'backlog decisions list' shows what would be.");
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn("item").NoWrap()).AddColumn("asked").AddColumn(new TableColumn("sure").RightAligned()).AddColumn("step").AddColumn("since").AddColumn("until");
        foreach (var queued in shown)
        {
            foreach (var (change, i) in queued.Asked.Select((c, i) => (c, i)))
            {
                table.AddRow(
                    i == 0 ? Markup.Escape(Show.OneLine(queued.Ask.Item.Number)) : "",
                    Markup.Escape(Show.Short(change.Change.Describe(), 80)),
                    $"{change.Confidence}",
                    change.Step,
                    i == 0 ? Show.Day(queued.Ask.OpenedAt) : "",
                    i == 0 && queued.Ask.Until is { } until ? Show.Day(until) : "");
            }
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"[grey]{Show.Count(shown.Count, "ask")} of {waiting:N0}. 'backlog decisions why ITEM' gives the reasons; approve, reject or snooze answers.[/]");
    }
}
