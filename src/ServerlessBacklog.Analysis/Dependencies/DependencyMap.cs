using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>The dependencies of a backlog as data, for reports and <c>--json</c>. Refs are text in <see cref="WorkItemRef.ToString"/>'s form.</summary>
public sealed record DependencyMap
{
    /// <summary>Open items that wait, are waited for or are suspected to, by ref.</summary>
    public IReadOnlyList<DependencyNode> Nodes { get; init; } = [];

    public IReadOnlyList<DependencyEdge> Edges { get; init; } = [];

    /// <summary>Rings of open items; each waits for the next and the last for the first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles { get; init; } = [];

    /// <summary>The chain of open items with the greatest sum of sizes (1 for an item without), what comes first first.</summary>
    public IReadOnlyList<string> CriticalPath { get; init; } = [];

    /// <summary>Dependencies of which one end is not in the backlog.</summary>
    public IReadOnlyList<DependencyEdge> Dangling { get; init; } = [];

    /// <summary>Number of open items that take no part in any known dependency.</summary>
    public int Orphans { get; init; }

    /// <summary>Items that nothing open blocks and that others wait for: where work frees most.</summary>
    public IReadOnlyList<string> ReadyBlockers { get; init; } = [];

    /// <summary>Known dependencies between open items, and suspected ones on top.</summary>
    public static DependencyMap From(DependencyGraph graph, IEnumerable<SuspectedDependency>? suspected = null)
    {
        var known = graph.Dependencies.Where(d => graph.IsOpen(d.Item) && graph.IsOpen(d.Needs)).ToList();
        var guessed = (suspected ?? []).Where(s => graph.IsOpen(s.Item) && graph.IsOpen(s.Needs) && !graph.IsBlocking(s.Needs, s.Item)).ToList();
        var linked = known.SelectMany(d => new[] { d.Item, d.Needs }).ToHashSet();
        var shown = linked.Concat(guessed.SelectMany(s => new[] { s.Item, s.Needs })).Distinct().Order(RefOrder.Instance);
        return new DependencyMap
        {
            Nodes = [.. shown.Select(r => new DependencyNode(r.ToString(), graph.Find(r)!.Title, graph.IsReady(r), graph.Find(r)!.StoryPoints))],
            Edges =
            [
                .. known.Select(d => new DependencyEdge(d.Item.ToString(), d.Needs.ToString(), EdgeKind.Known)),
                .. guessed.Select(s => new DependencyEdge(s.Item.ToString(), s.Needs.ToString(), EdgeKind.Suspected) { Confidence = s.Confidence }),
            ],
            Cycles = [.. graph.Cycles.Select(c => (IReadOnlyList<string>)[.. c.Select(r => r.ToString())])],
            CriticalPath = [.. new DependencyChains(graph, Size).Critical().Select(r => r.ToString())],
            Dangling = [.. graph.Dangling.Select(d => new DependencyEdge(d.Item.ToString(), d.Needs.ToString(), EdgeKind.Known))],
            Orphans = graph.Items.Count(r => graph.IsOpen(r) && !linked.Contains(r)),
            ReadyBlockers = [.. graph.Items.Where(r => graph.IsReady(r) && graph.OpenBlocked(r).Any()).Select(r => r.ToString())],
        };
    }

    /// <summary>Story points where estimated, else 1.</summary>
    public static double Size(WorkItem item) => item.StoryPoints is { } points and > 0 ? points : 1;
}

/// <param name="IsReady">True when nothing open blocks it.</param>
public sealed record DependencyNode(string Item, string Title, bool IsReady, double? StoryPoints);

/// <summary><paramref name="Item"/> waits for <paramref name="Needs"/>.</summary>
public sealed record DependencyEdge(string Item, string Needs, EdgeKind Kind)
{
    /// <summary>0 … 1 for a suspected edge; null for a known one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Confidence { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<EdgeKind>))]
public enum EdgeKind
{
    /// <summary>The tracker holds the link.</summary>
    Known,

    /// <summary>Only a text suggests it.</summary>
    Suspected,
}

/// <summary>A dependency that a text suggests, directed.</summary>
public sealed record SuspectedDependency(WorkItemRef Item, WorkItemRef Needs, double Confidence);
