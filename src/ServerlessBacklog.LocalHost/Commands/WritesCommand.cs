using System.CommandLine;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog writes stop|allow|status</c>: the kill switch.</summary>
internal static class WritesCommand
{
    private const string Description = """
        The kill switch: while writing is stopped, nothing is written to any tracker, by whichever program shares these data. Reading,
        deciding and recording go on.

        Examples:
          backlog writes stop --why "it labels too much"
          backlog writes status
          backlog writes allow
        """;

    public static Command Create() => new("writes", Description) { Stop(), Allow(), Status() };

    private static Command Stop()
    {
        var why = new Option<string>("--why") { Description = "The reason, shown wherever a change is left undone.", HelpName = "TEXT", DefaultValueFactory = _ => "stopped by hand" };
        return Sub("stop", "Stop all writing at once.", why, async (writes, parsed, cancellation) =>
        {
            await writes.StopAsync(new WriteStop(parsed.GetValue(why)!, TimeProvider.System.GetUtcNow()), cancellation);
            Console.WriteLine("Writing is stopped. 'backlog writes allow' lets it go on.");
        });
    }

    private static Command Allow() => Sub("allow", "Let writing go on. What was left undone meanwhile stays undone.", null, async (writes, _, cancellation) =>
    {
        await writes.AllowAsync(cancellation);
        Console.WriteLine("Writing goes on, as far as the settings of each backlog let it.");
    });

    private static Command Status() => Sub("status", "Say whether writing is stopped.", null, async (writes, _, cancellation) =>
        Console.WriteLine(await writes.FindAsync(cancellation) is { } stop
            ? $"Writing is stopped since {stop.Since:yyyy-MM-dd HH:mm} UTC: {Show.OneLine(stop.Why)}"
            : "Writing is not stopped; how far each step may go, its settings say (default: shadow mode, nothing is written)."));

    private static Command Sub(string name, string description, Option? option, Func<IWriteStop, ParseResult, CancellationToken, Task> run)
    {
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var command = new Command(name, description) { dataDir, storage };
        if (option is not null)
            command.Add(option);
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            await run(services.GetRequiredService<IWriteStop>(), parsed, cancellation);
            return BacklogCommand.Done;
        });
        return command;
    }
}
