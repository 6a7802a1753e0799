using System.Text.Json.Nodes;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Reminders;
using ServerlessBacklog.Triage.Statuses;
using static ServerlessBacklog.Triage.Settings.Layers.ConfigShape;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What a configuration may say of work under way: when a status changes (docs/statuses.md), when it gives an alert or a reminder (docs/reminders-and-alerts.md).</summary>
internal static class WorkKeys
{
    private static readonly ListOf Names = new(new Text(100));

    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new("statuses.rules", "To which status an item moves when something happens to the work on it; the newest thing counts, and of two rules for it the first.", new ListOf(new Fields(
        [
            new("when", new Word(ConfigJson.Words<StatusCause>()), "What happens.", IsRequired: true),
            new("to", new Text(100), "The status in the tracker's word; on GitHub a label that begins with 'status:'."),
            new("close", new Switch(), "True to ask a person whether to close it as completed."),
            new("types", Names, "Only items of these types."),
            new("from", Names, "Only items in these statuses; 'none' for items without one."),
        ])), s => ConfigJson.Node(s.Statuses.Rules), (s, value) => s with { Statuses = s.Statuses with { Rules = ConfigJson.Of<IReadOnlyList<StatusRule>>(value) } }),
        Alerts("wip_limit", "Items in progress at once that are enough; 0 for no limit.", new Number(0, 100_000, IsWhole: true), a => a.WipLimit, (a, v) => a with { WipLimit = ConfigJson.Of<int>(v) }),
        Alerts("blocked_days", "Days for which an item that somebody has may wait for another; 0 for no alert.", Days, a => a.BlockedDays, (a, v) => a with { BlockedDays = ConfigJson.Of<int>(v) }),
        Alerts("settle_hours", "Hours for which a cause has to be gone before its alert clears.", new Number(0, 720, IsWhole: true), a => a.SettleHours, (a, v) => a with { SettleHours = ConfigJson.Of<int>(v) }),
        .. Ladder("asks", "a question that waits", r => r.Asks, (r, days) => r with { Asks = days }),
        .. Ladder("work", "an item in progress that nobody touches", r => r.Work, (r, days) => r with { Work = days }),
        new("reminders.lead", "Login of whoever is told on the last rung; empty for all who get alerts.", new Text(200), s => s.Reminders.Lead, (s, v) => s with { Reminders = s.Reminders with { Lead = ConfigJson.Of<string>(v) } }),
    ];

    private static Number Days => new(0, 365, IsWhole: true);

    private static ConfigKey Alerts(string name, string what, ConfigShape shape, Func<AlertSettings, JsonNode> read, Func<AlertSettings, JsonNode, AlertSettings> write) =>
        new($"alerts.{name}", what, shape, s => read(s.Alerts), (s, value) => s with { Alerts = write(s.Alerts, value) });

    private static IEnumerable<ConfigKey> Ladder(string name, string what, Func<ReminderSettings, LadderDays> read, Func<ReminderSettings, LadderDays, ReminderSettings> write)
    {
        yield return Rung("first", "the first reminder", d => d.First, (d, n) => d with { First = n });
        yield return Rung("second", "the second reminder", d => d.Second, (d, n) => d with { Second = n });
        yield return Rung("lead", "the lead is told", d => d.Lead, (d, n) => d with { Lead = n });

        ConfigKey Rung(string rung, string told, Func<LadderDays, int> of, Func<LadderDays, int, LadderDays> with) => new(
            $"reminders.{name}.{rung}", $"Days of silence until {told} of {what}; 0 for never.", Days,
            s => of(read(s.Reminders)), (s, v) => s with { Reminders = write(s.Reminders, with(read(s.Reminders), ConfigJson.Of<int>(v))) });
    }
}
