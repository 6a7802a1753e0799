using ServerlessBacklog.Triage.Statuses;
using static ServerlessBacklog.Triage.Settings.Layers.ConfigShape;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What a configuration may say of work under way: when a status changes (docs/statuses.md).</summary>
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
    ];
}
