using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Reminders;

/// <summary>
/// Reminds people of questions that wait and of work that rests: first and second whoever has it, then whoever leads. Any act of a person on the item, a
/// snooze or an answer ends it. Quiet hours are kept by whoever tells.
/// </summary>
public sealed class ReminderDesk(IWatchStore store, IPendingStore pending, IBacklogStore items, SnapshotKeeper snapshots, KeptSettings kept, TimeProvider time, ITeller? teller = null)
{
    public async Task RunAsync(string backlog, CancellationToken cancellation)
    {
        if (teller is null)
            return;
        var (settings, now) = ((await kept.OfAsync(backlog, cancellation)).Reminders, time.GetUtcNow());
        var known = (await store.RemindersAsync(backlog, cancellation)).ToDictionary(r => r.Key, StringComparer.Ordinal);
        var snapshot = await snapshots.CurrentAsync(backlog, cancellation);
        var silences = Work(snapshot).Concat(await AsksAsync(backlog, snapshot, now, cancellation)).ToList();
        foreach (var silence in silences)
            await RemindAsync(backlog, silence, known.GetValueOrDefault(silence.Key), settings, now, cancellation);
        foreach (var ended in known.Keys.Except(silences.Select(s => s.Key)))
            await store.ForgetReminderAsync(backlog, ended, cancellation);
    }

    private async Task RemindAsync(string backlog, Silence silence, Reminder? known, ReminderSettings settings, DateTimeOffset now, CancellationToken cancellation)
    {
        var days = silence.Ask is null ? settings.Work : settings.Asks;
        // Most are not due whether put off or not: those cost no read.
        if (ReminderLadder.Due(silence.Since, known, days, null, now) is null
            || ReminderLadder.Due(silence.Since, known, days, await store.SnoozedAsync(backlog, silence.Item.Ref, cancellation), now) is not { } due)
            return;
        if (await LastWordAsync(backlog, silence, cancellation) is not { } since || since > silence.Since)
            return;
        foreach (var person in To(silence, due.Rung, settings))
        {
            var cause = $"{silence.Key} {due.From.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)} {due.Rung.ToString().ToLowerInvariant()}";
            await teller!.TellAsync(backlog, ReminderText.Of(backlog, silence, due, now), cause, person, cancellation);
        }

        await store.SaveReminderAsync(backlog, new Reminder { Key = silence.Key, Item = silence.Item.Ref, Since = due.From, Told = due.Rung, ToldAt = now }, cancellation);
    }

    /// <summary>The item as it is stored now: a snapshot may be some seconds older. Null for one that is gone or closed.</summary>
    private async Task<DateTimeOffset?> LastWordAsync(string backlog, Silence silence, CancellationToken cancellation) =>
        await items.FindItemsAsync(backlog, [silence.Item.Ref], cancellation) is [{ IsOpen: true } item] ? Later(LastAct(item), silence.Begun) : null;

    /// <summary>Nobody where nobody has it: then only the lead is told.</summary>
    private static IReadOnlyList<string?> To(Silence silence, ReminderRung rung, ReminderSettings settings) =>
        rung == ReminderRung.Lead ? [settings.Lead.Length > 0 ? settings.Lead : null]
        : silence.Ask is not null ? [null]
        : [.. silence.Item.Assignees.Where(a => !a.IsBot).Select(a => a.Login)];

    private static IEnumerable<Silence> Work(BacklogSnapshot backlog) =>
        from outline in backlog.Items.Values
        let item = outline.Item
        where item is { State: WorkItemState.Started, Kind: WorkItemKind.Item }
        let begun = item.StartedAt ?? item.CreatedAt
        where begun is not null
        select new Silence($"work {item.Ref.ToKey()}", item, Later(LastAct(item), begun.Value), begun.Value, null);

    private async Task<IEnumerable<Silence>> AsksAsync(string backlog, BacklogSnapshot snapshot, DateTimeOffset now, CancellationToken cancellation) =>
        from ask in await pending.AsksAsync(backlog, cancellation)
        where ask.State == AskState.Open && ask.Until > now
        let item = snapshot.Find(ask.Item)?.Item
        where item is { IsOpen: true }
        select new Silence($"ask {ask.Item.ToKey()} {ask.Decision}", item, Later(LastAct(item), ask.OpenedAt), ask.OpenedAt, ask);

    /// <summary>The last thing that a person did, as far as the source tells; where it tells nothing, the last change by anybody.</summary>
    private static DateTimeOffset? LastAct(WorkItem item) => item.History.IsKnown
        ? (item.History with { Comments = [.. item.History.Comments.Where(c => !c.IsOurs)] }).LastHumanActivity()
        : item.UpdatedAt;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}

/// <summary>Something that rests.</summary>
/// <param name="Since">The last human activity, or <paramref name="Begun"/> where that is later.</param>
/// <param name="Ask">The question that waits; null for work in progress.</param>
internal sealed record Silence(string Key, WorkItem Item, DateTimeOffset Since, DateTimeOffset Begun, Ask? Ask);

/// <summary>What a reminder says.</summary>
internal static class ReminderText
{
    public static Digest Of(string backlog, Silence silence, DueRung due, DateTimeOffset now)
    {
        var book = new FigureBook(now);
        var line = ItemLine.From(silence.Item);
        var days = book.Days("reminder.silent", "Days without an act of a person", (now - silence.Since).TotalDays);
        var since = book.Date("reminder.since", "The last act of a person", silence.Since);
        IReadOnlyList<string> lines = silence.Ask is { } ask
            ? [$"A question waits for an answer for {days}, since {since}.", .. ask.Changes.Select(c => book.Quote("reminder.change", c)), $"Without an answer until {book.Date("reminder.until", "Until then it can be answered", ask.Until!.Value)} nothing is done."]
            : [$"It is in progress, and nobody has touched it for {days}, since {since}.", book.Quote("reminder.act", Act(silence, due.Rung))];
        return new Digest
        {
            Kind = silence.Ask is not null ? DigestKind.Approval : due.Rung == ReminderRung.Lead ? DigestKind.Alert : DigestKind.Personal,
            Backlog = backlog,
            Title = silence.Ask is not null ? "A question still waits" : due.Rung == ReminderRung.First ? "Work that rests" : "Work that still rests",
            AsOf = now,
            Figures = book.All,
            Sections =
            [
                new DigestSection(due.Rung == ReminderRung.Lead ? "For whoever leads" : "A reminder")
                {
                    Items = [new DigestItem(char.IsAsciiDigit(line.Ref.Number[0]) ? $"#{line.Ref.Number}" : line.Ref.Number, line.Title, line.Url, null)],
                    Lines = lines,
                },
            ],
        };
    }

    private static string Act(Silence silence, ReminderRung rung) => rung == ReminderRung.Lead
        ? silence.Item.Assignees.Count > 0 ? $"{silence.Item.Assignees[0].Login} was reminded before." : "Nobody has it."
        : $"Say on it how it stands, hand it on, or write {Commands.CommandText.Prefix} snooze on it.";
}
