using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Answers a checked query from a view: every number is counted there, every item links to its tracker. Pure.</summary>
internal static class QueryAnswer
{
    /// <summary>Items that are listed beside a number.</summary>
    private const int FewListed = 10;

    public static ChatAnswer Of(BacklogQuery query, BacklogView view)
    {
        var report = view.Report;
        var rows = QueryRun.Rows(query, report);
        var answer = query.Act switch
        {
            QueryAct.Status => new ChatAnswer(ChatKind.Answer, string.Join(' ', report.Counts.Sentences())),
            QueryAct.Why => WhyAnswer.Of(rows[0], report),
            QueryAct.Who => WhoAnswer.Of(query, rows, report),
            QueryAct.When => WhenAnswer.Of(query, rows, view),
            QueryAct.Compare => Compare(query, report),
            QueryAct.Count => Count(query, rows),
            _ => new ChatAnswer(ChatKind.Answer, rows.Count == 0 ? "There is none." : Plural(Math.Min(rows.Count, query.Limit ?? rows.Count))),
        };
        var most = query.Act switch { QueryAct.Status or QueryAct.Compare => 0, QueryAct.Count or QueryAct.Who or QueryAct.When => FewListed, _ => BacklogQuery.MostListed };
        var listed = rows.Take(query.Limit ?? most).Take(most).ToList();
        return answer with
        {
            Query = query.Act == QueryAct.Status ? "the backlog as a whole" : QueryWords.Of(query),
            Act = query.Act.ToString().ToLowerInvariant(),
            Items = [.. listed.Select(r => Line(r))],
            Total = query.Act is QueryAct.Status or QueryAct.Compare ? 0 : query.Limit is { } limit ? Math.Min(limit, rows.Count) : rows.Count,
            AsOf = view.BuiltAt,
            Text = $"{answer.Text}{Missing(query, report)}",
        };
    }

    public static ChatItem Line(ReportItem row)
    {
        var marks = row.Marks == ItemMarks.None ? null : row.Marks.ToString().ToLowerInvariant();
        return new ChatItem(row.Item.Ref, row.Item.Title, row.Item.Url, string.Join(", ", new[]
        {
            row.Item.State == WorkItemState.Started ? "in progress" : null,
            row.ClosedAt is { } closed ? $"closed {closed.UtcDateTime:yyyy-MM-dd}" : row.AgeDays is { } age ? $"{age} days old" : null,
            row.Priority,
            row.Assignee,
            row.Points is { } points ? $"{QueryRun.Number(points)} points" : null,
            marks,
        }.OfType<string>()));
    }

    public static string Plural(int count) => $"{count:N0} {(count == 1 ? "item" : "items")}.";

    private static ChatAnswer Count(BacklogQuery query, IReadOnlyList<ReportItem> rows)
    {
        var points = rows.Sum(r => r.Points ?? 0);
        var text = points > 0 ? $"{Plural(rows.Count)[..^1]}, {QueryRun.Number(points)} points as far as they are estimated." : Plural(rows.Count);
        return query.GroupBy is { } group
            ? new ChatAnswer(ChatKind.Answer, text) { Figures = [.. QueryRun.Groups(rows, group).Select(g => new ChatFigure(g.Name, g.Rows.Count, "items"))] }
            : new ChatAnswer(ChatKind.Answer, text);
    }

    private static ChatAnswer Compare(BacklogQuery query, BacklogReport report)
    {
        var figures = new List<ChatFigure>();
        var sentences = new List<string>();
        foreach (var name in query.Between)
        {
            var rows = report.Items.Where(r => QueryRun.Holds(new Condition(query.GroupBy!.Value, QueryOp.Is, name), r)).ToList();
            var (started, blocked) = (rows.Count(r => r.Item.State == WorkItemState.Started), rows.Count(r => r.Marks.HasFlag(ItemMarks.Blocked)));
            figures.AddRange([new(name, rows.Count, "open items"), new(name, started, "in progress"), new(name, blocked, "blocked"), new(name, rows.Sum(r => r.Points ?? 0), "points")]);
            sentences.Add($"{name}: {rows.Count} open, {started} of them in progress, {blocked} blocked, {QueryRun.Number(rows.Sum(r => r.Points ?? 0))} points{(rows.Max(r => r.AgeDays) is { } oldest ? $", the oldest {oldest} days old" : "")}.");
        }

        return new ChatAnswer(ChatKind.Answer, string.Join(' ', sentences)) { Figures = figures };
    }

    /// <summary>What the data cannot tell is said beside the answer, not left out.</summary>
    private static string Missing(BacklogQuery query, BacklogReport report)
    {
        foreach (var condition in query.Where)
        {
            if (condition is { Field: QueryField.Closed, Op: QueryOp.AtLeast } && QueryCheck.Day(condition.Value) < DateOnly.FromDateTime(report.ClosedSince.UtcDateTime))
                return $" I know what was closed since {report.ClosedSince.UtcDateTime:yyyy-MM-dd} only.";
            var unknown = condition switch
            {
                { Field: QueryField.Mark, Value: "duplicate" } when report.Counts.Duplicates is null => "duplicates",
                { Field: QueryField.Mark, Value: "vague" } when report.Counts.Vague is null => "vague items",
                { Field: QueryField.Mark, Value: "archive" or "stale" } when report.Counts.Archive is null => "stale items",
                { Field: QueryField.Mark, Value: "blocked" or "blocking" } when report.Counts.Blocked is null => "dependencies",
                _ => null,
            };
            if (unknown is not null)
                return $" Nobody could look for {unknown} yet: the step has not run or lacks data.";
            if (condition.Op is QueryOp.None or QueryOp.Any or QueryOp.Not)
                continue;
            var (what, without) = condition.Field switch
            {
                QueryField.Silence => ("days of silence", report.Items.Count(r => r.SilentDays is null)),
                QueryField.Age or QueryField.Created => ("a creation date", report.Items.Count(r => r.AgeDays is null)),
                _ => ("", 0),
            };
            if (without > 0)
                return $" {without:N0} open items have no known {what} and are left out.";
        }

        return "";
    }
}
