namespace ServerlessBacklog.Analysis.Forecasting;

/// <summary>Weeks from Monday to Sunday, UTC.</summary>
public static class Weeks
{
    public static DateOnly MondayOf(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    /// <summary>The first moment of a day.</summary>
    public static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>
    /// How many of the times fall into each whole week from that of <paramref name="first"/> to the last one that ended by <paramref name="asOf"/>, oldest first.
    /// The week of the first moment counts only if it began with it: a part of a week would look like a quiet one.
    /// </summary>
    public static (DateOnly First, IReadOnlyList<int> Counts) Count(IEnumerable<DateTimeOffset> times, DateTimeOffset first, DateTimeOffset asOf)
    {
        var start = MondayOf(first);
        if (Start(start) < first)
            start = start.AddDays(7);
        var counts = new int[Math.Max(0, (MondayOf(asOf).DayNumber - start.DayNumber) / 7)];
        foreach (var time in times)
        {
            if ((MondayOf(time).DayNumber - start.DayNumber) / 7 is var week && MondayOf(time) >= start && week < counts.Length)
                counts[week]++;
        }

        return (start, counts);
    }
}
