using System.Globalization;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Says a query in words, so that the person sees what was looked up: <c>open items, blocked, assigned to ada, oldest first</c>.</summary>
internal static class QueryWords
{
    public static string Of(BacklogQuery query)
    {
        List<string> parts = [State(query), .. query.Where.Where(c => c.Field != QueryField.State || c.Op != QueryOp.Is).Select(Of)];
        if (query.Order is { } order)
            parts.Add(Of(order));
        if (query.Limit is { } limit)
            parts.Add($"the first {limit}");
        if (query.Between.Count > 0)
            parts.Add($"compared between {string.Join(" and ", query.Between)}");
        else if (query.GroupBy is { } group)
            parts.Add($"by {Name(group)}");
        return string.Join(", ", parts);
    }

    public static string Name(QueryField field) => field switch
    {
        QueryField.Item => "item",
        QueryField.Silence => "days without activity",
        QueryField.Created => "day of creation",
        QueryField.Closed => "day of closing",
        QueryField.Text => "title",
        _ => field.ToString().ToLowerInvariant(),
    };

    private static string State(BacklogQuery query) => query.Where.FirstOrDefault(c => c is { Field: QueryField.State, Op: QueryOp.Is })?.Value switch
    {
        "started" => "items in progress",
        "waiting" => "open items, not started",
        "closed" => "closed items",
        _ => query.IsClosed ? "closed items" : "open items",
    };

    private static string Of(Condition condition)
    {
        var (field, op, value) = (condition.Field, condition.Op, condition.Value);
        return field switch
        {
            QueryField.Item => $"number {value}",
            QueryField.Assignee => op switch
            {
                QueryOp.None => "assigned to nobody",
                QueryOp.Any => "assigned to somebody",
                QueryOp.Not => $"not assigned to {value}",
                QueryOp.IsOrNone => $"assigned to {value} or to nobody",
                _ => $"assigned to {value}",
            },
            QueryField.Mark => (op == QueryOp.Not ? "not " : "") + MarkName(value),
            QueryField.Text => $"{(op == QueryOp.Not ? "without " : "with ")}\"{value}\" in the title",
            QueryField.Priority => op switch
            {
                QueryOp.AtLeast => $"priority P{value} or more urgent",
                QueryOp.AtMost => $"priority P{value} or less urgent",
                QueryOp.None => "without a priority",
                QueryOp.Not => $"priority not P{value}",
                _ => $"priority P{value}",
            },
            QueryField.Age => $"{Compared(op, value, "days")} old",
            QueryField.Silence => $"without activity for {Compared(op, value, "days")}",
            QueryField.Points => op == QueryOp.None ? "without an estimate" : op == QueryOp.Any ? "with an estimate" : Compared(op, value, "points"),
            QueryField.Rank => op == QueryOp.Any ? "with a priority score" : $"rank {Compared(op, value, "")}".TrimEnd(),
            QueryField.Created => $"created {Days(op, value)}",
            QueryField.Closed => op == QueryOp.Any ? "with a closing date" : $"closed {Days(op, value)}",
            QueryField.Milestone or QueryField.Area or QueryField.Type when op is QueryOp.None => $"without {Name(field)}",
            _ => $"{Name(field)} {(op == QueryOp.Not ? "not " : "")}{value}",
        };
    }

    private static string MarkName(string mark) => mark switch
    {
        "duplicate" => "a possible duplicate",
        "archive" => "proposed for archiving",
        "blocking" => "blocking others",
        _ => mark,
    };

    private static string Compared(QueryOp op, string value, string unit) => $"{op switch
    {
        QueryOp.AtLeast => "at least ",
        QueryOp.AtMost => "at most ",
        QueryOp.Above => "more than ",
        QueryOp.Below => "less than ",
        QueryOp.Not => "other than ",
        _ => "",
    }}{value} {unit}";

    private static string Days(QueryOp op, string value) => op switch
    {
        QueryOp.AtLeast => $"on {value} or later",
        QueryOp.AtMost => $"on {value} or earlier",
        QueryOp.Above => $"after {value}",
        QueryOp.Below => $"before {value}",
        _ => $"on {value}",
    };

    private static string Of(QueryOrder order) => (order.By, order.Descending) switch
    {
        (OrderField.Age, true) => "oldest first",
        (OrderField.Age, false) => "newest first",
        (OrderField.Silence, true) => "longest silent first",
        (OrderField.Silence, false) => "latest activity first",
        (OrderField.Points, true) => "largest first",
        (OrderField.Points, false) => "smallest first",
        (OrderField.Closed, _) => "closed last first",
        (OrderField.Priority, false) => "most urgent first",
        (OrderField.Priority, true) => "least urgent first",
        (OrderField.Rank, true) => "lowest priority score first",
        _ => "highest priority score first",
    };

    /// <summary>P1 … P5; null for a word that is none.</summary>
    internal static string? Urgency(string? word) => Domain.Items.Urgency.FromPriority(word)?.ToString(CultureInfo.InvariantCulture);
}
