using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Alerts;

/// <summary>
/// Looks at a backlog, remembers what is wrong, and tells what is grave, once for each cause until it has cleared; the rest stands in the digest. May run
/// twice at once: what is told goes by the cause.
/// </summary>
public sealed class AlertDesk(IWatchStore store, ViewKeeper views, SnapshotKeeper snapshots, KeptSettings kept, TimeProvider time, ITeller? teller = null)
{
    /// <summary>Alerts that begin at one look and are told one by one; more come as one message.</summary>
    private const int MostAlone = 3;

    private const int MostItems = 10;

    /// <summary>Those that are open, the grave ones first.</summary>
    public static IReadOnlyList<Alert> Open(IEnumerable<Alert> alerts) => InOrder(alerts);

    /// <summary>Alerts of a backlog that are open, the grave ones first.</summary>
    public async Task<IReadOnlyList<Alert>> OpenAsync(string backlog, CancellationToken cancellation) => InOrder(await store.AlertsAsync(backlog, cancellation));

    public async Task RunAsync(string backlog, CancellationToken cancellation)
    {
        var (settings, now) = ((await kept.OfAsync(backlog, cancellation)).Alerts, time.GetUtcNow());
        var insights = (await views.HeadAsync(backlog, cancellation)).Insights;
        var signs = AlertLook.At(insights, await snapshots.CurrentAsync(backlog, cancellation), settings, now).DistinctBy(s => s.Key).ToDictionary(s => s.Key);
        var known = (await store.AlertsAsync(backlog, cancellation)).ToDictionary(a => a.Key);
        var fresh = new List<Alert>();
        foreach (var key in known.Keys.Union(signs.Keys).Order(StringComparer.Ordinal).ToList())
        {
            var (before, sign) = (known.GetValueOrDefault(key), signs.GetValueOrDefault(key));
            if (sign is null && before is { State: not AlertState.Cleared } && AlertLook.IsBlind(before.Cause, insights))
                continue;
            var after = AlertLatch.Next(before, sign, now, TimeSpan.FromHours(settings.SettleHours));
            if (after is null)
                await (before is null ? Task.CompletedTask : store.ForgetAlertAsync(backlog, key, cancellation));
            else if (before is null || !IsSame(before, after))
                await store.SaveAlertAsync(backlog, after, cancellation);
            if (after is { State: AlertState.Open, Severity: AlertSeverity.High, ToldAt: null })
                fresh.Add(after);
        }

        if (teller is not null && fresh.Count > 0)
            await TellAsync(backlog, fresh, now, cancellation);
    }

    /// <summary>Told first and marked then: a second attempt goes by the same cause, under which it is told once.</summary>
    private async Task TellAsync(string backlog, List<Alert> fresh, DateTimeOffset now, CancellationToken cancellation)
    {
        if (fresh.Count > MostAlone)
            await teller!.TellAsync(backlog, Together(backlog, InOrder(fresh), now), $"alerts {Digest(fresh)}", null, cancellation);
        foreach (var alert in fresh)
        {
            if (fresh.Count <= MostAlone)
                await teller!.TellAsync(backlog, Alone(backlog, alert, now), CauseOf(alert), null, cancellation);
            await store.SaveAlertAsync(backlog, alert with { ToldAt = now }, cancellation);
        }
    }

    /// <summary>One that begins again after it cleared is another one.</summary>
    private static string CauseOf(Alert alert) => $"{alert.Key} {alert.OpenedAt!.Value.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)}";

    private static string Digest(IEnumerable<Alert> alerts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', alerts.Select(CauseOf).Order(StringComparer.Ordinal)))).AsSpan(0, 8));

    private static Digest Alone(string backlog, Alert alert, DateTimeOffset now)
    {
        var book = new FigureBook(now);
        return AlertDigest.Build(backlog, now, TitleOf(alert.Cause), [book.Quote("alert.sentence", alert.Sentence), book.Quote("alert.act", alert.Act)], Items(alert), book.All);
    }

    private static Digest Together(string backlog, List<Alert> alerts, DateTimeOffset now)
    {
        var book = new FigureBook(now);
        IReadOnlyList<string> lines = [.. alerts.Take(MostItems).Select(a => book.Quote("alert.sentence", a.Sentence)), .. alerts.Count > MostItems ? [$"And {book.Count("alerts.more", alerts.Count - MostItems, "other", "others")}."] : Array.Empty<string>()];
        return AlertDigest.Build(backlog, now, $"{book.Count("alerts", alerts.Count, "alert", "alerts")} on work under way", lines, [], book.All);
    }

    private static IReadOnlyList<DigestItem> Items(Alert alert) =>
        [.. alert.Items.Select(i => new DigestItem(char.IsAsciiDigit(i.Ref.Number[0]) ? $"#{i.Ref.Number}" : i.Ref.Number, i.Title, i.Url, null))];

    private static string TitleOf(AlertCause cause) => cause switch
    {
        AlertCause.Aging => "An item is in progress for very long",
        AlertCause.WipOverLimit => "Too much is in progress at once",
        AlertCause.Blocked => "An item waits for too long",
        AlertCause.LateMilestone => "A milestone will be late",
        AlertCause.Overdue => "An item is past its due date",
        _ => "A risk for the plan",
    };

    private static List<Alert> InOrder(IEnumerable<Alert> alerts) =>
        [.. alerts.Where(a => a.State == AlertState.Open).OrderByDescending(a => a.Severity).ThenBy(a => a.OpenedAt).ThenBy(a => a.Key, StringComparer.Ordinal)];

    /// <summary>Ages grow by the hour: words alone are no reason to write.</summary>
    private static bool IsSame(Alert before, Alert after) =>
        (before.State, before.Severity, before.OpenedAt, before.GoneAt, before.ClearedAt) == (after.State, after.Severity, after.OpenedAt, after.GoneAt, after.ClearedAt)
        && (before.Sentence == after.Sentence || before.State != AlertState.Open);
}
