namespace ServerlessBacklog.Triage.Reminders;

/// <summary>When which rung is due. Pure. A rung is told once; several that were missed, by a program that did not run, are told as one: the highest.</summary>
internal static class ReminderLadder
{
    /// <param name="since">The last human activity, or when it began to wait.</param>
    /// <param name="known">What was told so far; null for nothing.</param>
    /// <param name="snoozedUntil">Until when nobody wants to hear of it.</param>
    /// <returns>The rung that is due and since when; null for none.</returns>
    public static DueRung? Due(DateTimeOffset since, Reminder? known, LadderDays days, DateTimeOffset? snoozedUntil, DateTimeOffset now)
    {
        if (snoozedUntil > now)
            return null;
        // What was put off begins anew when its day has come.
        var from = snoozedUntil > since ? snoozedUntil.Value : since;
        var told = known is not null && known.Since >= from ? known.Told : null;
        var due = days.Rungs.Where(r => now >= from.AddDays(r.Days)).Select(r => new DueRung(r.Rung, from.AddDays(r.Days), from)).LastOrDefault();
        return due is not null && !(told >= due.Rung) ? due : null;
    }
}

/// <param name="At">The moment from which on it is due.</param>
/// <param name="From">The moment from which its days count.</param>
internal sealed record DueRung(ReminderRung Rung, DateTimeOffset At, DateTimeOffset From);
