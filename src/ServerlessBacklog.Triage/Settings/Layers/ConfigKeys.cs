using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;
using static ServerlessBacklog.Triage.Settings.Layers.ConfigShape;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>Everything that a configuration may say, in the order in which it is applied. A new key is a line here.</summary>
public static class ConfigKeys
{
    /// <summary>A layer that says it says it for all steps, whatever a layer below says of single ones.</summary>
    public const string Autonomy = "autonomy.default";

    /// <summary>What stands before the name of a step that goes less or further than <see cref="Autonomy"/>.</summary>
    public const string AutonomyOfStep = "autonomy.steps.";

    private static readonly IReadOnlyList<string> Steps = [.. TriageSteps.All.Select(s => s.Name)];

    private static readonly Word Level = new(ConfigJson.Words<Autonomy>());

    private static readonly ListOf Names = new(new Text(200));

    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new(Autonomy, "How far all steps may go.", Level, s => ConfigJson.Node(s.Policy.Fallback.Autonomy), (s, value) => s with { Policy = AllAt(s.Policy, ConfigJson.Of<Autonomy>(value)) }),
        .. Steps.Select(step => new ConfigKey(
            AutonomyOfStep + step, $"How far the step {step} may go.", Level, s => ConfigJson.Node(s.Policy.For(step).Autonomy), (s, value) => OfStep(s, step, p => p with { Autonomy = ConfigJson.Of<Autonomy>(value) }))),
        new("scopes", "Parts of the backlog in which steps go less or further; of two that hold an item the later wins.", new ListOf(new Fields(
        [
            new("name", new Text(60), "Names the scope; the share of items hangs on it.", IsRequired: true),
            new("areas", Names, "Areas; A\\B holds A\\B\\C as well."),
            new("labels", Names, "Labels; one of them is enough."),
            new("percent", new Number(0, 100, IsWhole: true), "Share of the items; raised, it keeps those that it held."),
            new("steps", new MapOf(Steps, Level), "How far steps may go here.", IsRequired: true),
        ])), s => ConfigJson.Node(s.Policy.Scopes), (s, value) => s with { Policy = s.Policy with { Scopes = ConfigJson.Of<IReadOnlyList<PolicyScope>>(value) } }),
        .. Steps.SelectMany(step => new ConfigKey[]
        {
            new($"steps.{step}.apply_at", $"Confidence from which {step} may apply a sure change by itself.", Share, s => s.Policy.For(step).ApplyAt, (s, value) => OfStep(s, step, p => p with { ApplyAt = ConfigJson.Of<double>(value) })),
            new($"steps.{step}.ask_at", $"Confidence from which {step} asks; below it nothing is said.", Share, s => s.Policy.For(step).AskAt, (s, value) => OfStep(s, step, p => p with { AskAt = ConfigJson.Of<double>(value) })),
        }),
        new("max_labels", "Labels that are added to one item in one decision.", new Number(0, 20, IsWhole: true), s => s.Policy.MaxLabels, (s, value) => s with { Policy = s.Policy with { MaxLabels = ConfigJson.Of<int>(value) } }),
        .. PlanningKeys.All,
        .. WorkKeys.All,
        .. RolloutKeys.All,
        .. NotificationKeys.All,
        .. PackKeys.All,
    ];

    private static readonly Dictionary<string, ConfigKey> ByPath = All.ToDictionary(k => k.Path, StringComparer.Ordinal);

    private static Number Share => new(0, 1, IsWhole: false);

    public static ConfigKey? Find(string path) => ByPath.GetValueOrDefault(path);

    private static TriageSettings OfStep(TriageSettings settings, string step, Func<StepPolicy, StepPolicy> change) => settings with
    {
        Policy = settings.Policy with { Steps = new Dictionary<string, StepPolicy>(settings.Policy.Steps) { [step] = change(settings.Policy.For(step)) } },
    };

    private static DecisionPolicy AllAt(DecisionPolicy policy, Autonomy level) => policy with
    {
        Fallback = policy.Fallback with { Autonomy = level },
        Steps = policy.Steps.ToDictionary(s => s.Key, s => s.Value with { Autonomy = level }),
    };
}
