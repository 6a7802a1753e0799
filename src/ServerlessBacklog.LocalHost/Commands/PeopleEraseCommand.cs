using System.CommandLine;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog people erase LOGIN</c>: a pseudonym in place of a person in all that is stored (docs/privacy.md).</summary>
internal static class PeopleEraseCommand
{
    private const string Description = """
        Put a pseudonym in place of a person in all that is stored, and for what comes in later. It cannot be taken back. The tracker itself
        and backups are not touched (docs/privacy.md). Counts first and asks; may be run again at any time.

        Examples:
          backlog people erase octocat
          backlog people erase octocat --name "Mona Lisa" --yes
        """;

    public static Command Create()
    {
        var login = new Argument<string>("LOGIN") { Description = "The person's login, as a tracker has it; case does not matter." };
        var names = new Option<string[]>("--name") { Description = "Another name of the same person: display name, mail address. Those in the people directory are known.", HelpName = "NAME" };
        var backlog = CommonOptions.Backlog();
        backlog.Description = "Only in this backlog; without it in all, with deliveries, the people directory and what runs.";
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var command = new Command("erase", Description) { login, names, backlog, yes, dataDir, storage };
        command.SetRun(async (parsed, cancellation) =>
        {
            var directory = parsed.GetValue(dataDir)!;
            await using var services = CommandRun.Services(directory, parsed.GetValue(storage));
            var eraser = services.GetRequiredService<IPersonEraser>();
            var only = parsed.GetValue(backlog) is { } named ? await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), named, cancellation) : null;
            IReadOnlyList<string> who = [parsed.GetRequiredValue(login), .. parsed.GetValue(names) ?? []];
            var found = await eraser.EraseAsync(who, only, isTrial: true, cancellation);
            Console.WriteLine($"{Show.OneLine(who[0])} stands in {Words(found.Counts)}.");
            if (!parsed.GetValue(yes) && !Confirm())
            {
                Console.WriteLine("Nothing was changed.");
                return BacklogCommand.Done;
            }

            var done = await eraser.EraseAsync(who, only, isTrial: false, cancellation);
            var runs = only is null && File.Exists(LocalWorkflow.PathIn(directory))
                ? await services.GetRequiredService<LocalRunner.LocalRunner>().RewriteAsync(text => ErasedJson.In(done.Names, text), cancellation)
                : 0;
            Console.WriteLine($"{done.Pseudonym} stands there now: {Words(done.Counts)}{(runs > 0 ? $", {runs:N0} records of what runs" : "")}. A running 'backlog serve' builds its own picture anew when it looks next.");
            return BacklogCommand.Done;
        });
        return command;
    }

    /// <exception cref="UserErrorException">Nobody can be asked.</exception>
    private static bool Confirm()
    {
        if (Console.IsInputRedirected)
            throw new UserErrorException("Nobody can be asked here, and it cannot be taken back. Add --yes to erase.");
        Console.Write("Put a pseudonym there? It cannot be taken back. [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static string Words(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? "nothing that is stored" : string.Join(", ", counts.Select(c => $"{c.Value:N0} {c.Key}"));
}
