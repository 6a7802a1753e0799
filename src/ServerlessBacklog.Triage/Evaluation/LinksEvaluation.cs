using System.Text.RegularExpressions;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>Do the dependencies that an item's own text states stand in the tracker?</summary>
public sealed partial class LinksEvaluation : IEvaluation
{
    public string Task => "links";

    public string Protocol =>
        "each item's own title and description are read for dependencies on items of the same project; true are the pairs that the tracker links as blocking, either way round.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var (measured, leftOut) = (new Dictionary<string, Found>(), new Dictionary<string, string>());
        foreach (var project in data.Items.Concat(data.Test ?? []).Select(i => i.Item).Where(i => i.Kind != WorkItemKind.PullRequest).GroupBy(i => i.Ref.Project))
        {
            progress.Report(project.Key);
            var found = Found.In([.. project], cancellation);
            if (found.Linked.Count > 0)
                measured[project.Key] = found;
            else
                leftOut[project.Key] = $"the tracker links no two of its items as blocking; the text states {found.Stated.Count}.";
        }

        if (measured.Count == 0)
            throw new UserErrorException("No two items are linked as blocking (links, blocked_by, blocks): there is nothing to measure.");
        var all = Found.Together([.. measured.Values]);
        return new EvaluationResult
        {
            Pooled = all.Summary(),
            Projects = measured.ToDictionary(m => m.Key, m => m.Value.Summary()),
            LeftOut = leftOut,
            Cases = [.. all.Stated.Select(s => new CaseOutcome(s.Confidence, all.Linked.Contains(s.Pair)))],
            Notes =
            [
                "Trackers lack most links that texts state plainly, so precision is a lower bound, and the confidences, which are of a reader's judgement, look too high here: docs/measurements/vague-stale-links.md has a sample that was read.",
                "linked_anyhow: the same answers, right where the tracker links the pair in any way. every_mention: every reference counts as a dependency.",
                "Texts are read as they stand: sets do not date their edits. answered: share of items with an answer.",
            ],
        };
    }

    private sealed record Statement((WorkItemRef, WorkItemRef) Pair, double Confidence);

    /// <param name="Linked">Pairs that the tracker calls blocking, smaller ref first.</param>
    /// <param name="Related">Pairs that it links in any way.</param>
    /// <param name="Stated">What the texts say, the surest of each pair.</param>
    /// <param name="Mentioned">Pairs of which one names the other.</param>
    private sealed record Found(
        IReadOnlySet<(WorkItemRef, WorkItemRef)> Linked, IReadOnlySet<(WorkItemRef, WorkItemRef)> Related, IReadOnlyList<Statement> Stated,
        IReadOnlySet<(WorkItemRef, WorkItemRef)> Mentioned, int Items, int Answered)
    {
        public static Found In(IReadOnlyList<WorkItem> items, CancellationToken cancellation)
        {
            var (references, known) = (new ReferenceIndex(items), items.Select(i => i.Ref).ToHashSet());
            var links = items.SelectMany(i => i.Links.Where(l => known.Contains(l.Target) && l.Target != i.Ref).Select(l => (l.Kind, Pair: PairOf(i.Ref, l.Target)))).ToList();
            var stated = new Dictionary<(WorkItemRef, WorkItemRef), double>();
            var mentioned = new HashSet<(WorkItemRef, WorkItemRef)>();
            var answered = 0;
            foreach (var item in items)
            {
                cancellation.ThrowIfCancellationRequested();
                var mentions = DependencyMentions.Find(item, references);
                answered += mentions.Count > 0 ? 1 : 0;
                foreach (var mention in mentions)
                {
                    var pair = PairOf(item.Ref, mention.Target);
                    stated[pair] = Math.Max(mention.Confidence, stated.GetValueOrDefault(pair));
                }

                foreach (Match match in Word().Matches($"{item.Title}\n{item.Body}"))
                {
                    if (references.Find(match.Value, item.Ref) is { } target && target != item.Ref)
                        mentioned.Add(PairOf(item.Ref, target));
                }
            }

            return new Found(
                links.Where(l => l.Kind is LinkKind.BlockedBy or LinkKind.Blocks).Select(l => l.Pair).ToHashSet(),
                links.Select(l => l.Pair).ToHashSet(),
                [.. stated.Select(s => new Statement(s.Key, s.Value))],
                mentioned, items.Count, answered);
        }

        public static Found Together(IReadOnlyList<Found> all) => new(
            all.SelectMany(f => f.Linked).ToHashSet(), all.SelectMany(f => f.Related).ToHashSet(), [.. all.SelectMany(f => f.Stated)],
            all.SelectMany(f => f.Mentioned).ToHashSet(), all.Sum(f => f.Items), all.Sum(f => f.Answered));

        public Measured Summary()
        {
            var said = Stated.Select(s => s.Pair).ToHashSet();
            return new Measured(Linked.Count, new Dictionary<string, double>(Figures(said, Linked))
            {
                [Figure.Answered] = (double)Answered / Items,
                [Figure.Ece] = Reliability.Error([.. Stated.Select(s => new CaseOutcome(s.Confidence, Linked.Contains(s.Pair)))]),
            })
            {
                Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>>
                {
                    ["linked_anyhow"] = new Dictionary<string, double> { [Figure.Precision] = Precision(said, Related) },
                    ["every_mention"] = Figures(Mentioned, Linked),
                },
                Intervals = new Dictionary<string, Interval> { [Figure.Precision] = Bootstrap.OfMean([.. Stated.Select(s => Linked.Contains(s.Pair) ? 1.0 : 0)]) },
            };
        }

        private static Dictionary<string, double> Figures(IReadOnlySet<(WorkItemRef, WorkItemRef)> said, IReadOnlySet<(WorkItemRef, WorkItemRef)> truth)
        {
            double right = said.Count(truth.Contains);
            return new()
            {
                [Figure.Precision] = Precision(said, truth),
                [Figure.Recall] = right / truth.Count,
                [Figure.F1] = 2 * right / (said.Count + truth.Count),
            };
        }

        private static double Precision(IReadOnlySet<(WorkItemRef, WorkItemRef)> said, IReadOnlySet<(WorkItemRef, WorkItemRef)> truth) =>
            (double)said.Count(truth.Contains) / said.Count;

        private static (WorkItemRef, WorkItemRef) PairOf(WorkItemRef one, WorkItemRef other) =>
            string.CompareOrdinal(one.ToKey(), other.ToKey()) < 0 ? (one, other) : (other, one);
    }

    [GeneratedRegex(@"https?://[^\s)\]>""']+|\#?[A-Za-z0-9][\w.-]*\w|\#\d")]
    private static partial Regex Word();
}
