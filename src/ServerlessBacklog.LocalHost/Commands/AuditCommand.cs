using System.CommandLine;
using System.Globalization;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog audit export|verify</c>: what was decided, said and done, and whether the log is as it was written.</summary>
internal static class AuditCommand
{
    private const string Description = """
        The audit log: what was decided, asked, answered, applied and undone, by whom, from which settings, prompts and models. Its rows are only ever
        appended, and each names the hash of the row before it.

        Examples:
          backlog audit export --from 2026-11-01 --out november.jsonl
          backlog audit verify
          backlog audit verify --expect 3f0a…  a head hash that you kept elsewhere must still be there
          backlog audit verify --file november.jsonl
        """;

    public static Command Create() => new("audit", Description) { Export(), Verify() };

    private static Command Export()
    {
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var from = Day("--from", "First day, UTC.");
        var to = Day("--to", "Last day, UTC.");
        var file = new Option<string?>("--out") { Description = "Write to a file instead of the terminal.", HelpName = "FILE" };
        var command = new Command("export", "Write the log as JSON Lines, a row each; such a file verifies without the store. It names people as the log does.") { backlog, from, to, file, dataDir, storage };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var log = services.GetRequiredService<IAuditLog>();
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var head = await log.HeadAsync(name, cancellation);
            var rows = log.ReadAsync(name, parsed.GetValue(from), parsed.GetValue(to), cancellation);
            if (parsed.GetValue(file) is not { } path)
            {
                await AuditFile.WriteAsync(rows, head, parsed.GetValue(to) is not null, Console.Out, cancellation);
                return BacklogCommand.Done;
            }

            var count = 0;
            await OutputFile.WriteAsync(path, async stream =>
            {
                await using var writer = new StreamWriter(stream);
                count = await AuditFile.WriteAsync(rows, head, parsed.GetValue(to) is not null, writer, cancellation);
            });
            Console.WriteLine($"{Show.Count(count, "row")} of '{Show.OneLine(name)}' written to {path}.");
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Command Verify()
    {
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var expect = new Option<string?>("--expect") { Description = "Hash of a row that must be there: a head that an earlier run printed.", HelpName = "HASH" };
        var file = new Option<string?>("--file") { Description = "Verify an exported file instead of the store.", HelpName = "FILE" };
        var command = new Command("verify", "Say whether the log is as it was written. Exit code 1 when it is not.") { backlog, expect, file, dataDir, storage };
        command.SetRun(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(file) is { } path)
            {
                if (!File.Exists(path))
                    throw new UserErrorException($"There is no file '{path}'. 'backlog audit export --out FILE' writes one.");
                using var reader = new StreamReader(path);
                var (rows, head) = await AuditFile.ReadAsync(reader, cancellation);
                return Print(path, AuditVerifier.Verify(rows, head, parsed.GetValue(expect)), isFile: true);
            }

            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            return Print(name, await AuditVerifier.VerifyAsync(services.GetRequiredService<IAuditLog>(), name, parsed.GetValue(expect), cancellation), isFile: false);
        });
        return command;
    }

    private static int Print(string name, AuditReport report, bool isFile)
    {
        foreach (var problem in report.Problems)
            Console.WriteLine(Show.OneLine(problem));
        if (report.Head is not { } head)
        {
            Console.WriteLine(report.Problems.Count == 0 ? $"The audit log of '{Show.OneLine(name)}' holds no row." : "");
            return report.Problems.Count == 0 ? BacklogCommand.Done : BacklogCommand.Failed;
        }

        Console.WriteLine(report.Problems.Count == 0
            ? $"{Show.Count((int)report.Rows, "row")} of {Show.Count(report.Days, "day")} in '{Show.OneLine(name)}': all as they were written and in their order."
            : $"{Show.Count(report.Problems.Count, "problem")} in {Show.Count((int)report.Rows, "row")} of '{Show.OneLine(name)}'.");
        if (isFile && report.Previous is { } previous && previous != AuditSeal.Genesis)
            Console.WriteLine($"The file begins after the row {previous}; of earlier rows it tells nothing.");
        Console.WriteLine($"Head: {AuditRow.NameOf(head.Day, head.Sequence)} {head.Hash}");
        Console.WriteLine("Keep this hash where nobody who can write to the store can reach it, and hand it in with --expect next time: somebody who rewrites every row and the head makes a log that holds in itself.");
        return report.Problems.Count == 0 ? BacklogCommand.Done : BacklogCommand.Failed;
    }

    private static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            result.AddError($"{name} takes a day as 2026-11-28.");
            return null;
        },
    };
}
