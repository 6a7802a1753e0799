using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>The dependency model of one snapshot: graph, chains and the index that reads references in texts.</summary>
public sealed class BacklogDependencies
{
    private readonly Dictionary<WorkItemRef, IReadOnlyList<WorkItemRef>> cycleOf = [];

    private BacklogDependencies(BacklogSnapshot backlog)
    {
        var items = backlog.Items.Values.Select(o => o.Item).Where(i => i.Kind != WorkItemKind.PullRequest).ToList();
        Graph = new DependencyGraph(items);
        Chains = new DependencyChains(Graph, _ => 1);
        References = new ReferenceIndex(items);
        foreach (var (item, cycle) in Graph.Cycles.SelectMany(c => c.Select(i => (i, c))))
            cycleOf.TryAdd(item, cycle);
    }

    public DependencyGraph Graph { get; }

    /// <summary>Chains counted in items.</summary>
    public DependencyChains Chains { get; }

    public ReferenceIndex References { get; }

    public static BacklogDependencies Of(BacklogSnapshot backlog) => new(backlog);

    /// <summary>The ring that the item is part of; null when it is in none.</summary>
    public IReadOnlyList<WorkItemRef>? CycleOf(WorkItemRef item) => cycleOf.GetValueOrDefault(item);
}
