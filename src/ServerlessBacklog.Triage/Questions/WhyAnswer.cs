using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Why an item is where it is, in the sentences that the report has for it. Pure.</summary>
internal static class WhyAnswer
{
    public static ChatAnswer Of(ReportItem row, BacklogReport report)
    {
        var item = row.Item.Ref;
        List<string> said = [];
        var waits = report.Blocked.Rows.SelectMany(g => g.Edges.Where(e => e.Waiting == item && !e.IsSuspected).Select(e => g.Items.FirstOrDefault(i => i.Ref == e.Blocker)?.Ref ?? e.Blocker)).Distinct().ToList();
        if (waits.Count > 0)
            said.Add($"It waits for {string.Join(", ", waits.Select(w => $"#{w.Number}"))}.");
        else if (row.Marks.HasFlag(ItemMarks.Blocked))
            said.Add("It waits for another open item.");
        if (row.Marks.HasFlag(ItemMarks.Blocking) && report.Blocked.Rows.SelectMany(g => g.Edges).Where(e => e.Blocker == item && !e.IsSuspected).Select(e => $"#{e.Waiting.Number}").Distinct().ToList() is { Count: > 0 } behind)
            said.Add($"{string.Join(", ", behind)} {(behind.Count == 1 ? "waits" : "wait")} for it.");
        if (report.DoFirst.Rows.FirstOrDefault(d => d.Item.Ref == item) is { } first)
            said.Add($"It ranks {first.Rank}: {first.Reason}");
        else if (row.Rank is { } rank)
            said.Add($"It ranks {rank} of {report.Items.Count:N0}, with a priority score of {row.Score:0.0}.");
        said.AddRange(report.Duplicates.Rows.SelectMany(c => c.Members, (c, m) => (c.Canonical, Member: m)).Where(p => p.Member.Item.Ref == item).Select(p => $"It may repeat #{p.Canonical.Ref.Number}: {p.Member.Reason}"));
        var next = row.NextAct is { } act ? $"Next: {act}" : "";
        said.AddRange(report.Vague.Rows.Where(v => v.Item.Ref == item).Select(v => v.Reason).Concat(report.Stale.Rows.Where(s => s.Item.Ref == item).Select(s => s.Reason)).Where(r => !next.Contains(r.TrimEnd('.', ' '), StringComparison.Ordinal)));
        if (next.Length > 0)
            said.Add(next);
        return said.Count == 0
            ? new ChatAnswer(ChatKind.Unknown, $"I don't know: nothing is found on #{item.Number} that would explain it. 'backlog decisions why {item.Number}' shows all that is stored about it.")
            : new ChatAnswer(ChatKind.Answer, string.Join(' ', said.Select(s => s.TrimEnd()).Select(s => s.EndsWith('.') ? s : $"{s}.")));
    }
}
