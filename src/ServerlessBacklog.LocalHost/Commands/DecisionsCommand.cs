using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog decisions list|show|why|approve|reject|snooze|undo</c>: what was decided, from what, and what a person says to it.</summary>
internal static class DecisionsCommand
{
    public static Command Create() => new("decisions", "What was decided on each item, and why; answers to what is asked, and undo.")
    {
        ListDecisions(),
        ShowDecision("show", "Show the decisions on one item, newest first.\n\nExample:\n  backlog decisions show 1717379", why: false),
        ShowDecision("why", "Show everything that a decision rests on: findings, evidence, confidence, thresholds, versions.\n\nExample:\n  backlog decisions why 1717379", why: true),
        AnswerCommands.Approve(),
        AnswerCommands.Reject(),
        AnswerCommands.Snooze(),
        UndoCommand.Create(),
    };

    private static Command ListDecisions()
    {
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var step = new Option<string?>("--step") { Description = "Only changes proposed by this step: duplicates, clarity, staleness …", HelpName = "STEP" };
        step.AcceptOnlyFromAmong([.. TriageSteps.All.Select(s => s.Name)]);
        var top = CommonOptions.Top();
        var command = new Command("list", "List the decisions that would change something, surest first.\n\nExample:\n  backlog decisions list --step duplicates") { backlog, step, top, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var store = services.GetRequiredService<IBacklogStore>();
            var name = await CommandRun.ChooseBacklogAsync(store, parsed.GetValue(backlog), cancellation);
            var changes = new List<(Decision Decision, DecidedChange Change)>();
            await foreach (var decision in store.LatestDecisionsAsync(name, cancellation))
                changes.AddRange(decision.Changes.Where(c => c.WouldBe != Verdict.Drop && (parsed.GetValue(step) ?? c.Step) == c.Step).Select(c => (decision, c)));
            var shown = changes.OrderByDescending(c => c.Change.Confidence).ThenBy(c => c.Decision.Item.ToString(), StringComparer.Ordinal).Take(parsed.GetValue(top)).ToList();
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(shown.Select(s => new { s.Decision.Id, s.Decision.Item, s.Decision.DecidedAt, s.Change }), OutputJson.Options));
            else
                PrintList(shown, changes.Count);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Command ShowDecision(string verb, string description, bool why)
    {
        var item = new Argument<string>("ITEM") { Description = "The item: its number, or in full as tracker:project#number." };
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command(verb, description) { item, backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var store = services.GetRequiredService<IBacklogStore>();
            var searched = await CommandRun.BacklogsToSearchAsync(store, parsed.GetValue(backlog), cancellation);
            var (name, reference) = await ItemChoice.FindAsync(store, searched, parsed.GetRequiredValue(item), cancellation);
            var decisions = await store.DecisionsAsync(name, reference, cancellation);
            var findings = why ? await store.FindingsAsync(name, reference, cancellation) : [];
            var reasons = why ? await services.GetRequiredService<Why>().LookAsync(name, reference, cancellation) : null;
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Item = reference, Decisions = decisions, Findings = why ? findings : null, Acts = reasons?.Acts, reasons?.Held }, OutputJson.Options));
            else
                DecisionText.Print((await store.FindItemsAsync(name, [reference], cancellation))[0], decisions, findings, reasons);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static void PrintList(List<(Decision Decision, DecidedChange Change)> changes, int total)
    {
        var table = new Table().Border(TableBorder.None).AddColumn("would").AddColumn(new TableColumn("item").NoWrap()).AddColumn("change").AddColumn(new TableColumn("sure").RightAligned()).AddColumn("step");
        foreach (var (decision, change) in changes)
        {
            table.AddRow(
                change.WouldBe.ToString().ToLowerInvariant(),
                Markup.Escape(Show.OneLine(decision.Item.Number)),
                Markup.Escape(Show.Short(change.Change.Describe(), 80)),
                $"{change.Confidence}",
                change.Step);
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"[grey]{changes.Count:N0} of {total:N0} proposed changes. 'backlog decisions why ITEM' gives the reasons.[/]");
    }
}
