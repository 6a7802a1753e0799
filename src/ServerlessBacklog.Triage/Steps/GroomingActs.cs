using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Steps;

/// <param name="Word">The one word that accepts the act: <c>merge</c>, <c>clarify</c> …</param>
/// <param name="What">What to do, in a few words.</param>
/// <param name="Reason">Why, in one sentence.</param>
internal sealed record GroomingAct(string Word, string What, string Reason, Confidence Confidence)
{
    public string Describe() => $"{Word}: {What}. {Reason} ({Confidence.Band} confidence; accept with '{Word}')";
}

/// <summary>
/// The acts that the findings on one item recommend, in the order in which they make sense: first whether the item should stay, then
/// what it means, then its fields, then who and when. A proposal that the policy would drop leads to no act.
/// </summary>
internal sealed class GroomingActs(IReadOnlyList<Finding> findings, DecisionPolicy policy)
{
    private const int MostAsked = 3;

    public IReadOnlyList<GroomingAct> InOrder()
    {
        var leaving = Proposed("merge", c => c is Close { Reason: CloseReason.Duplicate } or AddLink { Kind: LinkKind.DuplicateOf }).Take(1)
            .Concat(Proposed("archive", c => c is Close { Reason: CloseReason.NotPlanned }))
            .ToList();
        return [.. leaving.Concat(leaving.Any(a => a.Confidence.Band == "high") ? [] : Staying())];
    }

    private IEnumerable<GroomingAct> Staying() =>
    [
        .. Triage(),
        .. Clarify(),
        .. Split(),
        .. Proposed("type", c => c is SetField { Field: WorkItemField.Type }),
        .. Proposed("area", c => c is SetField { Field: WorkItemField.Area }),
        .. Proposed("priority", c => c is SetField { Field: WorkItemField.Priority }),
        .. Proposed("estimate", c => c is SetField { Field: WorkItemField.Estimate }),
        .. Link(),
        .. Unblock(),
        .. Proposed("assign", c => c is Assign),
    ];

    private IEnumerable<GroomingAct> Proposed(string word, Func<Change, bool> fits) =>
        from finding in findings
        where finding.Status == FindingStatus.Decided
        from proposal in finding.Proposals
        where fits(proposal.Change) && proposal.Confidence.Value >= policy.For(finding.Step).AskAt
        orderby proposal.Confidence descending
        select new GroomingAct(word, proposal.Change.Describe(), finding.Reason, proposal.Confidence);

    private IEnumerable<GroomingAct> Triage() =>
        from finding in Decided(StepName.Staleness)
        where finding.EvidenceOf(EvidenceKind.Note).Any(e => e.Text is StalenessStep.NeedsTriage or StalenessStep.LookAgain)
        select new GroomingAct("triage", "look at it in the next triage", finding.Reason, finding.Confidence);

    private IEnumerable<GroomingAct> Clarify()
    {
        foreach (var finding in Decided(StepName.Clarity))
        {
            var conflicts = finding.EvidenceOf(EvidenceKind.Conflict).Select(e => $"settle '{e.Text}'");
            var missing = finding.EvidenceOf(EvidenceKind.Missing).Select(e => $"ask for {e.Text}");
            var asked = conflicts.Concat(missing).Take(MostAsked).ToList();
            if (asked.Count > 0)
                yield return new GroomingAct("clarify", string.Join(", ", asked), finding.Reason, finding.Confidence);
        }

        foreach (var finding in Decided(StepName.Staleness).Where(f => f.Proposals.Any(p => p.Change is AddComment)))
            yield return new GroomingAct("clarify", "remind the reporter of the open question", finding.Reason, finding.Confidence);
    }

    private IEnumerable<GroomingAct> Split()
    {
        foreach (var finding in Decided(StepName.Split))
        {
            var children = finding.EvidenceOf(EvidenceKind.Child).Count();
            yield return new GroomingAct("split", children > 0 ? $"cut it into {children} items" : "cut it into smaller items", finding.Reason, finding.Confidence);
        }
    }

    private List<GroomingAct> Link()
    {
        var proposed = Proposed("link", c => c is AddLink { Kind: not LinkKind.DuplicateOf }).ToList();
        var suspected = from finding in Decided(StepName.Dependencies)
                        from hint in finding.EvidenceOf(EvidenceKind.Suspected).Take(1)
                        where hint.Item is not null
                        select new GroomingAct("link", $"check the suspected dependency on {hint.Item}", finding.Reason, finding.Confidence);
        return proposed.Count > 0 ? proposed : [.. suspected];
    }

    private IEnumerable<GroomingAct> Unblock() =>
        from finding in Decided(StepName.Dependencies)
        from blocker in finding.EvidenceOf(EvidenceKind.BlockedBy).Take(1)
        select new GroomingAct("unblock", $"see to {(blocker.Item is { } first ? first : blocker.Text)} first", finding.Reason, finding.Confidence);

    private IEnumerable<Finding> Decided(string step) => findings.Where(f => f.Step == step && f.Status == FindingStatus.Decided);
}
