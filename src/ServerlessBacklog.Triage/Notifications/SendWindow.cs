using System.Globalization;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>
/// When what is sent. Pure. Compared by the clock on the subscriber's wall: an hour that a change of clocks leaves out begins with the next one, and of one
/// that comes twice the key of the window lets one message through.
/// </summary>
public static class SendWindow
{
    /// <summary>Longest silence: a weekend with the nights around it.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromDays(4);

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <summary>Names the day or week whose digest is due; null when none is. Alerts and asks have no window: they are told when they happen.</summary>
    public static string? Due(DigestKind kind, Subscriber to, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, to.Zone).DateTime;
        return kind switch
        {
            DigestKind.Manager => Weekly(to, local),
            DigestKind.Team or DigestKind.Personal when local.Hour >= to.Hour && (to.Weekends || !IsWeekend(local)) => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    public static bool IsQuiet(Subscriber to, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, to.Zone).DateTime;
        if (!to.Weekends && IsWeekend(local))
            return true;
        return to.QuietFrom <= to.QuietUntil
            ? local.Hour >= to.QuietFrom && local.Hour < to.QuietUntil
            : local.Hour >= to.QuietFrom || local.Hour < to.QuietUntil;
    }

    /// <summary>The first quarter of an hour in which it is not quiet.</summary>
    public static DateTimeOffset QuietEnds(Subscriber to, DateTimeOffset now)
    {
        var at = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Step.Ticks), TimeSpan.Zero);
        while (IsQuiet(to, at) && at - now < LongestQuiet)
            at += Step;
        return at < now ? now : at;
    }

    /// <summary>One digest, one window, one address: the name of a message, under which it is sent once.</summary>
    public static string Key(DigestKind kind, string backlog, string window, string to) => $"{kind.ToString().ToLowerInvariant()}/{backlog}/{window}/{to}";

    /// <summary>Within a day of its hour: a digest that is later than that is no news.</summary>
    private static string? Weekly(Subscriber to, DateTime local)
    {
        var day = local.Date.AddDays(-(((int)local.DayOfWeek - (int)to.Weekday + 7) % 7));
        var moment = day.AddHours(to.Hour);
        if (local < moment)
            (day, moment) = (day.AddDays(-7), moment.AddDays(-7));
        return local - moment < TimeSpan.FromDays(1) ? string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day)}-W{ISOWeek.GetWeekOfYear(day):00}") : null;
    }

    private static bool IsWeekend(DateTime local) => local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
