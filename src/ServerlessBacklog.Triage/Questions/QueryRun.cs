using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Runs a query over the rows of a view. Pure. A value that nobody knows fulfils no condition but <see cref="QueryOp.None"/>.</summary>
internal static class QueryRun
{
    /// <summary>All rows that fulfil it, in its order; the limit is taken by the caller.</summary>
    public static IReadOnlyList<ReportItem> Rows(BacklogQuery query, BacklogReport report)
    {
        var rows = (query.IsClosed ? report.Closed : report.Items).Where(r => query.Where.All(c => Holds(c, r)));
        return query.Order is { } order ? [.. Ordered(rows, order)] : [.. rows];
    }

    public static bool Holds(Condition condition, ReportItem row) => condition.Field switch
    {
        QueryField.Item => Is(condition, condition.Value == row.Item.Ref.ToString() || condition.Value.TrimStart('#').Equals(row.Item.Ref.Number, StringComparison.OrdinalIgnoreCase)),
        QueryField.State => Is(condition, StateIs(condition.Value, row)),
        QueryField.Type => Among(condition, row.Item.Type is { } type ? [type] : []),
        QueryField.Area => Among(condition, BacklogWords.Parts(row.Area)),
        QueryField.Assignee => Among(condition, BacklogWords.Parts(row.Assignee)),
        QueryField.Milestone => Among(condition, row.Milestone is { } milestone ? [milestone] : []),
        QueryField.Mark => Is(condition, row.Marks.HasFlag(Mark(condition.Value))),
        QueryField.Text => Is(condition, row.Item.Title.Contains(condition.Value.Trim(), StringComparison.OrdinalIgnoreCase)),
        // A more urgent priority is a smaller number.
        QueryField.Priority => Compared(condition, -Urgency.FromPriority(row.Priority), -QueryCheck.Number(condition.Value)),
        QueryField.Age => Compared(condition, row.AgeDays, QueryCheck.Number(condition.Value)),
        QueryField.Silence => Compared(condition, row.SilentDays, QueryCheck.Number(condition.Value)),
        QueryField.Points => Compared(condition, row.Points, QueryCheck.Number(condition.Value)),
        QueryField.Rank => Compared(condition, row.Rank, QueryCheck.Number(condition.Value)),
        QueryField.Created => Compared(condition, DayOf(row.Item.CreatedAt), QueryCheck.Day(condition.Value)?.DayNumber),
        QueryField.Closed => Compared(condition, DayOf(row.ClosedAt), QueryCheck.Day(condition.Value)?.DayNumber),
        _ => throw new ArgumentException($"Nothing is known of {condition.Field}.", nameof(condition)),
    };

    /// <summary>How many rows have each value of a field, most first.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<ReportItem> Rows)> Groups(IEnumerable<ReportItem> rows, QueryField field) =>
    [
        .. rows.SelectMany(r => ValuesOf(r, field), (r, value) => (Row: r, Value: value))
            .GroupBy(p => p.Value, p => p.Row, StringComparer.OrdinalIgnoreCase)
            .Select(g => (g.Key, (IReadOnlyList<ReportItem>)[.. g]))
            .OrderByDescending(g => g.Item2.Count).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase),
    ];

    private static IReadOnlyList<string> ValuesOf(ReportItem row, QueryField field)
    {
        IReadOnlyList<string> values = field switch
        {
            QueryField.Area => BacklogWords.Parts(row.Area),
            QueryField.Assignee => BacklogWords.Parts(row.Assignee),
            QueryField.Type => row.Item.Type is { } type ? [type] : [],
            QueryField.Milestone => row.Milestone is { } milestone ? [milestone] : [],
            QueryField.Priority => Urgency.FromPriority(row.Priority) is { } urgency ? [$"P{urgency}"] : [],
            _ => [row.Item.State == WorkItemState.Started ? "in progress" : "not started"],
        };
        return values.Count > 0 ? values : [field == QueryField.Assignee ? "nobody" : "none"];
    }

    private static bool StateIs(string state, ReportItem row) => state switch
    {
        "started" => row.Item.State == WorkItemState.Started,
        "waiting" => row.Item.State == WorkItemState.Open,
        "closed" => row.Item.State == WorkItemState.Closed,
        _ => row.Item.State != WorkItemState.Closed,
    };

    private static ItemMarks Mark(string word) => word switch
    {
        "duplicate" => ItemMarks.Duplicate,
        "vague" => ItemMarks.Vague,
        "stale" => ItemMarks.Stale,
        "archive" => ItemMarks.Archive,
        "blocked" => ItemMarks.Blocked,
        "blocking" => ItemMarks.Blocking,
        _ => throw new ArgumentException($"There is no mark '{word}'.", nameof(word)),
    };

    private static bool Is(Condition condition, bool holds) => condition.Op == QueryOp.Not ? !holds : holds;

    private static bool Among(Condition condition, IReadOnlyList<string> values) => condition.Op switch
    {
        QueryOp.None => values.Count == 0,
        QueryOp.Any => values.Count > 0,
        QueryOp.Not => !values.Contains(condition.Value, StringComparer.OrdinalIgnoreCase),
        QueryOp.IsOrNone => values.Count == 0 || values.Contains(condition.Value, StringComparer.OrdinalIgnoreCase),
        _ => values.Contains(condition.Value, StringComparer.OrdinalIgnoreCase),
    };

    private static bool Compared(Condition condition, double? value, double? with) => condition.Op switch
    {
        QueryOp.None => value is null,
        QueryOp.Any => value is not null,
        QueryOp.Not => value is not null && value != with,
        QueryOp.AtLeast => value >= with,
        QueryOp.AtMost => value <= with,
        QueryOp.Above => value > with,
        QueryOp.Below => value < with,
        QueryOp.IsOrNone => value is null || value == with,
        _ => value is not null && value == with,
    };

    private static int? DayOf(DateTimeOffset? at) => at is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime).DayNumber : null;

    private static IEnumerable<ReportItem> Ordered(IEnumerable<ReportItem> rows, QueryOrder order)
    {
        Func<ReportItem, double?> key = order.By switch
        {
            OrderField.Age => r => r.AgeDays,
            OrderField.Silence => r => r.SilentDays,
            OrderField.Points => r => r.Points,
            OrderField.Priority => r => Urgency.FromPriority(r.Priority),
            OrderField.Closed => r => r.ClosedAt?.UtcTicks,
            _ => r => r.Rank,
        };
        // What is unknown comes last either way; what is equal stays in the order of the backlog.
        var sorted = rows.OrderBy(r => key(r) is null);
        return order.Descending ? sorted.ThenByDescending(key) : sorted.ThenBy(key);
    }

    internal static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
