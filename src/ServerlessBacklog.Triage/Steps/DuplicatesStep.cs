using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: find the item that this one repeats, or items related to it. Two stages: retrieval by words over open and closed items,
/// then a judge with a calibrated probability. The canonical item is always older, never a pull request, never itself a duplicate.
/// </summary>
public sealed class DuplicatesStep : ItemStep
{
    /// <summary>
    /// Name it as a duplicate at or above this probability: of the pairs between here and the policy's threshold for asking (0.60) about
    /// half are. They are listed for people to look at and lead to no question.
    /// </summary>
    public const double DuplicateAt = 0.33;

    /// <summary>Below this it is said to be a possible duplicate only.</summary>
    public const double LikelyAt = 0.60;

    /// <summary>Call it related at or above this probability.</summary>
    public const double RelatedAt = 0.15;

    /// <summary>A link that a person made is taken at its word, a slip aside (own choice).</summary>
    private const double LinkedProbability = 0.99;

    /// <summary>Related items that are shown (FEATURES §4.2).</summary>
    private const int Shown = 3;

    /// <summary>Newer items that are asked whether they repeat this one.</summary>
    private const int Newer = 8;

    public override string Name => StepName.Duplicates;

    public override int Version => 3;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours;

    public override Finding Examine(WorkItem item, StepContext context) => Judged(item, context, new Dictionary<WorkItemRef, JudgedPair>());

    /// <summary>The likeliest candidates that somebody could be asked about, with their probabilities.</summary>
    /// <param name="least">Probability below which nobody is named.</param>
    public static IReadOnlyList<(WorkItemRef Item, double Probability)> Candidates(WorkItem item, StepContext context, int most, double least) => context.Backlog.Find(item.Ref) is { } outline
        ? [.. Judge(outline, context.Backlog).Where(j => j.Probability >= least).Take(most).Select(j => (j.Candidate.Item.Ref, j.Probability))]
        : [];

    /// <summary>The finding with what a judge of the texts said of some pairs: it moves their probability, and a verdict still needs all that it needs without.</summary>
    public Finding Judged(WorkItem item, StepContext context, IReadOnlyDictionary<WorkItemRef, JudgedPair> pairs)
    {
        if (item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Pull requests are no duplicates of items.");
        if (context.Backlog.Find(item.Ref) is not { } outline)
            return Finding.NotYet(Name, item.Ref, "It is not in the search index yet.");
        if (item.Linked(LinkKind.DuplicateOf).FirstOrDefault() is { } known)
            return Linked(item, known, CanonicalItem.Of(outline, context.Backlog)?.Item, context.Backlog);

        var judged = Judge(outline, context.Backlog)
            .Select(j => pairs.TryGetValue(j.Candidate.Item.Ref, out var pair) ? j with { Probability = pair.Move(j.Probability) } : j)
            .OrderByDescending(j => j.Probability).ToList();
        return VerdictOn(outline, judged, context.Backlog) is var (best, evidence)
            ? Duplicate(item, best, context.Backlog, [.. evidence, .. pairs.GetValueOrDefault(best.Candidate.Item.Ref)?.Facts ?? [], .. Related(judged, best)])
            : Unique(item, judged, context.Backlog);
    }

    /// <summary>The tracker says it itself: what is left to say is that the item is still open.</summary>
    private Finding Linked(WorkItem item, WorkItemRef known, WorkItem? canonical, BacklogSnapshot backlog)
    {
        if (canonical is null || canonical.Ref == item.Ref || !item.IsOpen)
            return Finding.Nothing(Name, item.Ref, $"The tracker links it with {known} as its duplicate already.");
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = new Confidence(LinkedProbability),
            Score = LinkedProbability,
            Reason = $"The tracker links it as a duplicate of {canonical.Ref.Number}, and it is still open.",
            Evidence =
            [
                new Evidence(EvidenceKind.Duplicate, canonical.Title) { Item = canonical.Ref, Value = LinkedProbability },
                new Evidence(EvidenceKind.Shared, "the tracker's own link"),
            ],
            Proposals = CanonicalItem.StandingOf(canonical) == CanonicalStanding.Open
                ? [.. Gathered(item, canonical.Ref, backlog, new Confidence(LinkedProbability)), new Proposal(new Close(CloseReason.Duplicate, canonical.Ref), new Confidence(LinkedProbability))]
                : [],
        };
    }

    /// <summary>The likeliest candidate that leads to an older canonical item and can be explained; null when the item is no duplicate.</summary>
    private static (JudgedCandidate Best, IReadOnlyList<Evidence> Evidence)? VerdictOn(
        OutlinedItem item, IReadOnlyList<JudgedCandidate> judged, BacklogSnapshot backlog)
    {
        foreach (var found in judged.TakeWhile(j => j.Probability >= DuplicateAt).Where(j => ItemAge.IsOlder(j.Canonical.Item, item.Item)))
        {
            var best = ToRoot(found, backlog);
            if (best.Probability >= DuplicateAt && DuplicateEvidence.Of(item, best, backlog) is { } evidence)
                return (best, evidence);
        }

        return null;
    }

    /// <summary>
    /// A canonical item that is a suspected duplicate itself stands for its own canonical one, so that verdicts make no chains
    /// (FEATURES D4). Both verdicts must hold: their probabilities multiply. Ends, because each one is older.
    /// </summary>
    private static JudgedCandidate ToRoot(JudgedCandidate found, BacklogSnapshot backlog) =>
        found.Canonical.Item.IsOpen
        && !found.Canonical.Item.Linked(LinkKind.DuplicateOf).Any()
        && VerdictOn(found.Canonical, Judge(found.Canonical, backlog), backlog) is var (next, _)
            ? found with { Canonical = next.Canonical, Probability = found.Probability * next.Probability }
            : found;

    /// <summary>Older items with their probability, likeliest first; each stands for the root of its own duplicate chain.</summary>
    private static List<JudgedCandidate> Judge(OutlinedItem item, BacklogSnapshot backlog)
    {
        var judged = new List<JudgedCandidate>();
        foreach (var similar in backlog.Model(DuplicateModel.Build).Judge(item))
        {
            if (CanonicalItem.Of(similar.Item, backlog) is { } root && root.Item.Ref != item.Item.Ref)
                judged.Add(new JudgedCandidate(similar.Item, root, similar.Probability));
        }

        return judged;
    }

    /// <summary>Newer open items whose own verdict names this one, each with its probability.</summary>
    private static IEnumerable<(OutlinedItem Item, double Probability)> Repeating(WorkItem item, BacklogSnapshot backlog)
    {
        var newer = backlog.SimilarTo(item, Newer, r => backlog.Find(r) is { Item: { Kind: WorkItemKind.Item, IsOpen: true } other } && ItemAge.IsOlder(item, other));
        foreach (var candidate in newer.Select(h => backlog.Find(h.Item)!).Where(c => !c.Item.Linked(LinkKind.DuplicateOf).Any()))
        {
            if (VerdictOn(candidate, Judge(candidate, backlog), backlog) is var (best, _) && best.Canonical.Item.Ref == item.Ref)
                yield return (candidate, best.Probability);
        }
    }

    private Finding Duplicate(WorkItem item, JudgedCandidate best, BacklogSnapshot backlog, IReadOnlyList<Evidence> evidence)
    {
        var confidence = Confidence.Clamp(best.Probability);
        var canonical = best.Canonical.Item;
        var standing = CanonicalItem.StandingOf(canonical);
        var like = best.Probability >= LikelyAt ? "reads like" : "may be the same as";
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = confidence,
            Score = best.Probability,
            Reason = standing switch
            {
                CanonicalStanding.Fixed => $"It {like} {canonical.Ref.Number}, which was fixed: a possible regression.",
                CanonicalStanding.Declined => $"It {like} {canonical.Ref.Number}, which was declined ({canonical.Resolution ?? "closed"}).",
                _ => $"It {(best.Probability >= LikelyAt ? "reads like" : "may be")} a duplicate of {canonical.Ref.Number}.",
            },
            Evidence = evidence,
            Proposals = standing switch
            {
                CanonicalStanding.Open =>
                [
                    new Proposal(new AddLink(LinkKind.DuplicateOf, canonical.Ref), confidence),
                    .. Gathered(item, canonical.Ref, backlog, confidence),
                    new Proposal(new Close(CloseReason.Duplicate, canonical.Ref), confidence),
                ],
                CanonicalStanding.Fixed =>
                    [new Proposal(new AddLink(LinkKind.RelatedTo, canonical.Ref), confidence), new Proposal(new AddComment(AskRegression(canonical)), confidence)],
                _ => [new Proposal(new AddLink(LinkKind.RelatedTo, canonical.Ref), confidence)],
            },
        };
    }

    /// <summary>What is gathered on the canonical item, from the duplicates that it has already and this one.</summary>
    private static IEnumerable<Proposal> Gathered(WorkItem item, WorkItemRef canonical, BacklogSnapshot backlog, Confidence confidence)
    {
        if (backlog.Find(canonical) is not { } kept)
            yield break;
        var earlier = backlog.Model(MergedItems.Of).Into(canonical).Where(d => d.Item.Ref != item.Ref).ToList();
        if (ConsolidatedComment.Of(kept, [.. earlier, OutlinedItem.From(item) with { Item = item }]).Text is { } text)
            yield return new Proposal(new Consolidate(canonical, text) { Before = earlier.Count > 0 ? ConsolidatedComment.Of(kept, earlier).Text : null }, confidence);
    }

    private static string AskRegression(WorkItem canonical) =>
        $"This reads like {canonical.Ref}, which was closed as fixed. Does it still happen with a version that has the fix?";

    /// <summary>Not a duplicate itself: the canonical item of others, or with related items, or with nothing to say.</summary>
    private Finding Unique(WorkItem item, List<JudgedCandidate> judged, BacklogSnapshot backlog)
    {
        var members = Repeating(item, backlog).ToList();
        var evidence = members
            .Select(m => new Evidence(EvidenceKind.Member, m.Item.Item.Title) { Item = m.Item.Item.Ref, Value = Math.Round(m.Probability, 3) })
            .Concat(Related(judged, null))
            .ToList();
        var related = evidence.Count - members.Count;
        if (members.Count > 0)
        {
            return new Finding
            {
                Step = Name,
                Item = item.Ref,
                Status = FindingStatus.Decided,
                Confidence = Confidence.Clamp(members.Max(m => m.Probability)),
                Score = judged.Count == 0 ? 0 : Math.Round(judged[0].Probability, 4),
                Reason = $"{members.Count} newer {(members.Count == 1 ? "item repeats" : "items repeat")} it: it is the one to keep.",
                Evidence = evidence,
            };
        }

        return Finding.Nothing(Name, item.Ref, related == 0 ? "Nothing like it was found." : $"No duplicate; {related} related.") with
        {
            Evidence = evidence,
            Score = judged.Count == 0 ? 0 : Math.Round(judged[0].Probability, 4),
        };
    }

    private static IEnumerable<Evidence> Related(IReadOnlyList<JudgedCandidate> judged, JudgedCandidate? duplicate) =>
        judged
            .Where(j => j.Probability >= RelatedAt && j.Candidate.Item.Ref != duplicate?.Candidate.Item.Ref && j.Candidate.Item.Ref != duplicate?.Canonical.Item.Ref)
            .Take(Shown)
            .Select(j => new Evidence(EvidenceKind.Related, j.Candidate.Item.Title) { Item = j.Candidate.Item.Ref, Value = Math.Round(j.Probability, 3) });
}

/// <param name="Candidate">The neighbour that was compared.</param>
/// <param name="Canonical">The root of its duplicate chain: itself, when it is no duplicate.</param>
internal sealed record JudgedCandidate(OutlinedItem Candidate, OutlinedItem Canonical, double Probability);
