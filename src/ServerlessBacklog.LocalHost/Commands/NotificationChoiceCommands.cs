using System.CommandLine;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary>Who is told what, and what a person chooses for an address of theirs.</summary>
internal static class NotificationChoiceCommands
{
    public static Command People()
    {
        var backlog = CommonOptions.Backlog();
        return NotificationsCommand.Sub("people", "Say who is told what, where and when: by the configuration, and by what people chose.", [backlog], async (services, parsed, cancellation) =>
        {
            var name = await NameAsync(services, parsed.GetValue(backlog), cancellation);
            var all = await services.GetRequiredService<Subscriptions>().OfAsync(name, cancellation);
            var paused = (await services.GetRequiredService<INotificationStore>().PausedAsync(cancellation)).Select(p => p.To).ToHashSet(StringComparer.Ordinal);
            foreach (var to in all)
                Console.WriteLine($"{Show.OneLine(to.To)}{(paused.Contains(to.To) ? " (left alone: it refuses what is sent)" : "")}: {(to.Digests.Count == 0 ? "nothing" : string.Join(", ", to.Digests).ToLowerInvariant())}; from {to.Hour}:00 {to.TimeZone}, weekly on {to.Weekday}, quiet {to.QuietFrom}:00 to {to.QuietUntil}:00{(to.Weekends ? "" : " and at weekends")}");
            if (all.Count == 0)
                Console.WriteLine("Nobody is told anything. Put 'notifications' into the configuration of the backlog, or run 'backlog notifications choose' (docs/notifications.md).");
            return BacklogCommand.Done;
        });
    }

    public static Command Choose()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Where to: email:ada@example.com, teams, slack:NAME." };
        var backlog = CommonOptions.Backlog();
        var person = new Option<string?>("--person") { Description = "Who reads it, by login in the tracker.", HelpName = "LOGIN" };
        var digests = new Option<string?>("--digests") { Description = $"What is sent: {string.Join(", ", Enum.GetNames<DigestKind>()).ToLowerInvariant()}.", HelpName = "LIST" };
        var zone = new Option<string?>("--time-zone") { Description = "IANA name of the zone of all hours.", HelpName = "ZONE" };
        var weekday = new Option<DayOfWeek?>("--weekday") { Description = "Day of the weekly digest.", HelpName = "DAY" };
        var hour = new Option<int?>("--hour") { Description = "Hour from which digests are sent.", HelpName = "HOUR" };
        var quiet = new Option<string?>("--quiet") { Description = "Hours in which nothing is sent: 19-7; 0-0 for none.", HelpName = "FROM-UNTIL" };
        var weekends = new Option<bool?>("--weekends") { Description = "true to send on Saturdays and Sundays too.", HelpName = "true|false" };
        return NotificationsCommand.Sub("choose", "Choose for one address what is sent and when; it goes before the configuration.", [address, backlog, person, digests, zone, weekday, hour, quiet, weekends], async (services, parsed, cancellation) =>
        {
            var name = await NameAsync(services, parsed.GetValue(backlog), cancellation);
            var subscriptions = services.GetRequiredService<Subscriptions>();
            var before = await subscriptions.ChoiceAsync(name, NotificationAddress.Parse(parsed.GetRequiredValue(address)).ToString(), cancellation);
            var wanted = parsed.GetValue(digests) is { } words ? Kinds(words) : null;
            var (from, until) = parsed.GetValue(quiet) is { } hours ? Hours(hours) : (before.QuietFrom, before.QuietUntil);
            await subscriptions.ChooseAsync(name, before with
            {
                Person = parsed.GetValue(person) ?? before.Person,
                Digests = wanted ?? before.Digests,
                Off = wanted is null ? before.Off : [.. before.Off.Except(wanted)],
                IsOff = wanted is null && before.IsOff,
                TimeZone = parsed.GetValue(zone) ?? before.TimeZone,
                Weekday = parsed.GetValue(weekday) ?? before.Weekday,
                Hour = parsed.GetValue(hour) ?? before.Hour,
                QuietFrom = from,
                QuietUntil = until,
                Weekends = parsed.GetValue(weekends) ?? before.Weekends,
            }, cancellation);
            Console.WriteLine("Kept. 'backlog notifications people' shows what holds.");
            return BacklogCommand.Done;
        });
    }

    public static Command Stop()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Whom nothing is sent to any more." };
        var backlog = CommonOptions.Backlog();
        return NotificationsCommand.Sub("stop", "Send nothing to one address any more, whatever the configuration says.", [address, backlog], async (services, parsed, cancellation) =>
        {
            var name = await NameAsync(services, parsed.GetValue(backlog), cancellation);
            var subscriptions = services.GetRequiredService<Subscriptions>();
            var to = NotificationAddress.Parse(parsed.GetRequiredValue(address)).ToString();
            await subscriptions.ChooseAsync(name, await subscriptions.ChoiceAsync(name, to, cancellation) with { IsOff = true }, cancellation);
            Console.WriteLine($"Nothing of '{Show.OneLine(name)}' is sent to {Show.OneLine(to)} any more.");
            return BacklogCommand.Done;
        });
    }

    private static Task<string> NameAsync(IServiceProvider services, string? named, CancellationToken cancellation) =>
        CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), named, cancellation);

    private static IReadOnlyList<DigestKind> Kinds(string words) =>
    [
        .. words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(w => Enum.TryParse<DigestKind>(w, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw new UserErrorException($"'{Show.OneLine(w)}' is nothing that is sent. There is: {string.Join(", ", Enum.GetNames<DigestKind>()).ToLowerInvariant()}.")),
    ];

    private static (int? From, int? Until) Hours(string text) =>
        text.Split('-') is [var from, var until] && int.TryParse(from, out var first) && int.TryParse(until, out var last) ? (first, last) : throw new UserErrorException("Quiet hours are written 19-7; 0-0 for none.");
}
