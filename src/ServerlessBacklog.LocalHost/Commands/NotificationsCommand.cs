using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog notifications</c>: what was sent and what became of it, who is told what, and a test of a channel.</summary>
internal static class NotificationsCommand
{
    private const string Description = """
        Show what was sent to people and what became of it. 'unknown' means that nobody knows whether it came: it is never sent again by itself.

        Examples:
          backlog notifications                          the last messages with their outcome
          backlog notifications --retry manager/owner/repo/2026-W48/email:ada@example.com
          backlog notifications people                   who is told what, where and when
          backlog notifications choose email:ada@example.com --person ada --digests manager,personal --time-zone Europe/Berlin --hour 9
          backlog notifications stop email:ada@example.com
          backlog notifications test slack:team          sends one test message
          backlog notifications send                     sends now what is due
        """;

    public static Command Create()
    {
        var most = new Option<int>("--most") { Description = "Messages to show.", HelpName = "NUMBER", DefaultValueFactory = _ => 20 };
        var retry = new Option<string?>("--retry") { Description = "Send the message of this key again.", HelpName = "KEY" };
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var command = new Command("notifications", Description) { most, retry, backlog, dataDir, storage, json, NotificationChoiceCommands.People(), NotificationChoiceCommands.Choose(), NotificationChoiceCommands.Stop(), Test(), Send() };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            if (parsed.GetValue(retry) is { } key)
            {
                var state = await services.GetRequiredService<NotificationDesk>().RetryAsync(name, key, cancellation);
                Console.WriteLine($"{Show.OneLine(key)}: {state.ToString().ToLowerInvariant()}");
                return state == SendState.Sent ? BacklogCommand.Done : BacklogCommand.Failed;
            }

            var rows = await services.GetRequiredService<INotificationStore>().LatestAsync(name, Math.Clamp(parsed.GetValue(most), 1, 1000), cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(rows.Select(r => new { r.Key, r.Kind, r.Window, r.To, r.State, r.At, r.ChangedAt, r.Attempts, r.NotBefore, r.Why, r.Title }), OutputJson.Options));
            else
                Print(rows);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static void Print(IReadOnlyList<Sending> rows)
    {
        if (rows.Count == 0)
        {
            Console.WriteLine("Nothing was sent yet. 'backlog notifications people' says who is told what; docs/notifications.md how that is set.");
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("When (UTC)", "Outcome", "Message", "Why");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text($"{row.ChangedAt.UtcDateTime:yyyy-MM-dd HH:mm}"), new Text($"{row.State.ToString().ToLowerInvariant()}{(row.Attempts > 1 ? $" (try {row.Attempts})" : "")}"),
                new Text(Show.OneLine(row.Key)), new Text(Show.OneLine($"{row.Why}{(row.NotBefore is { } at ? $" Again at {at.UtcDateTime:yyyy-MM-dd HH:mm}." : "")}")));
        }

        AnsiConsole.Write(table);
    }

    private static Command Test()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Where to: email:ada@example.com, teams, slack:NAME." };
        return Sub("test", "Send one test message. An address that was left alone is used again when it comes through.", [address], async (services, parsed, cancellation) =>
        {
            var to = parsed.GetRequiredValue(address);
            var result = await services.GetRequiredService<NotificationDesk>().TestAsync(to, cancellation);
            Console.WriteLine(result.Outcome == SendOutcome.Sent ? $"Sent to {Show.OneLine(to)}. Look whether it arrived." : $"{result.Outcome}: {Show.OneLine(result.Why ?? "")}");
            return result.Outcome == SendOutcome.Sent ? BacklogCommand.Done : BacklogCommand.Failed;
        });
    }

    private static Command Send() => Sub("send", "Send now what is due, as the timer does every quarter of an hour.", [], async (services, _, cancellation) =>
    {
        foreach (var name in await services.GetRequiredService<IBacklogStore>().BacklogsAsync(cancellation))
            await services.GetRequiredService<NotificationDesk>().RunAsync(name, cancellation);
        Console.WriteLine("What was due is sent. 'backlog notifications' shows it.");
        return BacklogCommand.Done;
    });

    internal static Command Sub(string name, string description, IReadOnlyList<Symbol> words, Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> run)
    {
        var (dataDir, storage) = (CommonOptions.DataDir(), CommonOptions.Storage());
        var command = new Command(name, description) { dataDir, storage };
        foreach (var word in words)
        {
            if (word is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)word);
        }

        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            return await run(services, parsed, cancellation);
        });
        return command;
    }
}
