using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Tests.Reports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Tests.Questions;

/// <summary>The backlog of tests/fixtures/conversation, and the sentences that are said about it.</summary>
internal static class AskedBacklog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static BacklogView View { get; } = Build();

    public static IReadOnlyList<Phrasing> Phrasings(string file) => [.. Lines(file).Select(l => JsonSerializer.Deserialize<Phrasing>(l, Json)!)];

    private static BacklogView Build()
    {
        var rows = Lines("backlog.jsonl").Select(l => JsonSerializer.Deserialize<Line>(l, Json)!).ToList();
        var lines = rows.ToDictionary(r => r.Number, r => Row(r));
        var edges = rows.Where(r => r.BlockedBy is not null).Select(r => new WaitEdge(An.Ref(r.BlockedBy!), An.Ref(r.Number))).ToList();
        var open = rows.Where(r => r.State != "closed").Select(r => lines[r.Number]).OrderBy(r => r.Rank ?? int.MaxValue).ThenByDescending(r => r.AgeDays).ToList();
        var report = A.Report([]) with
        {
            Items = open,
            Closed = [.. rows.Where(r => r.State == "closed").Select(r => lines[r.Number]).OrderByDescending(r => r.ClosedAt)],
            ClosedSince = An.Instant.AddDays(-366),
            Blocked = new ReportPart<BlockedGroup>([new BlockedGroup([.. edges.SelectMany(e => new[] { e.Blocker, e.Waiting }).Distinct().Select(i => lines[i.Number].Item)], edges, [], 2)], 1),
            Counts = new ReportCounts(rows.Count, open.Count, 3, 4, 0, 0, 2, 2, 0, 2, 3),
            Loads = [.. open.Where(r => r.Assignee is not null).GroupBy(r => r.Assignee!).Select(g => new PersonLoad(g.Key, g.Count(), 0, 3))],
        };
        return new BacklogView { Report = report, Insights = BacklogInsights.None, BuiltAt = An.Instant, Waiting = 0 };
    }

    private static ReportItem Row(Line line) => new(new ItemLine(An.Ref(line.Number), line.Title, new Uri($"https://github.com/owner/repo/issues/{line.Number}"), Enum.Parse<WorkItemState>(line.State, ignoreCase: true))
    {
        Type = line.Type,
        CreatedAt = An.Instant.AddDays(-line.Age),
    })
    {
        AgeDays = line.Age,
        SilentDays = line.Silent,
        Points = line.Points,
        Area = line.Area,
        Assignee = line.Assignee,
        Priority = line.Priority,
        Milestone = line.Milestone,
        Rank = line.Rank,
        Score = line.Rank is { } rank ? 10 - rank : null,
        ClosedAt = line.Closed is { } days ? An.Instant.AddDays(-days) : null,
        Marks = (line.Marks ?? []).Aggregate(ItemMarks.None, (marks, m) => marks | Enum.Parse<ItemMarks>(m, ignoreCase: true)),
    };

    private static IEnumerable<string> Lines(string file, [CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "../../fixtures/conversation", file)).Where(l => l.Length > 0);

    private sealed record Line(
        string Number, string Title, string State, string? Type, string? Area, string? Assignee, string? Priority, int Age, double? Silent, double? Points, IReadOnlyList<string>? Marks,
        string? BlockedBy, int? Rank, string? Milestone, int? Closed);
}

internal sealed record Phrasing(string Id, string Say, string Expect, string? Act, IReadOnlyList<string>? Ids, bool Ordered, IReadOnlyList<string>? Names, string? Item, string? Command);
