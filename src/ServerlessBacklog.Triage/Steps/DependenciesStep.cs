using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>What an item waits for, what waits for it, and what its text suggests. Suspected links are proposed, never sure enough to apply themselves.</summary>
public sealed class DependenciesStep : ItemStep
{
    private const int MostListed = 10;

    public override string Name => StepName.Dependencies;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours;

    protected override void Prepare(StepContext context) => context.Backlog.Model(BacklogDependencies.Of);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items can wait for others.");
        var links = context.Backlog.Model(BacklogDependencies.Of);
        var graph = links.Graph;
        var blockers = graph.OpenBlockers(item.Ref).ToList();
        var waiting = graph.OpenBlocked(item.Ref).ToList();
        var suspected = Suspected(item, links);
        var cycle = links.CycleOf(item.Ref);
        if (blockers.Count == 0 && waiting.Count == 0 && suspected.Count == 0)
        {
            return Finding.Nothing(Name, item.Ref, graph.HasLinks
                ? "Nothing open blocks it and nothing waits for it."
                : "The source holds no links, and the text names no dependency.");
        }

        var length = links.Chains.LengthThrough(item.Ref);
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = blockers.Count + waiting.Count > 0 ? Confidence.Certain : Confidence.Clamp(suspected.Max(s => s.Confidence)),
            Reason = Reason(blockers, waiting, suspected, cycle),
            Score = length,
            Evidence =
            [
                .. blockers.Take(MostListed).Select(b => Fact(EvidenceKind.BlockedBy, "waits for", graph, b)),
                .. waiting.Take(MostListed).Select(w => Fact(EvidenceKind.Blocks, "holds up", graph, w)),
                .. cycle is null ? [] : new[] { new Evidence(EvidenceKind.Cycle, $"{Path(cycle)} → {cycle[0].Number}") { Value = cycle.Count } },
                .. length < 2 ? [] : new[] { new Evidence(EvidenceKind.Chain, Path(links.Chains.Through(item.Ref))) { Value = length } },
                .. suspected.Select(s => Suspicion(s, graph)),
            ],
            Proposals = [.. suspected.Select(s => new Proposal(new AddLink(s.IsBlockedBy ? LinkKind.BlockedBy : LinkKind.Blocks, s.Target), Confidence.Clamp(s.Confidence)))],
        };
    }

    /// <summary>Mentions of open items that the tracker does not link with this one yet, in either direction.</summary>
    private static List<DependencyMention> Suspected(WorkItem item, BacklogDependencies links) =>
    [
        .. DependencyMentions.Find(item, links.References)
            .Where(m => links.Graph.IsOpen(m.Target))
            .Where(m => !links.Graph.IsBlocking(m.Target, item.Ref) && !links.Graph.IsBlocking(item.Ref, m.Target)),
    ];

    private static Evidence Fact(string kind, string verb, DependencyGraph graph, WorkItemRef other) =>
        new(kind, $"{verb} {other.Number}: {graph.Find(other)!.Title}") { Item = other };

    private static Evidence Suspicion(DependencyMention mention, DependencyGraph graph) =>
        new(EvidenceKind.Suspected, $"the text says that it {(mention.IsBlockedBy ? "waits for" : "holds up")} {mention.Target.Number}: {graph.Find(mention.Target)!.Title}")
        {
            Value = mention.Confidence,
            Item = mention.Target,
            Quote = mention.Quote,
        };

    private static string Reason(List<WorkItemRef> blockers, List<WorkItemRef> waiting, List<DependencyMention> suspected, IReadOnlyList<WorkItemRef>? cycle)
    {
        var clauses = new List<string>();
        if (cycle is not null)
            clauses.Add($"it is part of a ring of {cycle.Count} items that wait for each other");
        if (blockers.Count > 0)
            clauses.Add($"it waits for {Names(blockers)}");
        if (waiting.Count > 0)
            clauses.Add($"{Names(waiting)} {(waiting.Count == 1 ? "waits" : "wait")} for it");
        if (suspected.Count > 0)
            clauses.Add($"its text suggests {(suspected.Count == 1 ? "a link" : "links")} with {Names([.. suspected.Select(s => s.Target)])}");
        var sentence = string.Join("; ", clauses);
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}.";
    }

    private static string Names(List<WorkItemRef> items) => items.Count <= 3
        ? string.Join(", ", items.Select(i => i.Number))
        : $"{string.Join(", ", items.Take(3).Select(i => i.Number))} and {items.Count - 3} more";

    /// <summary>At most ten items, the middle left out.</summary>
    private static string Path(IReadOnlyList<WorkItemRef> items) => items.Count <= MostListed
        ? string.Join(" → ", items.Select(i => i.Number))
        : $"{Path([.. items.Take(5)])} → … → {Path([.. items.TakeLast(4)])}";
}
