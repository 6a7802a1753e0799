using System.Globalization;

namespace ServerlessBacklog.Analysis.Flow;

/// <summary>Arrivals and closures of one calendar period.</summary>
/// <param name="Name"><c>2026-W22</c> (ISO 8601 week) or <c>2026-05</c>.</param>
/// <param name="Start">First moment of the period, UTC.</param>
/// <param name="Closures">Throughput; null when the source has no closing dates.</param>
/// <param name="IsComplete">False for the period that was still running.</param>
public sealed record FlowPeriod(string Name, DateTimeOffset Start, int Arrivals, int? Closures, bool IsComplete);

public enum PeriodLength
{
    Week,
    Month,
}

internal static class Periods
{
    public static DateTimeOffset StartOf(DateTimeOffset at, PeriodLength length)
    {
        var day = at.UtcDateTime.Date;
        var start = length == PeriodLength.Month
            ? new DateTime(day.Year, day.Month, 1)
            : day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return new DateTimeOffset(start, TimeSpan.Zero);
    }

    public static DateTimeOffset Next(DateTimeOffset start, PeriodLength length) =>
        length == PeriodLength.Month ? start.AddMonths(1) : start.AddDays(7);

    public static string Name(DateTimeOffset start, PeriodLength length) => length == PeriodLength.Month
        ? start.ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(start.UtcDateTime)}-W{ISOWeek.GetWeekOfYear(start.UtcDateTime):00}");
}
