using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>
/// Holds levels back that are wanted and not earned, whichever layer wants them: beyond shadow by the readiness of the data, to auto by the
/// measured precision of the step. A rollback holds everything. The one place in which this is done.
/// </summary>
public sealed class Gates(CapabilityStore capabilities, Readings readings, Rollbacks rollbacks, TimeProvider time, TriageDefaults? defaults = null, Widths? widths = null)
{
    /// <param name="isTrial">True to see what would hold: the width of the pilot is not remembered.</param>
    public async Task<GatedSettings> HoldAsync(string backlog, TriageSettings configured, CancellationToken cancellation, bool isTrial = false)
    {
        var wanted = configured;
        var rollback = await rollbacks.FindAsync(backlog, cancellation);
        var highest = Highest(wanted.Policy);
        var open = defaults?.WithoutGate ?? false;
        var records = !open && highest == Autonomy.Auto ? await capabilities.ListAsync(backlog, cancellation) : [];
        var whyNoPilot = !open && highest > Autonomy.Shadow ? WhyNoPilot(wanted.Pilot, await readings.FindAsync(backlog, cancellation)) : null;
        IReadOnlyList<HeldScope> heldScopes = [];
        if (widths is not null && !open && rollback is null && whyNoPilot is null && highest > Autonomy.Shadow)
        {
            (var narrowed, heldScopes) = await widths.HoldAsync(backlog, wanted, isTrial, cancellation);
            wanted = heldScopes.Count == 0 ? wanted : wanted with { Policy = narrowed };
        }

        var held = new List<HeldLevel>();
        var now = time.GetUtcNow();
        var steps = TriageSteps.All.Select(s => s.Name).Union(wanted.Policy.Steps.Keys).ToDictionary(step => step, step =>
        {
            var own = wanted.Policy.For(step);
            return own with { Autonomy = Hold(step, null, own.Autonomy) };
        });
        IReadOnlyList<PolicyScope> scopes = [.. wanted.Policy.Scopes.Select(scope => scope with { Steps = scope.Steps.ToDictionary(s => s.Key, s => Hold(s.Key, scope.Name, s.Value)) })];
        // A step that nobody knows has no measure.
        var rest = Lowest(wanted.Policy.Fallback.Autonomy, open ? Autonomy.Auto : whyNoPilot is null ? Autonomy.Suggest : Autonomy.Shadow, rollback?.To ?? Autonomy.Auto);
        // What holds as it is wanted keeps its version: nothing is examined anew for it.
        var settings = held.Count == 0 && rest == wanted.Policy.Fallback.Autonomy
            ? wanted
            : wanted with { Policy = wanted.Policy with { Fallback = wanted.Policy.Fallback with { Autonomy = rest }, Steps = steps, Scopes = scopes } };
        return new GatedSettings(settings, held, rollback, open && highest > Autonomy.Shadow)
        {
            HeldScopes = heldScopes, PilotOverride = highest > Autonomy.Shadow ? wanted.Pilot.Override : null,
        };

        Autonomy Hold(string step, string? scope, Autonomy level)
        {
            var (most, why) = rollback is { } back && back.To < level ? (back.To, $"rolled back since {back.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {back.Why}")
                : level > Autonomy.Shadow && whyNoPilot is not null ? (Autonomy.Shadow, whyNoPilot)
                : level == Autonomy.Auto && !open && CapabilityGate.WhyNot(step, records, now) is { } unproven ? (Autonomy.Suggest, unproven)
                : (level, "");
            if (most < level)
                held.Add(new HeldLevel(step, scope, level, most, why));
            return most;
        }
    }

    /// <summary>Why no step may go beyond shadow, in one clause; null when it may.</summary>
    public static string? WhyNoPilot(PilotSettings pilot, ReadinessReading? reading) =>
        pilot.Override is not null ? null
        : reading is null ? "the backlog was never assessed ('backlog assess' grades its data)"
        : reading.Grade > pilot.MinGrade ? $"its data were graded {reading.Grade} on {reading.At.UtcDateTime:yyyy-MM-dd}, and the pilot begins at {pilot.MinGrade} (pilot.min_grade; pilot.override takes a reason)"
        : null;

    private static Autonomy Highest(DecisionPolicy policy) =>
        policy.Steps.Values.Select(s => s.Autonomy).Append(policy.Fallback.Autonomy).Concat(policy.Scopes.SelectMany(s => s.Steps.Values)).Max();

    private static Autonomy Lowest(params ReadOnlySpan<Autonomy> levels)
    {
        var least = Autonomy.Auto;
        foreach (var level in levels)
            least = level < least ? level : least;
        return least;
    }
}

/// <param name="Held">What is wanted and held back, each with the reason.</param>
/// <param name="Rollback">Set while the backlog is rolled back.</param>
/// <param name="WithoutGate">True when the operator lets levels through that no gate has passed.</param>
public sealed record GatedSettings(TriageSettings Settings, IReadOnlyList<HeldLevel> Held, Rollback? Rollback, bool WithoutGate)
{
    /// <summary>Scopes that are not yet as wide as is configured.</summary>
    public IReadOnlyList<HeldScope> HeldScopes { get; init; } = [];

    /// <summary>The reason for which a pilot goes past its gates; null when it does not.</summary>
    public string? PilotOverride { get; init; }
}

/// <param name="Scope">The scope that wants it; null for the whole backlog.</param>
/// <param name="Wanted">What is configured.</param>
/// <param name="Holds">What holds instead.</param>
/// <param name="Why">In one clause.</param>
public sealed record HeldLevel(string Step, string? Scope, Autonomy Wanted, Autonomy Holds, string Why)
{
    public override string ToString() => $"{Step}{(Scope is null ? "" : $" in the scope '{Scope}'")} is held at {Holds.ToString().ToLowerInvariant()} instead of {Wanted.ToString().ToLowerInvariant()}: {Why}.";
}
