using System.Globalization;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Says what is wrong with a query: fields, operators and values that do not go together, people and areas that the backlog does not know. Pure.</summary>
internal static class QueryCheck
{
    private const int LongestText = 80;

    private static readonly string[] States = ["open", "started", "waiting", "closed"];
    private static readonly string[] Marks = ["duplicate", "vague", "stale", "archive", "blocked", "blocking"];

    /// <summary>A sentence for each fault; none when it may run.</summary>
    public static IEnumerable<string> Faults(BacklogQuery query, BacklogWords words)
    {
        if (query.Where.Count > BacklogQuery.MostConditions)
            yield return $"a query has at most {BacklogQuery.MostConditions} conditions";
        foreach (var condition in query.Where)
        {
            if (Fault(condition, words) is { } fault)
                yield return fault;
        }

        foreach (var both in query.Where.Where(c => c.Op == QueryOp.Is && c.Field is not (QueryField.Mark or QueryField.Text)).GroupBy(c => c.Field).Where(g => g.Select(c => c.Value).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1))
            yield return $"an item cannot have two values of {QueryWords.Name(both.Key)} at once";
        if (query.Limit is < 1 or > BacklogQuery.MostListed)
            yield return $"a list has 1 to {BacklogQuery.MostListed} items";
        if (query.GroupBy is { } group && group is not (QueryField.Area or QueryField.Type or QueryField.Assignee or QueryField.Priority or QueryField.Milestone or QueryField.State))
            yield return $"nothing is counted by {QueryWords.Name(group)}";
        if (query.Act == QueryAct.Compare && (query.GroupBy is null || query.Between.Count is < 2 or > 5))
            yield return "a comparison names two to five values of one field";
        if (query.Act == QueryAct.Compare && query.GroupBy is { } by && query.Between.Select(v => Fault(new Condition(by, QueryOp.Is, v), words)).FirstOrDefault(f => f is not null) is { } unknown)
            yield return unknown;
        if (query.Act == QueryAct.Why && !query.Where.Any(c => c is { Field: QueryField.Item, Op: QueryOp.Is }))
            yield return "'why' is asked of one item";
    }

    private static string? Fault(Condition condition, BacklogWords words)
    {
        var (field, op, value) = (condition.Field, condition.Op, condition.Value);
        if (op is QueryOp.None or QueryOp.Any)
            return field is QueryField.Item or QueryField.State or QueryField.Mark or QueryField.Text || value.Length > 0 ? $"{QueryWords.Name(field)} takes a value" : null;
        var isOrdered = field is QueryField.Priority or QueryField.Age or QueryField.Silence or QueryField.Points or QueryField.Rank or QueryField.Created or QueryField.Closed;
        if (!isOrdered && op is not (QueryOp.Is or QueryOp.Not or QueryOp.IsOrNone))
            return $"{QueryWords.Name(field)} is not compared by size";
        return field switch
        {
            QueryField.Priority when Number(value) is not (>= 1 and <= 5) => "a priority is 1 to 5",
            QueryField.Age or QueryField.Silence or QueryField.Points or QueryField.Rank when Number(value) is not (>= 0 and <= 100_000) => $"{QueryWords.Name(field)} is a number",
            QueryField.Created or QueryField.Closed when Day(value) is null => "a day is written 2026-06-01",
            QueryField.State when !States.Contains(value) => $"a state is {string.Join(", ", States)}",
            QueryField.Mark when !Marks.Contains(value) => $"a mark is {string.Join(", ", Marks)}",
            QueryField.Text when value.Trim().Length is 0 or > LongestText => $"a text to look for has 1 to {LongestText} characters",
            QueryField.Item when words.Find(value) is null => $"there is no item {Shown(value)} here",
            QueryField.Assignee when !words.People.Contains(value) => $"nobody here goes by '{Shown(value)}'",
            QueryField.Area when !words.Areas.Contains(value) => $"there is no area '{Shown(value)}' here",
            QueryField.Type when !words.Types.Contains(value) => $"there is no type '{Shown(value)}' here",
            QueryField.Milestone when !words.Milestones.Contains(value) => $"there is no milestone '{Shown(value)}' here",
            _ => null,
        };
    }

    internal static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static string Shown(string text) => string.Concat((text.Length > 40 ? $"{text[..40]}…" : text).Where(c => !char.IsControl(c)));
}
