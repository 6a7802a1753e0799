using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Ports;
using Command = System.CommandLine.Command;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog say ITEM "COMMAND"</c>: the same words as in a comment.</summary>
internal static class SayCommand
{
    private const string Description = """
        Give a command on one item, in the same words as in a comment on it (there it begins with /backlog). 'backlog say ITEM help' lists
        them. On this machine the operator may give every one of them; in a comment the person's role in the tracker decides.

        Examples:
          backlog say 12 why
          backlog say 12 "pin P1 because the customer waits"
          backlog say 12 "not duplicate of #7"
          backlog say 12 undo
        """;

    public static Command Create()
    {
        var item = new Argument<string>("ITEM") { Description = "The item: its number, or in full as tracker:project#number." };
        var words = new Argument<string[]>("COMMAND") { Description = "What is said.", Arity = ArgumentArity.OneOrMore };
        var by = PersonOptions.By();
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("say", Description) { item, words, by, backlog, dataDir, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, null);
            var store = services.GetRequiredService<IBacklogStore>();
            var (name, reference) = await ItemChoice.FindAsync(store, await CommandRun.BacklogsToSearchAsync(store, parsed.GetValue(backlog), cancellation), parsed.GetRequiredValue(item), cancellation);
            var text = string.Join(' ', parsed.GetRequiredValue(words));
            var (answer, outcome) = await services.GetRequiredService<PersonRun>().SayAsync(name, reference, PersonRun.Operator(parsed.GetValue(by)), text, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Item = reference, Understood = CommandParser.Parse(text).Command is not null, answer.Reply, answer.IsError, answer.Decision, Outcome = outcome }, OutputJson.Options));
            else
                OutcomeText.Print(answer.Reply, outcome, answer.Decision is not null);
            return answer.IsError ? BacklogCommand.Failed : BacklogCommand.Done;
        });
        return command;
    }
}
