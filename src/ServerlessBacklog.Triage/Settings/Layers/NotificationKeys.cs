using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;
using static ServerlessBacklog.Triage.Settings.Layers.ConfigShape;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What a configuration may say of who is told what.</summary>
internal static class NotificationKeys
{
    public const string Subscribers = "notifications.subscribers";

    private static readonly Number Hour = new(0, 23, IsWhole: true);

    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new(Subscribers, "Who is told what, where and when (docs/notifications.md).", new ListOf(new Fields(
        [
            new("to", new Text(NotificationAddress.Longest), "The address: email:ada@example.com, teams, slack:NAME, where NAME names a setting. Never a URL.", IsRequired: true),
            new("digests", new ListOf(new Word(ConfigJson.Words<DigestKind>())), "What is sent: the weekly digest of managers, the daily one of the team or of the person, alerts, questions that wait for an answer.", IsRequired: true),
            new("person", new Text(200), "Login in the tracker of who reads it; needed for the personal digest."),
            new("time_zone", new Text(60), "IANA name of the zone of all hours: Europe/Berlin. Default: Etc/UTC."),
            new("weekday", new Word(ConfigJson.Words<DayOfWeek>()), "Day of the weekly digest. Default: monday."),
            new("hour", Hour, "Hour from which digests are sent. Default: 8."),
            new("quiet_from", Hour, "Hour from which nothing is sent. Default: 19."),
            new("quiet_until", Hour, "Hour until which nothing is sent; the same as quiet_from for no quiet hours. Default: 7."),
            new("weekends", new Switch(), "True to send on Saturdays and Sundays too."),
        ])), s => ConfigJson.Node(s.Subscribers), (s, value) => s with { Subscribers = ConfigJson.Of<IReadOnlyList<Subscriber>>(value) }),
    ];
}
