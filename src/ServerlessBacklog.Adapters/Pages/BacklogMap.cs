using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>The dependencies of a backlog as a picture: groups of items that wait for each other, laid out one beside the other. Units are pixels.</summary>
public sealed record BacklogMap(int Width, int Height, IReadOnlyList<MapGroup> Groups, DependencyMap Data)
{
    private const int Widest = 1500;
    private const int Gap = 36;

    /// <summary>Items of the chain that takes longest; what is late there makes the whole late.</summary>
    public IReadOnlySet<string> Critical { get; } = Data.CriticalPath.Count > 1 ? Data.CriticalPath.ToHashSet() : new HashSet<string>();

    public static BacklogMap Of(BacklogReport report)
    {
        var (groups, x, y, row, width) = (new List<MapGroup>(), 0, 0, 0, 0);
        foreach (var layout in report.Blocked.Rows.Select(ChainLayout.Of))
        {
            if (x > 0 && x + layout.Width > Widest)
                (x, y, row) = (0, y + row + Gap, 0);
            groups.Add(new MapGroup(x, y, layout));
            (x, row) = (x + layout.Width + Gap, Math.Max(row, layout.Height));
            width = Math.Max(width, x - Gap);
        }

        return new BacklogMap(Math.Max(width, 1), Math.Max(y + row, 1), groups, DataOf(report));
    }

    /// <summary>The same as data, worked out from the links that the report names.</summary>
    private static DependencyMap DataOf(BacklogReport report)
    {
        var edges = report.Blocked.Rows.SelectMany(g => g.Edges).ToList();
        var needs = edges.Where(e => !e.IsSuspected).ToLookup(e => e.Waiting, e => e.Blocker);
        var points = report.Items.ToDictionary(i => i.Item.Ref, i => i.Points);
        var items = report.Blocked.Rows.SelectMany(g => g.Items).DistinctBy(i => i.Ref).Select(i => new WorkItem
        {
            Ref = i.Ref,
            Title = i.Title,
            StoryPoints = points.GetValueOrDefault(i.Ref),
            Links = [.. needs[i.Ref].Select(b => new WorkItemLink(LinkKind.BlockedBy, b))],
        }).ToList();
        var map = DependencyMap.From(new DependencyGraph(items), edges.Where(e => e.IsSuspected).Select(e => new SuspectedDependency(e.Waiting, e.Blocker, 0.5)));
        var linked = edges.Where(e => !e.IsSuspected).SelectMany(e => new[] { e.Blocker, e.Waiting }).Distinct().Count(points.ContainsKey);
        return map with
        {
            Edges = [.. map.Edges.Select(e => e with { Confidence = null })],
            Orphans = report.Counts.Open - linked,
        };
    }
}

/// <param name="X">Of its upper left corner.</param>
public sealed record MapGroup(int X, int Y, ChainLayout Layout);
