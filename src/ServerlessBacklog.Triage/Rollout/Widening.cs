using System.Globalization;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>Whether a pilot may hold more items than it does. Pure.</summary>
public static class Widening
{
    /// <summary>The name under which the whole backlog counts as a scope.</summary>
    public const string Whole = "";

    /// <summary>Why a pilot may not be widened, each in one clause; empty when it may.</summary>
    /// <param name="now">The week that is under way need not be measured yet.</param>
    public static IReadOnlyList<string> Blockers(
        PilotSettings pilot, IReadOnlyList<DeclaredMetric> metrics, MetricBaseline? baseline, IReadOnlyList<MetricWeek> weeks, IReadOnlyList<Objection> objections, DateTimeOffset now)
    {
        if (pilot.Override is not null)
            return [];
        var blockers = new List<string>();
        if (metrics.Count == 0)
            blockers.Add("no metric is declared by which success could be judged ('metrics' in the configuration)");
        blockers.AddRange(metrics.Where(m => BaselineOf(m, baseline) is null).Select(m => $"{m.Name} has no baseline ('backlog metrics baseline' takes one)"));
        var missed = metrics.Select(m => (Metric: m, Weeks: WeeksMet(m, weeks, now))).Where(m => m.Weeks < pilot.Weeks);
        blockers.AddRange(missed.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Metric.Name} met its target of {m.Metric.Target} in {m.Weeks} of {pilot.Weeks} weeks in a row{Last(m.Metric, weeks)}")));
        blockers.AddRange(objections.Where(o => o.IsOpen).Select(o => $"objection {o.Number} is open"));
        return blockers;
    }

    /// <summary>What a metric was before; null when nobody looked.</summary>
    public static double? BaselineOf(DeclaredMetric metric, MetricBaseline? taken) =>
        metric.Baseline ?? (taken is not null && taken.Values.TryGetValue(metric.Name, out var value) ? value : null);

    /// <summary>Weeks in a row, up to this one or the last, in which a metric met its target.</summary>
    public static int WeeksMet(DeclaredMetric metric, IReadOnlyList<MetricWeek> weeks, DateTimeOffset now)
    {
        var byWeek = weeks.ToDictionary(w => w.Week);
        var week = MetricWeeks.WeekOf(now);
        if (!byWeek.ContainsKey(week))
            week = week.AddDays(-7);
        var met = 0;
        for (; byWeek.TryGetValue(week, out var measured) && measured.Values.TryGetValue(metric.Name, out var value) && MetricNames.IsMet(metric.Name, value, metric.Target); week = week.AddDays(-7))
            met++;
        return met;
    }

    /// <summary>Share of the items in which steps go beyond shadow, by scope.</summary>
    public static IReadOnlyDictionary<string, int> WidthOf(DecisionPolicy policy)
    {
        var width = policy.Scopes.Where(s => s.Steps.Values.Any(l => l > Autonomy.Shadow)).GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.Max(s => s.Percent));
        if (policy.Steps.Values.Append(policy.Fallback).Any(s => s.Autonomy > Autonomy.Shadow))
            width[Whole] = 100;
        return width;
    }

    private static string Last(DeclaredMetric metric, IReadOnlyList<MetricWeek> weeks) =>
        weeks.LastOrDefault(w => w.Values.ContainsKey(metric.Name)) is { } last ? string.Create(CultureInfo.InvariantCulture, $" (last measured: {last.Values[metric.Name]:0.##})") : " (never measured: 'backlog metrics')";
}
