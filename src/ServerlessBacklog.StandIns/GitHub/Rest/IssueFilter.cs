using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>The queries of the list of issues. Pull requests are in it, as on GitHub.</summary>
internal static class IssueFilter
{
    public static IReadOnlyList<Issue> Apply(Visit visit, IEnumerable<Issue> issues)
    {
        var call = visit.Call;
        issues = call.Query("state") switch
        {
            null or "open" => issues.Where(i => i.IsOpen),
            "closed" => issues.Where(i => !i.IsOpen),
            "all" => issues,
            _ => throw Refusals.Invalid("Issue", "state", "invalid"),
        };
        if (call.Query("since") is { } since)
            issues = Since(issues, Moment(since), i => i.UpdatedAt);
        if (call.Query("labels") is { Length: > 0 } labels)
            foreach (var name in labels.Split(','))
                issues = issues.Where(i => i.Labels.Exists(l => l.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)));
        if (call.Query("creator") is { } creator)
            issues = issues.Where(i => i.Author.Login.Equals(creator, StringComparison.OrdinalIgnoreCase));
        if (call.Query("assignee") is { } assignee && assignee != "*")
            issues = issues.Where(i => assignee == "none" ? i.Assignees.Count == 0 : i.Assignees.Exists(a => a.Login.Equals(assignee, StringComparison.OrdinalIgnoreCase)));
        return Sort(issues, call.Query("sort"), call.Query("direction") == "asc");
    }

    public static DateTimeOffset Moment(string text) =>
        DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw Refusals.Of(422, "Invalid request.\n\nsince is not a valid date-time.");

    public static IEnumerable<T> Since<T>(IEnumerable<T> items, DateTimeOffset moment, Func<T, DateTimeOffset> changed) =>
        items.Where(i => changed(i) >= moment);

    private static List<Issue> Sort(IEnumerable<Issue> issues, string? by, bool ascending)
    {
        var sorted = by switch
        {
            "updated" => issues.OrderBy(i => i.UpdatedAt).ThenBy(i => i.Id),
            "comments" => issues.OrderBy(i => i.Comments.Count).ThenBy(i => i.Id),
            _ => issues.OrderBy(i => i.CreatedAt).ThenBy(i => i.Id),
        };
        var list = sorted.ToList();
        if (!ascending)
            list.Reverse();
        return list;
    }
}
