using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>Where a backlog stands between its first assessment and steps that act by themselves, what holds it there, and the next step. Pure.</summary>
/// <param name="Blockers">What has to be settled before the next step, each in one clause.</param>
/// <param name="Next">What to do next, in a sentence.</param>
/// <param name="Diff">The change of the configuration that does it, YAML; null when it is none or something is in its way.</param>
public sealed record RolloutPlan(RolloutStage Stage, IReadOnlyList<string> Blockers, string Next, string? Diff)
{
    /// <summary>Shares of a pilot, in percent, one after the other.</summary>
    private static readonly int[] Shares = [10, 30, 100];

    /// <param name="wanted">What is configured.</param>
    /// <param name="gated">What of it holds.</param>
    /// <param name="blockers">Why the pilot may not be widened (<see cref="Widening.Blockers"/>).</param>
    public static RolloutPlan Of(
        TriageSettings wanted, GatedSettings gated, ReadinessReading? reading, IReadOnlyList<string> blockers, IReadOnlyCollection<CapabilityRecord> capabilities, DateTimeOffset now)
    {
        if (gated.Rollback is { } rollback)
            return new RolloutPlan(RolloutStage.RolledBack, [$"rolled back since {rollback.Since.UtcDateTime:yyyy-MM-dd}: {rollback.Why}"], "Mend what led to it, then 'backlog rollback --undo'.", null);
        if (reading is null)
            return new RolloutPlan(RolloutStage.Assess, ["the data were never assessed"], "Grade the data: 'backlog assess SOURCE'.", null);
        var width = Widening.WidthOf(wanted.Policy);
        if (Gates.WhyNoPilot(wanted.Pilot, reading) is { } unready)
            return new RolloutPlan(RolloutStage.Assess, [unready], "Mend what 'backlog assess' lists first, and assess again.", null);
        if (width.Count == 0)
            return Begin(wanted);
        if (wanted.Policy.Scopes.FirstOrDefault(s => width.GetValueOrDefault(s.Name) is > 0 and < 100) is { } narrow && !width.ContainsKey(Widening.Whole))
            return Widen(narrow, blockers);
        return width.ContainsKey(Widening.Whole) ? Rely(wanted, blockers, capabilities, now) : Spread(wanted, blockers);
    }

    private static RolloutPlan Begin(TriageSettings wanted)
    {
        List<string> open = wanted.Metrics.Count == 0 ? ["no metric is declared by which the pilot could be judged"] : [];
        var diff = $"""
            scopes:
            +  - name: pilot
            +    percent: {Shares[0]}
            +    steps:
            +      {StepName.Duplicates}: suggest
            +      {StepName.Type}: suggest
            """;
        return new RolloutPlan(RolloutStage.Shadow, open, "Read 'backlog digest --shadow', take a baseline ('backlog metrics baseline'), then begin a pilot.", diff);
    }

    private static RolloutPlan Widen(PolicyScope scope, IReadOnlyList<string> blockers)
    {
        var next = Shares.First(s => s > scope.Percent);
        return blockers.Count > 0
            ? new RolloutPlan(RolloutStage.Pilot, blockers, $"Settle what holds the pilot; then its share may go from {scope.Percent} to {next} percent.", null)
            : new RolloutPlan(RolloutStage.Pilot, [], $"Widen the pilot from {scope.Percent} to {next} percent.", string.Create(CultureInfo.InvariantCulture, $"""
                scopes:
                   - name: {scope.Name}
                -    percent: {scope.Percent}
                +    percent: {next}
                """));
    }

    private static RolloutPlan Spread(TriageSettings wanted, IReadOnlyList<string> blockers)
    {
        if (blockers.Count > 0)
            return new RolloutPlan(RolloutStage.Pilot, blockers, "Settle what holds the pilot; then its steps may suggest in the whole backlog.", null);
        var steps = wanted.Policy.Scopes.SelectMany(s => s.Steps).Where(s => s.Value > Autonomy.Shadow).Select(s => s.Key).Distinct().Order(StringComparer.Ordinal);
        return new RolloutPlan(RolloutStage.Pilot, [], "Let the steps of the pilot suggest in the whole backlog.", $"autonomy:\n   steps:\n{string.Join('\n', steps.Select(s => $"+    {s}: suggest"))}");
    }

    private static RolloutPlan Rely(TriageSettings wanted, IReadOnlyList<string> blockers, IReadOnlyCollection<CapabilityRecord> capabilities, DateTimeOffset now)
    {
        var suggesting = TriageSteps.All.Select(s => s.Name).Where(s => wanted.Policy.For(s).Autonomy == Autonomy.Suggest).ToList();
        if (suggesting.Count == 0)
            return new RolloutPlan(RolloutStage.Wide, blockers, "Nothing: every step goes as far as it may.", null);
        var proven = suggesting.Where(s => CapabilityGate.WhyNot(s, capabilities, now) is null).ToList();
        return proven.Count > 0 && blockers.Count == 0
            ? new RolloutPlan(RolloutStage.Wide, [], $"Let {string.Join(" and ", proven)} act where {(proven.Count == 1 ? "it is" : "they are")} sure.", $"autonomy:\n   steps:\n{string.Join('\n', proven.Select(s => $"-    {s}: suggest\n+    {s}: auto"))}")
            : new RolloutPlan(RolloutStage.Wide, [.. blockers, .. suggesting.Except(proven).Select(s => $"{s}: {CapabilityGate.WhyNot(s, capabilities, now)}")], "Answer what is asked: steps prove themselves by it.", null);
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<RolloutStage>))]
public enum RolloutStage
{
    /// <summary>The data are not ready, or nobody looked.</summary>
    Assess,

    /// <summary>Everything is examined, nothing is written.</summary>
    Shadow,

    /// <summary>Steps go beyond shadow in a part of the backlog.</summary>
    Pilot,

    /// <summary>Steps go beyond shadow in the whole backlog.</summary>
    Wide,

    /// <summary>Taken back by hand.</summary>
    RolledBack,
}
