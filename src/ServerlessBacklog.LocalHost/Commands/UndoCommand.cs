using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog decisions undo</c>: takes changes of single items, or of a whole run, back.</summary>
internal static class UndoCommand
{
    private const string Description = """
        Take back what the system changed: exactly, as long as nobody has changed it since; else it says why not. What is taken back is not
        done again there. Without ITEM, all that was changed since a moment, or by one step, after asking.

        Examples:
          backlog decisions undo 12
          backlog decisions undo --since 2026-11-28T09:00 --step type
        """;

    public static Command Create()
    {
        var items = PersonOptions.Items();
        items.Arity = ArgumentArity.ZeroOrMore;
        var decision = PersonOptions.Decision();
        var since = new Option<string?>("--since") { Description = "All that was changed at or after this moment (UTC unless it says otherwise).", HelpName = "WHEN" };
        var until = new Option<string?>("--until") { Description = "… and before this one.", HelpName = "WHEN" };
        var step = new Option<string?>("--step") { Description = "Only what this step proposed.", HelpName = "STEP" };
        var yes = PersonOptions.Yes();
        var by = PersonOptions.By();
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("undo", Description) { items, decision, since, until, step, yes, by, backlog, dataDir, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, null);
            var store = services.GetRequiredService<IBacklogStore>();
            var searched = await CommandRun.BacklogsToSearchAsync(store, parsed.GetValue(backlog), cancellation);
            var named = parsed.GetValue(items) ?? [];
            var all = new List<(string Backlog, WorkItemRef Item, string? Decision)>();
            foreach (var text in named)
            {
                var (name, item) = await ItemChoice.FindAsync(store, searched, text, cancellation);
                all.Add((name, item, parsed.GetValue(decision)));
            }

            if (named.Length == 0)
            {
                all.AddRange(await ChosenAsync(store, searched, Moment(parsed.GetValue(since), "--since"), Moment(parsed.GetValue(until), "--until"), parsed.GetValue(step), cancellation));
                if (all.Count > 0 && !parsed.GetValue(yes) && !Confirm(all))
                    return BacklogCommand.Done;
            }

            if (all.Count == 0)
                Console.WriteLine("Nothing was changed there that could be taken back.");
            return await RunAsync(services.GetRequiredService<PersonRun>(), all, PersonRun.Operator(parsed.GetValue(by)), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        PersonRun run, List<(string Backlog, WorkItemRef Item, string? Decision)> all, string by, bool json, CancellationToken cancellation)
    {
        var failed = 0;
        foreach (var (backlog, item, decision) in all)
        {
            var (answer, outcome) = await run.SayAsync(backlog, item, by, decision is null ? "undo" : $"undo {decision}", cancellation);
            failed += answer.IsError ? 1 : 0;
            if (json)
                Console.WriteLine(JsonSerializer.Serialize(new { Item = item, answer.Reply, answer.IsError, answer.Decision, Outcome = outcome }, OutputJson.Options));
            else
                OutcomeText.Print($"{Show.OneLine(item.ToString())}: {answer.Reply}", outcome, answer.Decision is not null);
        }

        return failed == 0 ? BacklogCommand.Done : BacklogCommand.Failed;
    }

    /// <summary>Outcomes of a run, the newest first, so that each item goes back the way it came.</summary>
    private static async Task<List<(string Backlog, WorkItemRef Item, string? Decision)>> ChosenAsync(
        IBacklogStore store, IReadOnlyList<string> backlogs, DateTimeOffset? since, DateTimeOffset? until, string? step, CancellationToken cancellation)
    {
        if (since is null && step is null)
            throw new UserErrorException("Say what to take back: items, or --since, or --step.");
        var chosen = new List<(string Backlog, DecisionOutcome Outcome)>();
        foreach (var backlog in backlogs)
        {
            await foreach (var outcome in store.AllOutcomesAsync(backlog, cancellation))
            {
                if (!(outcome.At < since) && !(outcome.At >= until) && outcome.Changes.Any(c => c is { State: ChangeState.Applied or ChangeState.Waiting, Inverse: not null, Change: not AddReply })
                    && await IsOfAsync(store, backlog, outcome, step, cancellation))
                    chosen.Add((backlog, outcome));
            }
        }

        return [.. chosen.OrderByDescending(c => c.Outcome.At).Select(c => (c.Backlog, c.Outcome.Item, (string?)c.Outcome.Decision))];
    }

    private static async Task<bool> IsOfAsync(IBacklogStore store, string backlog, DecisionOutcome outcome, string? step, CancellationToken cancellation)
    {
        var decision = (await store.DecisionsAsync(backlog, outcome.Item, cancellation)).FirstOrDefault(d => d.Id == outcome.Decision);
        // What a person said is theirs: it is taken back by name only.
        return decision is { By: null } && (step is null || decision.Changes.Any(c => c.Step == step && c.Verdict != Verdict.Drop));
    }

    private static DateTimeOffset? Moment(string? text, string option) => text is null ? null
        : CommandRun.TryParseMoment(text, out var moment) ? moment
        : throw new UserErrorException($"{option} is a moment, for example 2026-11-28T09:00.");

    private static bool Confirm(List<(string Backlog, WorkItemRef Item, string? Decision)> all)
    {
        if (Console.IsInputRedirected)
            throw new UserErrorException($"{Show.Count(all.Count, "decision")} would be taken back, and nobody can be asked here. Add --yes.");
        Console.Write($"{Show.Count(all.Count, "decision")} on {Show.Count(all.Select(a => a.Item).Distinct().Count(), "item")} will be taken back. Type yes to go on: ");
        return Console.ReadLine()?.Trim() is "yes" or "y";
    }
}
