using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog decisions approve|reject|snooze ITEM…</c>: answers to what is asked, one by one or for a listed batch.</summary>
internal static class AnswerCommands
{
    public static Command Approve()
    {
        var only = new Option<string[]>("--only") { Description = "Only this change, by its slot as 'backlog review --json' names it; may be given several times.", HelpName = "SLOT" };
        var because = PersonOptions.Because();
        return Create(
            "approve",
            "Agree with what is asked on these items. Closes are announced on the item first, and made after the wait unless somebody objects.\n\nExamples:\n  backlog decisions approve 12 15 19\n  backlog decisions approve 12 --only label:bug",
            [only, because],
            (parsed, by) => new ApprovalAnswer(true, by, parsed.GetValue(because)) { Only = parsed.GetValue(only) is { Length: > 0 } slots ? slots : null });
    }

    public static Command Reject()
    {
        var because = PersonOptions.Because();
        because.Required = true;
        return Create(
            "reject",
            "Refuse what is asked on these items: it is not asked again there.\n\nExample:\n  backlog decisions reject 12 --because \"it is another crash\"",
            [because],
            (parsed, by) => new ApprovalAnswer(false, by, parsed.GetValue(because)));
    }

    public static Command Snooze()
    {
        var days = new Option<int>("--days") { Description = "Days until it is asked again.", HelpName = "DAYS", DefaultValueFactory = _ => 7 };
        days.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && !(int.TryParse(text.Value, out var number) && number is >= 1 and <= 365))
                result.AddError("--days takes a number from 1 to 365.");
        });
        return Create(
            "snooze",
            "Have what is asked on these items asked again later.\n\nExample:\n  backlog decisions snooze 12 --days 30",
            [days],
            (parsed, by) => new ApprovalAnswer(false, by) { SnoozeUntil = TimeProvider.System.GetUtcNow().AddDays(parsed.GetValue(days)) });
    }

    private static Command Create(string verb, string description, IReadOnlyList<Option> options, Func<ParseResult, string, ApprovalAnswer> answerOf)
    {
        var items = PersonOptions.Items();
        var decision = PersonOptions.Decision();
        var by = PersonOptions.By();
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command(verb, description) { items, decision, by, backlog, dataDir, json };
        foreach (var option in options)
            command.Add(option);
        command.SetRun(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(decision) is not null && parsed.GetRequiredValue(items).Length > 1)
                throw new UserErrorException("--decision names a decision on one item: give one item with it.");
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, null);
            var store = services.GetRequiredService<IBacklogStore>();
            var run = services.GetRequiredService<PersonRun>();
            var searched = await CommandRun.BacklogsToSearchAsync(store, parsed.GetValue(backlog), cancellation);
            var answer = answerOf(parsed, PersonRun.Operator(parsed.GetValue(by)));
            var failed = 0;
            foreach (var text in parsed.GetRequiredValue(items))
            {
                var (name, item) = await ItemChoice.FindAsync(store, searched, text, cancellation);
                var (reply, outcome) = await run.AnswerAsync(name, item, parsed.GetValue(decision), answer, cancellation);
                failed += reply.Kind == AnswerKind.Taken ? 0 : 1;
                if (parsed.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(new { Item = item, reply.Kind, reply.Decision, reply.Why, Outcome = outcome }, OutputJson.Options));
                else
                    OutcomeText.Print($"{Show.OneLine(item.ToString())}: {reply.Why ?? Said(answer)}", outcome, reply.Kind == AnswerKind.Taken);
            }

            return failed == 0 ? BacklogCommand.Done : BacklogCommand.Failed;
        });
        return command;
    }

    private static string Said(ApprovalAnswer answer) => answer switch
    {
        { SnoozeUntil: { } until } => $"put off until {Show.Day(until)}.",
        { Approved: true } => "approved.",
        _ => "rejected; it is not asked again.",
    };
}
