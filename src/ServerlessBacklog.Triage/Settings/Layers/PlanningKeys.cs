using System.Text.Json.Nodes;
using static ServerlessBacklog.Triage.Settings.Layers.ConfigShape;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What a configuration may say of order, silence, people, asks, waits and comments.</summary>
internal static class PlanningKeys
{
    private const int MostDays = 3650;

    private static readonly ListOf Names = new(new Text(200));

    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        Priority("framework", "How items are ordered.", new Word(ConfigJson.Words<PriorityFramework>()), p => ConfigJson.Node(p.Framework), (p, v) => p with { Framework = ConfigJson.Of<PriorityFramework>(v) }),
        Priority("demand_cap", "Most that people who ask may add to a value of 0 to 10.", new Number(0, PrioritySettings.GreatestDemandCap, IsWhole: false), p => p.DemandCap, (p, v) => p with { DemandCap = ConfigJson.Of<double>(v) }),
        new("goals", "What the team wants, by which items are weighed.", new ListOf(new Fields(
        [
            new("name", new Text(100), "Names the goal.", IsRequired: true),
            new("weight", new Number(0.001, 100, IsWhole: false), "Relative to other goals; 1 is usual."),
            new("words", Names, "Words in title or labels that say that an item serves the goal."),
            new("labels", Names, "Labels or areas that say the same."),
        ])), s => ConfigJson.Node(s.Priority.Goals), (s, value) => s with { Priority = s.Priority with { Goals = [.. value.AsArray().Select(n => GoalOf(n!.AsObject()))] } }),
        Staleness("stale_after_days", "Days without human activity after which an item is stale.", Days(1), s => s.StaleAfterDays, (s, v) => s with { StaleAfterDays = ConfigJson.Of<int>(v) }),
        Staleness("close_after_notice_days", "Days between the stale notice and the proposal to close.", Days(1), s => s.CloseAfterNoticeDays, (s, v) => s with { CloseAfterNoticeDays = ConfigJson.Of<int>(v) }),
        Staleness("stale_label", "The label of the stale notice.", new Text(50), s => s.StaleLabel, (s, v) => s with { StaleLabel = ConfigJson.Of<string>(v) }),
        Staleness("archive_after_days", "Age from which an item may be proposed for the archive, given further signs.", Days(1), s => s.ArchiveAfterDays, (s, v) => s with { ArchiveAfterDays = ConfigJson.Of<int>(v) }),
        Staleness("exempt_thumbs_up", "Items with so many thumbs-up are never stale.", new Number(1, 1_000_000, IsWhole: true), s => s.ExemptThumbsUp, (s, v) => s with { ExemptThumbsUp = ConfigJson.Of<int>(v) }),
        Staleness("exempt_labels", "Labels whose items are never stale.", Names, s => ConfigJson.Node(s.ExemptLabels), (s, v) => s with { ExemptLabels = ConfigJson.Of<IReadOnlyList<string>>(v) }),
        Staleness("waiting_for_reporter_labels", "Labels that say that the reporter is asked for something.", Names, s => ConfigJson.Node(s.WaitingForReporterLabels), (s, v) => s with { WaitingForReporterLabels = ConfigJson.Of<IReadOnlyList<string>>(v) }),
        People("capacity", "Open assigned items that a person carries before they count as full.", new Number(0, 1000, IsWhole: true), p => p.Capacity, (p, v) => p with { Capacity = ConfigJson.Of<int>(v) }),
        People("capacity_of", "The same for single people, by login.", new MapOf(null, new Number(0, 1000, IsWhole: true)), p => ConfigJson.Node(p.CapacityOf), (p, v) => p with { CapacityOf = ConfigJson.Of<Dictionary<string, int>>(v) }),
        People("away", "People who are never proposed, by login.", Names, p => ConfigJson.Node(p.Away), (p, v) => p with { Away = ConfigJson.Of<IReadOnlyList<string>>(v) }),
        People("active_within_days", "A person is active who finished something within so many days of the newest finish.", Days(1), p => p.ActiveWithinDays, (p, v) => p with { ActiveWithinDays = ConfigJson.Of<int>(v) }),
        new("approvals.wait_days", "Days that an ask stays open; afterwards nothing is done.", new Number(1, ApprovalSettings.MostWaitDays, IsWhole: true), s => s.Approvals.WaitDays, (s, v) => s with { Approvals = s.Approvals with { WaitDays = ConfigJson.Of<int>(v) } }),
        Waits("duplicate_days", "Days between the notice and the close of an approved duplicate; 0 closes at once.", new Number(0, 90, IsWhole: true), w => w.DuplicateDays, (w, v) => w with { DuplicateDays = ConfigJson.Of<int>(v) }),
        Waits("not_planned_days", "Days between the notice and an approved close or archive as not planned.", new Number(0, 90, IsWhole: true), w => w.NotPlannedDays, (w, v) => w with { NotPlannedDays = ConfigJson.Of<int>(v) }),
        Waits("needs_info_nudge_days", "Days after which a reporter who was asked something is reminded.", Days(1), w => w.NeedsInfoNudgeDays, (w, v) => w with { NeedsInfoNudgeDays = ConfigJson.Of<int>(v) }),
        Waits("needs_info_close_days", "Days after that reminder from which a maintainer is asked to close.", Days(1), w => w.NeedsInfoCloseDays, (w, v) => w with { NeedsInfoCloseDays = ConfigJson.Of<int>(v) }),
        Waits("keep_labels", "Labels by which people keep an item open.", Names, w => ConfigJson.Node(w.KeepLabels), (w, v) => w with { KeepLabels = ConfigJson.Of<IReadOnlyList<string>>(v) }),
        Waits("reopen_by_comment_days", "Days within which a comment of the author reopens what was closed here.", Days(0), w => w.ReopenByCommentDays, (w, v) => w with { ReopenByCommentDays = ConfigJson.Of<int>(v) }),
        Waits("reopen_by_command_days", "Days within which the author may reopen by command.", Days(0), w => w.ReopenByCommandDays, (w, v) => w with { ReopenByCommandDays = ConfigJson.Of<int>(v) }),
        Comments("new_for_days", "Items that were created within so many days are commented on, others never.", Days(0), c => c.NewForDays, (c, v) => c with { NewForDays = ConfigJson.Of<int>(v) }),
        Comments("silent", "True to say nothing on any item.", new Switch(), c => c.Silent, (c, v) => c with { Silent = ConfigJson.Of<bool>(v) }),
        Comments("quiet_labels", "Labels by which people ask for silence on an item.", Names, c => ConfigJson.Node(c.QuietLabels), (c, v) => c with { QuietLabels = ConfigJson.Of<IReadOnlyList<string>>(v) }),
    ];

    private static Number Days(int least) => new(least, MostDays, IsWhole: true);

    private static ConfigKey Priority(string name, string what, ConfigShape shape, Func<PrioritySettings, JsonNode> read, Func<PrioritySettings, JsonNode, PrioritySettings> write) =>
        new($"priority.{name}", what, shape, s => read(s.Priority), (s, value) => s with { Priority = write(s.Priority, value) });

    private static ConfigKey Staleness(string name, string what, ConfigShape shape, Func<StalenessSettings, JsonNode> read, Func<StalenessSettings, JsonNode, StalenessSettings> write) =>
        new($"staleness.{name}", what, shape, s => read(s.Staleness), (s, value) => s with { Staleness = write(s.Staleness, value) });

    private static ConfigKey People(string name, string what, ConfigShape shape, Func<PeopleSettings, JsonNode> read, Func<PeopleSettings, JsonNode, PeopleSettings> write) =>
        new($"people.{name}", what, shape, s => read(s.People), (s, value) => s with { People = write(s.People, value) });

    private static ConfigKey Waits(string name, string what, ConfigShape shape, Func<WaitSettings, JsonNode> read, Func<WaitSettings, JsonNode, WaitSettings> write) =>
        new($"waits.{name}", what, shape, s => read(s.Waits), (s, value) => s with { Waits = write(s.Waits, value) });

    private static ConfigKey Comments(string name, string what, ConfigShape shape, Func<CommentSettings, JsonNode> read, Func<CommentSettings, JsonNode, CommentSettings> write) =>
        new($"comments.{name}", what, shape, s => read(s.Comments), (s, value) => s with { Comments = write(s.Comments, value) });

    private static Goal GoalOf(JsonObject goal) => new(
        ConfigJson.Of<string>(goal["name"]!),
        goal["weight"] is { } weight ? ConfigJson.Of<double>(weight) : 1,
        goal["words"] is { } words ? ConfigJson.Of<IReadOnlyList<string>>(words) : [])
    {
        Labels = goal["labels"] is { } labels ? ConfigJson.Of<IReadOnlyList<string>>(labels) : [],
    };
}
