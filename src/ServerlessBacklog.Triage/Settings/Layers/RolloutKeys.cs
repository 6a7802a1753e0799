using System.Text.Json.Nodes;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;
using static ServerlessBacklog.Triage.Settings.Layers.ConfigShape;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What a configuration may say of the pilot and of the measures by which it is judged.</summary>
internal static class RolloutKeys
{
    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        Pilot("min_grade", "Readiness grade of the data under which no step goes beyond shadow.", new Word(Enum.GetNames<ReadinessGrade>()), p => p.MinGrade.ToString(), (p, v) => p with { MinGrade = Enum.Parse<ReadinessGrade>(ConfigJson.Of<string>(v)) }),
        Pilot("weeks", "Weeks in a row in which the metrics must be met before the pilot is widened.", new Number(1, 52, IsWhole: true), p => p.Weeks, (p, v) => p with { Weeks = ConfigJson.Of<int>(v) }),
        Pilot("override", "Why the pilot goes on under the grade all the same; written down and shown.", new Text(300), p => p.Override ?? "", (p, v) => p with { Override = ConfigJson.Of<string>(v) is { Length: > 0 } why ? why : null }),
        new("metrics", "By what success is judged.", new ListOf(new Fields(
        [
            new("name", new Word(MetricNames.All), "What is measured.", IsRequired: true),
            new("target", new Number(0, 1_000_000, IsWhole: false), "What it shall reach.", IsRequired: true),
            new("baseline", new Number(0, 1_000_000, IsWhole: false), "What it was before; without one no success is claimed."),
            new("baseline_at", new Day(), "The day of the baseline."),
        ])), s => ConfigJson.Node(s.Metrics), (s, value) => s with { Metrics = ConfigJson.Of<IReadOnlyList<DeclaredMetric>>(value) }),
    ];

    private static ConfigKey Pilot(string name, string what, ConfigShape shape, Func<PilotSettings, JsonNode> read, Func<PilotSettings, JsonNode, PilotSettings> write) =>
        new($"pilot.{name}", what, shape, s => read(s.Pilot), (s, value) => s with { Pilot = write(s.Pilot, value) });
}
