using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>
/// How far triage may go, from the host's settings: <c>Triage:Autonomy</c> for all steps, <c>Triage:Steps:{step}</c> for one. Without them
/// every backlog stays in shadow mode.
/// </summary>
internal static class PolicySettings
{
    private const string Section = "Triage";

    /// <exception cref="UserErrorException">A step or a level is misspelled: writing more or less than was meant must not go unnoticed.</exception>
    public static TriageDefaults Read(IConfiguration configuration)
    {
        var steps = configuration.GetSection($"{Section}:Steps").GetChildren().Where(s => s.Value is { Length: > 0 }).ToList();
        var withoutGate = Switch(configuration, $"{Section}:WithoutGate");
        if (configuration[$"{Section}:Autonomy"] is not { Length: > 0 } && steps.Count == 0)
            return new TriageDefaults(WithoutGate: withoutGate);
        var all = configuration[$"{Section}:Autonomy"] is { Length: > 0 } level ? Level($"{Section}:Autonomy", level) : Autonomy.Shadow;
        var thresholds = DecisionPolicy.Default;
        var policies = TriageSteps.All.ToDictionary(s => s.Name, s => thresholds.For(s.Name) with { Autonomy = all });
        foreach (var step in steps)
        {
            var name = policies.Keys.FirstOrDefault(k => k.Equals(step.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new UserErrorException($"The setting {step.Path} names no step. {Meant(step.Key, [.. policies.Keys])}");
            policies[name] = policies[name] with { Autonomy = Level(step.Path, step.Value!) };
        }

        return new TriageDefaults(thresholds with { Fallback = thresholds.Fallback with { Autonomy = all }, Steps = policies }, withoutGate);
    }

    private static bool Switch(IConfiguration configuration, string setting) => configuration[setting] is not { Length: > 0 } text ? false
        : bool.TryParse(text, out var on) ? on
        : throw new UserErrorException($"The setting {setting} is '{text}'. Write true or false.");

    private static string Meant(string word, IReadOnlyList<string> steps) =>
        NearestWord.To(word, steps) is { } near ? $"Did you mean '{near}'?" : $"There is: {string.Join(", ", steps)}.";

    private static Autonomy Level(string setting, string text) => Enum.TryParse<Autonomy>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
        ? level
        : throw new UserErrorException($"The setting {setting} is '{text}'. Write off, shadow, suggest or auto.");
}
