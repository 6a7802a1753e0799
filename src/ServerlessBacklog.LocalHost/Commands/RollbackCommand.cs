using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog rollback</c>: every step goes back to shadow, or off, at once.</summary>
internal static class RollbackCommand
{
    private const string Description = """
        Take every step of a backlog back to shadow at once, whatever its configuration says. It holds from the next write on, until it is undone;
        what was applied stays ('backlog undo' takes that back).

        Examples:
          backlog rollback --why "wrong labels since noon"
          backlog rollback --to off
          backlog rollback --undo
        """;

    public static Command Create()
    {
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var to = new Option<string>("--to") { Description = "How far steps may go at most.", DefaultValueFactory = _ => "shadow" };
        to.AcceptOnlyFromAmong("shadow", "off");
        var why = new Option<string>("--why") { Description = "The reason, shown wherever a level is held back.", HelpName = "TEXT", DefaultValueFactory = _ => "by hand" };
        var undo = new Option<bool>("--undo") { Description = "Let steps go as far as is configured again." };
        var command = new Command("rollback", Description) { to, why, undo, backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var rollbacks = services.GetRequiredService<Rollbacks>();
            if (parsed.GetValue(undo))
                await rollbacks.UndoAsync(name, cancellation);
            else
                await rollbacks.SetAsync(name, new Rollback(Enum.Parse<Autonomy>(parsed.GetValue(to)!, ignoreCase: true), parsed.GetValue(why)!, TimeProvider.System.GetUtcNow()), cancellation);
            var now = await rollbacks.FindAsync(name, cancellation);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { Backlog = name, Rollback = now }, OutputJson.Options)
                : now is null ? $"{Show.OneLine(name)} goes as far as its configuration and the gates let it."
                : $"{Show.OneLine(name)} is rolled back to {now.To.ToString().ToLowerInvariant()}. 'backlog rollback --undo' lets it go on.");
            return BacklogCommand.Done;
        });
        return command;
    }
}
