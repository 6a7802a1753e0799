using System.Text.Json;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>
/// Keeps a pilot as wide as it was until it may be widened. The first pilot begins by the readiness of the data alone; from then on a new scope or
/// a larger share needs the metrics met and no objection open.
/// </summary>
public sealed class Widths(IBacklogStore store, MetricWeeks weeks, Objections objections, TimeProvider time)
{
    private const string Cursor = "pilot width";

    /// <param name="isTrial">True to remember nothing.</param>
    /// <returns>The policy no wider than it may be, and what is held back.</returns>
    public async Task<(DecisionPolicy Policy, IReadOnlyList<HeldScope> Held)> HoldAsync(string backlog, TriageSettings wanted, bool isTrial, CancellationToken cancellation)
    {
        var asked = Widening.WidthOf(wanted.Policy);
        var had = await store.CursorAsync(backlog, Cursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<Dictionary<string, int>>(json)! : [];
        if (asked.Count == had.Count && asked.All(a => had.GetValueOrDefault(a.Key, -1) == a.Value))
            return (wanted.Policy, []);
        var wider = had.Count == 0 ? [] : asked.Where(a => a.Value > had.GetValueOrDefault(a.Key)).ToList();
        var blockers = wider.Count == 0 ? [] : await BlockersAsync(backlog, wanted, cancellation);
        var held = blockers.Count == 0 ? [] : wider.Select(w => new HeldScope(w.Key, w.Value, had.GetValueOrDefault(w.Key), blockers)).ToList();
        var policy = held.Aggregate(wanted.Policy, Narrow);
        if (!isTrial)
            await store.SetCursorAsync(backlog, Cursor, JsonSerializer.Serialize(Widening.WidthOf(policy).Where(w => w.Value > 0).ToDictionary()), cancellation);
        return (policy, held);
    }

    public async Task<IReadOnlyList<string>> BlockersAsync(string backlog, TriageSettings settings, CancellationToken cancellation) => Widening.Blockers(
        settings.Pilot,
        settings.Metrics,
        await weeks.BaselineAsync(backlog, cancellation),
        await weeks.ListAsync(backlog, cancellation),
        await objections.ListAsync(backlog, cancellation),
        time.GetUtcNow());

    private static DecisionPolicy Narrow(DecisionPolicy policy, HeldScope held) => held.Scope != Widening.Whole
        ? policy with { Scopes = [.. policy.Scopes.Select(s => s.Name == held.Scope ? s with { Percent = held.Holds } : s)] }
        : policy with
        {
            Fallback = policy.Fallback with { Autonomy = Lower(policy.Fallback.Autonomy) },
            Steps = policy.Steps.ToDictionary(s => s.Key, s => s.Value with { Autonomy = Lower(s.Value.Autonomy) }),
        };

    private static Autonomy Lower(Autonomy level) => level > Autonomy.Shadow ? Autonomy.Shadow : level;
}

/// <param name="Scope">Its name; <see cref="Widening.Whole"/> for the whole backlog.</param>
/// <param name="Wanted">Percent of its items that is configured.</param>
/// <param name="Holds">Percent that holds instead.</param>
public sealed record HeldScope(string Scope, int Wanted, int Holds, IReadOnlyList<string> Why)
{
    public override string ToString() => Scope == Widening.Whole
        ? $"The whole backlog stays in shadow beside the pilot: {string.Join("; ", Why)}."
        : $"The scope '{Scope}' is held at {Holds} % instead of {Wanted} %: {string.Join("; ", Why)}.";
}
