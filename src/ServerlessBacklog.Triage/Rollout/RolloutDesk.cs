using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>Gathers how far a backlog has come.</summary>
public sealed class RolloutDesk(KeptSettings kept, Readings readings, Widths widths, CapabilityStore capabilities, MetricWeeks weeks, Objections objections, Feedback feedback, TimeProvider time)
{
    public async Task<RolloutState> OfAsync(string backlog, CancellationToken cancellation)
    {
        var effective = await kept.EffectiveAsync(backlog, cancellation);
        var wanted = effective.Wanted.Settings;
        var reading = await readings.FindAsync(backlog, cancellation);
        var measured = await weeks.ListAsync(backlog, cancellation);
        var baseline = await weeks.BaselineAsync(backlog, cancellation);
        var now = time.GetUtcNow();
        var plan = RolloutPlan.Of(
            wanted, effective.Gated, reading, await widths.BlockersAsync(backlog, wanted, cancellation), await capabilities.ListAsync(backlog, cancellation), now);
        var thumbs = await feedback.MonthAsync(backlog, now, cancellation);
        return new RolloutState(backlog, plan, effective.Gated, reading)
        {
            Metrics = [.. wanted.Metrics.Select(m => MetricLine.Of(m, baseline, measured, wanted.Pilot.Weeks, now))],
            Weeks = measured,
            OpenObjections = [.. (await objections.ListAsync(backlog, cancellation)).Where(o => o.IsOpen)],
            ThumbsUp = thumbs.Up,
            ThumbsDown = thumbs.Down,
        };
    }
}

public sealed record RolloutState(string Backlog, RolloutPlan Plan, GatedSettings Gated, ReadinessReading? Readiness)
{
    public IReadOnlyList<MetricLine> Metrics { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<MetricWeek> Weeks { get; init; } = [];

    public IReadOnlyList<Objection> OpenObjections { get; init; } = [];

    /// <summary>This month.</summary>
    public int ThumbsUp { get; init; }

    public int ThumbsDown { get; init; }
}

/// <param name="Now">Its newest value; null when it was never measured.</param>
/// <param name="WeeksMet">Weeks in a row in which the target was met.</param>
/// <param name="Verdict">What may be said of it, in a few words; never success without a baseline.</param>
public sealed record MetricLine(string Name, double Target, double? Baseline, double? Now, int WeeksMet, string Verdict)
{
    public static MetricLine Of(DeclaredMetric metric, MetricBaseline? taken, IReadOnlyList<MetricWeek> weeks, int needed, DateTimeOffset now)
    {
        var baseline = Widening.BaselineOf(metric, taken);
        double? value = weeks.LastOrDefault(w => w.Values.ContainsKey(metric.Name)) is { } last ? last.Values[metric.Name] : null;
        var met = Widening.WeeksMet(metric, weeks, now);
        return new MetricLine(metric.Name, metric.Target, baseline, value, met, (baseline, value) switch
        {
            (_, null) => "not measured yet",
            (null, _) => "no baseline: no success can be claimed",
            ({ } before, { } after) when !MetricNames.IsMet(metric.Name, after, before) => "worse than the baseline",
            ({ } before, { } after) when after == before => "as it was",
            _ when met >= needed => "target met",
            _ when met > 0 => $"target met for {met} of {needed} weeks",
            _ => "better than the baseline, target not met",
        });
    }
}
