using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary>The command line as a whole. Exit codes: 0 done, 1 the work failed, 2 the call was wrong.</summary>
public static class BacklogCommand
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongCall = 2;

    /// <summary>Columns of a line in a file or a pipe, where no terminal says how many there are.</summary>
    private const int RedirectedWidth = 200;

    /// <summary>Time that Ctrl+C leaves to finish the page of items in hand; after it the process ends as it is, which harms no data.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    private const string Description = """
        Keeps a backlog lean: finds duplicates, vague, stale and blocked items, and says what to do first and why.

        Examples:
          backlog                                       triage the sample backlog, then show it on http://localhost:7071
          backlog triage file:issues.csv --report r.html
          backlog triage github:owner/repo              a public repository needs no token; GITHUB_TOKEN is used when set
          backlog demo --live                           the whole loop against trackers played on this machine
          backlog triage file:issues.jsonl --framework rice --goals goals.yml --json findings.json
          backlog assess file:jira-export.csv           is the data good enough to start with?
          backlog items --top 20                        what to do first
          backlog decisions why 1717379                 everything that is known about one item
          backlog forecast                              when, how many, who has too much, what may go wrong
          backlog review                                what waits for your yes or no
          backlog say 12 "not duplicate of #7"          the same words as in a comment: /backlog …
          backlog ask "what is blocked, oldest first?"  a question about the backlog, or a change, in your own words
          backlog status                                what is stored, under way, or stuck
          backlog eval duplicates --data bugs.jsonl     how good the decisions are on a backlog whose truth is known
          backlog notifications                         what was sent to people, and what became of it
          backlog doctor                                is the set-up in order, and if not, how to mend it
          backlog connect github owner/repo --url https://my-app.azurewebsites.net
        """;

    public static RootCommand Create()
    {
        var root = new RootCommand(Description)
        {
            TriageCommand.Create(),
            ImportCommand.Create(),
            AssessCommand.Create(),
            EvalCommand.Create(),
            ItemsCommand.Create(),
            DecisionsCommand.Create(),
            ReviewCommand.Create(),
            SayCommand.Create(),
            AskCommand.Create(),
            McpCommand.Create(),
            PeopleCommand.Create(),
            PlanMeetingCommand.Create(),
            ValueCommand.Create(),
            ServeCommand.Create(),
            StatusCommand.Create(),
            WritesCommand.Create(),
            ConfigCommand.Create(),
            RollbackCommand.Create(),
            AuditCommand.Create(),
            RolloutCommand.Create(),
            MetricsCommand.Create(),
            ForecastCommand.Create(),
            ThemesCommand.Create(),
            DigestCommand.Create(),
            NotificationsCommand.Create(),
            FeedbackCommand.Create(),
            OutcomesCommand.Create(),
            FairnessCommand.Create(),
            DoctorCommand.Create(),
            ConnectCommand.Create(),
            CompletionCommand.Create(),
        };
        var demo = DemoCommand.Create();
        root.Add(demo);
        foreach (var option in demo.Options)
            root.Add(option);
        root.Action = demo.Action;
        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = RedirectedWidth;
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"backlog: {error.Message}");
            var command = parsed.CommandResult.Command is RootCommand ? "" : $" {PathOf(parsed.CommandResult)}";
            await Console.Error.WriteLineAsync($"Run 'backlog{command} --help' to see how it is called.");
            return WrongCall;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopWithin });
    }

    /// <summary>The command with those above it: <c>decisions why</c>.</summary>
    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult { Command: not RootCommand } above ? $"{PathOf(above)} {command.Command.Name}" : command.Command.Name;
}
