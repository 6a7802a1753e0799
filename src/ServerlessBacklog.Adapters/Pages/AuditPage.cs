using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>What was decided, said and done on a day, or on one item, and whether the log is as it was written.</summary>
internal sealed class AuditPage(IAuditLog log) : IPage
{
    private const int Most = 500;

    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation)
    {
        var head = await log.HeadAsync(visit.Backlog, cancellation);
        var item = visit.Asked("item") is { } text && WorkItemRef.TryParse(text, out var named) ? named : null;
        var actor = visit.Asked("actor");
        var day = DateOnly.TryParse(visit.Asked("day"), CultureInfo.InvariantCulture, out var asked) ? asked : head?.Day;
        var rows = new List<AuditLine>();
        var left = 0;
        await foreach (var row in RowsAsync(visit.Backlog, item, day, cancellation))
        {
            if (AuditSeal.Open(row) is not { } entry || (actor is not null && !entry.Words.Actor.Equals(actor, StringComparison.OrdinalIgnoreCase)))
                continue;
            if (rows.Count < Most)
                rows.Add(new AuditLine(row, entry));
            else
                left++;
        }

        rows.Reverse();
        return await PageRendering.RenderAsync<AuditRowsView>(
            cancellation,
            (nameof(AuditRowsView.Site), visit.Site),
            (nameof(AuditRowsView.Head), head),
            (nameof(AuditRowsView.Shown), day),
            (nameof(AuditRowsView.Item), visit.Asked("item")),
            (nameof(AuditRowsView.Actor), actor),
            (nameof(AuditRowsView.Rows), rows),
            (nameof(AuditRowsView.Left), left),
            (nameof(AuditRowsView.Report), visit.Asked("verify") is null ? null : await AuditVerifier.VerifyAsync(log, visit.Backlog, null, cancellation)));
    }

    private IAsyncEnumerable<AuditRow> RowsAsync(string backlog, WorkItemRef? item, DateOnly? day, CancellationToken cancellation) => item is null
        ? day is null ? AsyncEnumerable.Empty<AuditRow>() : log.ReadAsync(backlog, day, day, cancellation)
        : OnItemAsync(backlog, item, cancellation);

    private async IAsyncEnumerable<AuditRow> OnItemAsync(string backlog, WorkItemRef item, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var row in await log.OnItemAsync(backlog, item, cancellation))
            yield return row;
    }
}

public sealed record AuditLine(AuditRow Row, AuditEntry Entry);
