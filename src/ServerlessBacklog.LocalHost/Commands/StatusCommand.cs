using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog status</c>: what is stored, what is under way, what is stuck and how to mend it.</summary>
internal static class StatusCommand
{
    private const string Description = """
        Show what is stored, what is under way, and what is stuck with how to mend it. Exit code 1 when something cannot be read.

        Examples:
          backlog status
          backlog status --retry sweep~seamonkey     let a held instance go on, or start a failed one again
          backlog status --end sweep~seamonkey       end an instance for good
        """;

    public static Command Create()
    {
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var retry = new Option<string?>("--retry") { Description = "Let a held or failed instance go on; a running program takes it up.", HelpName = "ID" };
        var end = new Option<string?>("--end") { Description = "End a running, waiting or held instance; nothing it has done is taken back.", HelpName = "ID" };
        var command = new Command("status", Description) { retry, end, dataDir, storage, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(retry) is not null && result.GetResult(end) is not null)
                result.AddError("--retry and --end do not go together. Name one of them.");
        });
        command.SetRun(async (parsed, cancellation) =>
        {
            var directory = parsed.GetValue(dataDir)!;
            await using var services = CommandRun.Services(directory, parsed.GetValue(storage));
            if (parsed.GetValue(retry) is { } again)
                return await ActAsync(services, directory, again, runner => runner.RetryAsync(again, cancellation), "goes on", "neither held nor failed");
            if (parsed.GetValue(end) is { } over)
                return await ActAsync(services, directory, over, runner => runner.TerminateAsync(over, "Ended by hand.", cancellation), "is ended", "not under way");
            var status = await HostStatus.ReadAsync(services, directory, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(status, OutputJson.Options));
            else
                StatusText.Print(status);
            return status.Faults.Count > 0 ? BacklogCommand.Failed : BacklogCommand.Done;
        });
        return command;
    }

    private static async Task<int> ActAsync(
        ServiceProvider services, string directory, string id, Func<LocalRunner.LocalRunner, Task<bool>> act, string done, string otherwise)
    {
        if (!File.Exists(LocalWorkflow.PathIn(directory)) || !await act(services.GetRequiredService<LocalRunner.LocalRunner>()))
            throw new UserErrorException($"There is no instance '{id}' here, or it is {otherwise}. 'backlog status' lists them.");
        Console.WriteLine($"{Show.OneLine(id)} {done}.");
        return BacklogCommand.Done;
    }
}
