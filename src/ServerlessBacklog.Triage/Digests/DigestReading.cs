using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Value;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>Reads what a digest is made from, and builds it: the kept view, what waits, what was decided, what the digest before named.</summary>
public sealed class DigestReading(
    ViewKeeper views, ReviewQueue queue, IBacklogStore store, NextItems next, ValueReading value, DigestPasts pasts, NotificationSite site, TimeProvider time, IWatchStore? watch = null) : IDigestSource
{
    private const int MostAsks = 5;
    private const int ManagerDays = 7;

    /// <param name="person">Login of the person whom a personal digest is for; null for others.</param>
    /// <param name="window">The day or week that it is of: its figures are kept for the digest of the next one. Null keeps nothing, as for a look ahead.</param>
    /// <returns>Null for a kind that no backlog has by itself: alerts and approvals tell of something that happened.</returns>
    public async Task<Digest?> BuildAsync(DigestKind kind, string backlog, string? person, string? window, CancellationToken cancellation)
    {
        var input = new DigestInput
        {
            View = await views.CurrentAsync(backlog, cancellation),
            Page = site.Address,
            Review = site.Address is { } home ? new Uri(home, $"review/{Uri.EscapeDataString(backlog)}") : null,
        };
        switch (kind)
        {
            case DigestKind.Manager:
            case DigestKind.Team:
                input = input with
                {
                    Past = await pasts.BeforeAsync(backlog, kind, window, cancellation),
                    Asks = input.View.Waiting == 0 ? [] : await AsksAsync(backlog, cancellation),
                    Alerts = watch is null || kind != DigestKind.Team ? [] : AlertDesk.Open(await watch.AlertsAsync(backlog, cancellation)),
                    Decided = kind == DigestKind.Manager ? await DecidedAsync(backlog, cancellation) : null,
                };
                var digest = kind == DigestKind.Manager ? ManagerDigest.Build(input) : TeamDigest.Build(input);
                if (window is not null)
                    await pasts.KeepAsync(backlog, window, digest, cancellation);
                return digest;
            case DigestKind.Personal when person is not null:
                var (things, why) = await next.OfAsync(backlog, Person.FromLogin(person), cancellation);
                return PersonalDigest.Build(input with { Person = person, Next = things, WhyNoNext = why });
            default:
                return null;
        }
    }

    private async Task<IReadOnlyList<WaitingAsk>> AsksAsync(string backlog, CancellationToken cancellation)
    {
        var asks = (await queue.ListAsync(backlog, time.GetUtcNow(), step: null, cancellation)).Take(MostAsks).ToList();
        var items = (await store.FindItemsAsync(backlog, asks.Select(a => a.Ask.Item).ToHashSet(), cancellation)).ToDictionary(i => i.Ref, ItemLine.From);
        return [.. asks.Select(a => new WaitingAsk(
            items.GetValueOrDefault(a.Ask.Item) ?? ItemLine.Elsewhere(a.Ask.Item),
            string.Join("; ", a.Asked.Select(c => c.Change.Describe())),
            a.Ask.OpenedAt))];
    }

    private async Task<DecidedFigures> DecidedAsync(string backlog, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var report = ValueReport.Of(await value.LoadAsync(backlog, now.AddDays(-ManagerDays), now, cancellation));
        var changes = report.Input.Outcomes.SelectMany(o => o.Changes).ToList();
        var isKnown = report.Refusal is null && double.IsFinite(report.NetHoursInterval.Low) && double.IsFinite(report.NetHoursInterval.High);
        return new DecidedFigures(
            ManagerDays,
            Applied: changes.Count(c => c.State == ChangeState.Applied),
            Approved: report.Input.Outcomes.Count(o => o.By is not null && o.State is OutcomeState.Applied or OutcomeState.Applying),
            Rejected: report.Input.Outcomes.Count(o => o.State == OutcomeState.Rejected),
            TakenBack: changes.Count(c => c.State == ChangeState.Undone),
            Hours: isKnown ? (report.NetHours, report.NetHoursInterval.Low, report.NetHoursInterval.High) : null,
            WhyNoHours: report.Refusal);
    }
}
