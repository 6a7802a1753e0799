using System.Collections.Concurrent;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Analysis.Scoring;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Priorities;

/// <summary>The priority scores of all open items of one snapshot under one set of settings at one moment.</summary>
public sealed class PriorityModel
{
    private readonly PrioritySettings settings;
    private readonly DateTimeOffset now;
    private readonly DependencyGraph graph;
    private readonly DemandCounter demand;
    private readonly GoalMatch goals;
    private readonly Framework framework;
    private readonly Dictionary<WorkItemRef, PriorityScore> scores;

    private PriorityModel(BacklogSnapshot backlog, PrioritySettings settings, DateTimeOffset now)
    {
        (this.settings, this.now) = (settings, now);
        graph = backlog.Model(BacklogDependencies.Of).Graph;
        demand = backlog.Model(b => new DemandCounter(b.Items.Values.Select(o => o.Item)));
        goals = new GoalMatch(settings.Goals);
        framework = Frameworks.Of(settings.Framework);
        var own = backlog.Items.Values.Where(IsRanked).Select(Own).ToDictionary(s => s.Item.Ref);
        var inherited = InheritedScores.Of(graph, own.ToDictionary(p => p.Key, p => p.Value.Own.Value));
        scores = own.ToDictionary(p => p.Key, p => p.Value with { Inherited = inherited[p.Key] });
        Ranking = Priorities.Ranking.Of(scores.Values);
    }

    public Ranking Ranking { get; }

    /// <summary>The model for a context, computed once per snapshot, settings and moment.</summary>
    public static PriorityModel Of(StepContext context) => context.Backlog
        .Model(b => new Kept(b))
        .Get(context.Settings.Priority, context.Now);

    /// <summary>
    /// The score of an open item. One that the snapshot does not hold in this form (just created, just edited) is scored as it is now and
    /// inherits from what waits for it.
    /// </summary>
    public PriorityScore Score(WorkItem item)
    {
        if (scores.TryGetValue(item.Ref, out var known) && known.ContentHash == ContentHash.Of(item))
            return known;
        var score = Own(OutlinedItem.From(item));
        var lender = graph.OpenBlocked(item.Ref).Where(scores.ContainsKey).Select(b => scores[b]).MaxBy(s => s.Value);
        return lender is null || lender.Value <= score.Own.Value
            ? score
            : score with { Inherited = new InheritedScore(lender.Value, lender.Inherited.From ?? lender.Item.Ref, lender.Inherited.Steps + 1) };
    }

    /// <summary>The score of an item with what was read from its text. What it inherits stays; the ranking of the others does not know of it.</summary>
    public PriorityScore Score(WorkItem item, IReadOnlyList<AdvisedInput> advised)
    {
        var known = Score(item);
        var facts = known.Facts with { Advised = advised };
        var own = framework.Score(facts);
        return known.Inherited.From is not null && known.Inherited.Score > own.Value
            ? known with { Facts = facts, Own = own }
            : known with { Facts = facts, Own = own, Inherited = new InheritedScore(own.Value, null, 0) };
    }

    private static bool IsRanked(OutlinedItem outline) => outline.Item is { IsOpen: true, Kind: WorkItemKind.Item };

    private PriorityScore Own(OutlinedItem outline)
    {
        var item = outline.Item;
        var facts = new WeighedItem(item, outline.Signals, now)
        {
            Demand = demand.Of(item),
            DemandCap = Math.Clamp(settings.DemandCap, 0, PrioritySettings.GreatestDemandCap),
            Goals = goals.Of(item),
            HasGoals = goals.HasGoals,
            Blocks = graph.OpenBlocked(item.Ref).Count(),
        };
        var score = framework.Score(facts);
        return new PriorityScore(item, outline.ContentHash, facts, score, new InheritedScore(score.Value, null, 0));
    }

    /// <summary>The few newest models of one snapshot: a sweep asks for one many times, a comparison of frameworks for five.</summary>
    private sealed class Kept(BacklogSnapshot backlog)
    {
        private const int Most = 8;
        private readonly ConcurrentDictionary<(PrioritySettings Settings, DateTimeOffset Now), Lazy<PriorityModel>> models = new();

        public PriorityModel Get(PrioritySettings settings, DateTimeOffset now)
        {
            if (models.Count > Most)
                models.Clear();
            return models.GetOrAdd((settings, now), key => new Lazy<PriorityModel>(() => new PriorityModel(backlog, key.Settings, key.Now))).Value;
        }
    }
}

/// <summary>One item's place in the order, and why.</summary>
/// <param name="Own">Its own score.</param>
/// <param name="Inherited">Its score with what waits for it.</param>
public sealed record PriorityScore(WorkItem Item, string ContentHash, WeighedItem Facts, ItemScore Own, InheritedScore Inherited)
{
    public double Value => Inherited.Score;
}
