using ServerlessBacklog.Analysis.Forecasting;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>The past of a backlog as all parts read it: when items were open, when they came and went.</summary>
internal sealed class Past
{
    public Past(ReportInput input)
    {
        AsOf = input.AsOf;
        Items = [.. input.Backlog.Items.Values.Select(o => o.Item).Where(i => i.Kind == WorkItemKind.Item).OrderBy(i => i.Ref.ToKey(), StringComparer.Ordinal)];
        Open = [.. Items.Where(i => i.IsOpen)];
        Spans = [.. Items.SelectMany(i => OpenSpan.Of(i).Select(s => (Item: i, Span: s))).Where(s => s.Span.From <= AsOf).OrderBy(s => s.Item.CreatedAt)];
        Arrivals = [.. Items.Where(i => i.CreatedAt <= AsOf).Select(i => i.CreatedAt!.Value).Order()];
        Closed = [.. Items.Where(i => !i.IsOpen && i.ClosedAt <= AsOf).OrderBy(i => i.ClosedAt)];
        var moves = Items.SelectMany(i => i.History.Events).Where(e => OpenSpan.IsClosing(e) || OpenSpan.IsReopening(e)).ToList();
        HasEvents = moves.Count > 0;
        Reopens = [.. moves.Where(e => OpenSpan.IsReopening(e) && e.At <= AsOf).Select(e => e.At).Order()];
        Basis = BasisOf();
    }

    public DateTimeOffset AsOf { get; }

    /// <summary>All items, pull requests left out.</summary>
    public IReadOnlyList<WorkItem> Items { get; }

    public IReadOnlyList<WorkItem> Open { get; }

    /// <summary>When items were open, by their creation, oldest first; an item that was reopened has several.</summary>
    public IReadOnlyList<(WorkItem Item, OpenSpan Span)> Spans { get; }

    public IReadOnlyList<DateTimeOffset> Arrivals { get; }

    /// <summary>Closed items with a closing date, by it.</summary>
    public IReadOnlyList<WorkItem> Closed { get; }

    public IReadOnlyList<DateTimeOffset> Reopens { get; }

    /// <summary>True where items hold dated closings or re-opens.</summary>
    public bool HasEvents { get; }

    public PastBasis Basis { get; }

    /// <summary>The first moment that the past speaks of; null without creation dates.</summary>
    public DateTimeOffset? First => Arrivals.Count == 0 ? null : Arrivals[0];

    /// <summary>Ages in days of what was open at a moment, oldest first.</summary>
    public IEnumerable<double> AgesAt(DateTimeOffset at) => Spans.Where(s => s.Span.Holds(at)).Select(s => (at - s.Item.CreatedAt!.Value).TotalDays);

    /// <summary>
    /// Closings by whole day, the last one the day before <see cref="AsOf"/>; from the first arrival or closing on. The day in hand is left out, for it is not over.
    /// </summary>
    public IReadOnlyList<int> DoneByDay(Func<WorkItem, bool>? which = null)
    {
        if (Closed.Count == 0)
            return [];
        var last = DateOnly.FromDateTime(AsOf.UtcDateTime).DayNumber;
        var first = DateOnly.FromDateTime((First < Closed[0].ClosedAt ? First!.Value : Closed[0].ClosedAt!.Value).UtcDateTime).DayNumber;
        var done = new int[Math.Max(0, last - first)];
        foreach (var item in Closed.Where(i => which is null || which(i)))
        {
            if (DateOnly.FromDateTime(item.ClosedAt!.Value.UtcDateTime).DayNumber - first is var day && day < done.Length)
                done[day]++;
        }

        return done;
    }

    private PastBasis BasisOf()
    {
        if (First is not { } first)
            return new PastBasis(null, 0, HasEvents, Items.Count == 0 ? "There are no items, so there is no past." : "No item holds a creation date, so nothing is known of the past.");
        var days = (int)(AsOf - first).TotalDays;
        var how = HasEvents
            ? "read from dated closings and re-opens of the items"
            : "rebuilt from creation and closing dates, for the source lists no state changes: an item that was closed and reopened counts as open all the time";
        return new PastBasis(DateOnly.FromDateTime(first.UtcDateTime), days, HasEvents, $"{days:N0} days of past, {how}.");
    }
}
