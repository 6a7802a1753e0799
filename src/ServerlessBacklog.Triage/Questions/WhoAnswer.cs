using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Whose the items are, who has most, and who could take one. Pure.</summary>
internal static class WhoAnswer
{
    private const int MostNamed = 10;

    public static ChatAnswer Of(BacklogQuery query, IReadOnlyList<ReportItem> rows, BacklogReport report)
    {
        if (query.Where.Any(c => c is { Field: QueryField.Item, Op: QueryOp.Is }) && rows is [var one])
            return OfItem(one, report);
        if (rows.Count == 0)
            return new ChatAnswer(ChatKind.Answer, "There is no such item, so there is nobody to name.");
        var people = QueryRun.Groups(rows.Where(r => r.Assignee is not null), QueryField.Assignee);
        if (people.Count == 0)
            return new ChatAnswer(ChatKind.Answer, $"Nobody: {QueryAnswer.Plural(rows.Count)[..^1]} without an assignee.");
        var most = people.TakeWhile(p => p.Rows.Count == people[0].Rows.Count).Select(p => p.Name).ToList();
        var full = report.Loads.Where(l => l.Carried > l.Capacity).Select(l => l.Login).ToList();
        var text = query.GroupBy == QueryField.Assignee
            ? $"{string.Join(" and ", most)}: {QueryAnswer.Plural(people[0].Rows.Count)}{(full.Count > 0 ? $" Above their capacity: {string.Join(", ", full)}." : "")}"
            : $"{string.Join(", ", people.Take(MostNamed).Select(p => $"{p.Name} ({p.Rows.Count})"))}.";
        return new ChatAnswer(ChatKind.Answer, text) { Figures = [.. people.Take(MostNamed).Select(p => new ChatFigure(p.Name, p.Rows.Count, "items"))] };
    }

    private static ChatAnswer OfItem(ReportItem item, BacklogReport report)
    {
        var advice = report.People.Rows.FirstOrDefault(a => a.Item.Ref == item.Item.Ref);
        List<string> said = [item.Assignee is { } has ? $"It is assigned to {has}." : "It is assigned to nobody."];
        if (advice is not null)
            said.Add($"It would suit {string.Join(", ", advice.Candidates.Take(3).Select(c => c.Name))}. {advice.Reason}");
        return new ChatAnswer(ChatKind.Answer, string.Join(' ', said))
        {
            Figures = [.. advice?.Candidates.Take(3).Where(c => c.Score is not null).Select(c => new ChatFigure(c.Name, Math.Round(c.Score!.Value, 2), "fit")) ?? []],
        };
    }
}
