using ServerlessBacklog.Analysis.Forecasting;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Health at the ends of past months: as kept by earlier looks; where there was none, rebuilt from the ages of what was open then.</summary>
internal static class HealthMonths
{
    private const int MostMonths = 24;

    /// <summary>Months are rebuilt no farther back: what is true of the other parts today was less and less true then.</summary>
    private const int MostRebuilt = 12;

    public static IReadOnlyList<HealthMonth> Build(Past past, IReadOnlyList<HealthPart> parts, BacklogInsights? previous)
    {
        var running = MonthOf(past.AsOf);
        var kept = Kept(previous, running);
        var months = new List<HealthMonth>(kept.Values);
        for (var month = running.AddMonths(-MostRebuilt); month < running; month = month.AddMonths(1))
        {
            if (!kept.ContainsKey(month) && Rebuilt(past, parts, month) is { } rebuilt)
                months.Add(rebuilt);
        }

        return [.. months.OrderBy(m => m.Month).TakeLast(MostMonths)];
    }

    /// <summary>What earlier looks saw: each month's last value. The look before this one closes its month when this one is in a later month.</summary>
    private static Dictionary<DateOnly, HealthMonth> Kept(BacklogInsights? previous, DateOnly running)
    {
        var kept = (previous?.Health.Months ?? []).Where(m => !m.IsRebuilt && m.Month < running).ToDictionary(m => m.Month);
        if (previous is { AsOf: { } seen, Health.Value: { } value } && MonthOf(seen) < running)
            kept.TryAdd(MonthOf(seen), new HealthMonth(MonthOf(seen), value, IsRebuilt: false, previous.Health.Parts.Select(p => p.Of).DefaultIfEmpty().Max()));
        return kept;
    }

    private static HealthMonth? Rebuilt(Past past, IReadOnlyList<HealthPart> parts, DateOnly month)
    {
        var end = Weeks.Start(month.AddMonths(1));
        var ages = past.AgesAt(end).ToList();
        if (ages.Count == 0)
            return null;
        var then = parts.Select(p => p.Key == "age" ? p with { InOrder = ages.Count(a => a <= HealthBuilder.YoungDays), Of = ages.Count } : p).ToList();
        return HealthBuilder.Score(then) is { } value ? new HealthMonth(month, Math.Round(value, 1), IsRebuilt: true, ages.Count) : null;
    }

    private static DateOnly MonthOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
}
