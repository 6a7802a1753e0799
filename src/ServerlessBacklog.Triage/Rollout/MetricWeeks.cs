using System.Text.Json;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>What was measured, week by week, and the baselines that were taken.</summary>
public sealed class MetricWeeks(IBacklogStore store)
{
    private const string WeeksCursor = "metric weeks";
    private const string BaselineCursor = "metric baseline";

    /// <summary>A year and a week.</summary>
    private const int Most = 53;

    /// <summary>The Monday that begins the week, in UTC.</summary>
    public static DateOnly WeekOf(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    /// <summary>Saves the values of a week in place of those measured earlier in it.</summary>
    public async Task SaveAsync(string backlog, MetricWeek week, CancellationToken cancellation)
    {
        var weeks = (await ListAsync(backlog, cancellation)).Where(w => w.Week != week.Week).Append(week).OrderBy(w => w.Week).TakeLast(Most);
        await store.SetCursorAsync(backlog, WeeksCursor, JsonSerializer.Serialize(weeks), cancellation);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<MetricWeek>> ListAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, WeeksCursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<List<MetricWeek>>(json)! : [];

    public async Task<MetricBaseline?> BaselineAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, BaselineCursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<MetricBaseline>(json) : null;

    public Task SaveBaselineAsync(string backlog, MetricBaseline baseline, CancellationToken cancellation) =>
        store.SetCursorAsync(backlog, BaselineCursor, JsonSerializer.Serialize(baseline), cancellation);
}

/// <param name="Week">Its Monday.</param>
/// <param name="Values">By <see cref="MetricNames"/>; what could not be measured is not in it.</param>
/// <param name="HumanMinutes">Minutes that people spent on answers, by <see cref="HumanMinutesTable"/>, in the seven days before.</param>
/// <param name="Decided">Items that were decided on in the same days.</param>
public sealed record MetricWeek(DateOnly Week, IReadOnlyDictionary<string, double> Values, double HumanMinutes = 0, int Decided = 0)
{
    /// <summary>Human minutes per hundred items; null when none was decided on.</summary>
    public double? MinutesPer100 => Decided == 0 ? null : HumanMinutes * 100 / Decided;
}

/// <param name="Day">When it was taken.</param>
public sealed record MetricBaseline(DateOnly Day, IReadOnlyDictionary<string, double> Values);
