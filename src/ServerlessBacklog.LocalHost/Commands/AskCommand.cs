using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Questions;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog ask "QUESTION"</c>: a question about the backlog, or a change that is confirmed by a second call.</summary>
internal static class AskCommand
{
    private const string Description = """
        Ask about the backlog, or have one item changed, in your own words (docs/conversation.md). What was looked up is shown with the answer. A change is shown
        as a plan first, with a token; nothing is done before you hand that back. Exit code 1 when it was not understood or could not be done.

        Examples:
          backlog ask "what is blocked?"
          backlog ask "open bugs without an assignee, oldest first"
          backlog ask "who has the most open items?"
          backlog ask "why is 12 blocked?"
          backlog ask "make 12 a P1"
          backlog ask --yes TOKEN
        """;

    public static Command Create()
    {
        var words = new Argument<string[]>("QUESTION") { Description = "What you want to know, or to have done.", Arity = ArgumentArity.ZeroOrMore };
        var yes = new Option<string?>("--yes") { Description = "Confirm a plan with the token that was shown with it.", HelpName = "TOKEN" };
        var by = PersonOptions.By();
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("ask", Description) { words, yes, by, backlog, dataDir, storage, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(words) is not { Tokens.Count: > 0 } == result.GetResult(yes) is not { Tokens.Count: > 0 })
                result.AddError("Say what you want to know, or confirm a plan with --yes TOKEN.");
        });
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var text = string.Join(' ', parsed.GetValue(words) ?? []);
            var (answer, outcome) = await services.GetRequiredService<PersonRun>().AskAsync(name, PersonRun.Operator(parsed.GetValue(by)), text, parsed.GetValue(yes), cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Backlog = name, Answer = answer, Outcome = outcome }, OutputJson.Options));
            else
                ChatText.Print(answer, outcome);
            return answer.Kind is ChatKind.Unknown or ChatKind.Refused or ChatKind.Failed ? BacklogCommand.Failed : BacklogCommand.Done;
        });
        return command;
    }
}
