using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>Turns what became of decisions into labelled cases. Pure. What was left undone for other reasons, or withdrawn, says nothing of the proposal and is no case.</summary>
public static class OutcomeLabels
{
    /// <summary>After so long a change that nobody took back counts as accepted, and an ask that nobody answered as ignored (FEATURES §4.6).</summary>
    public static readonly TimeSpan Trial = TimeSpan.FromDays(14);

    /// <param name="overrides">What people took away or pinned on the item.</param>
    public static IReadOnlyList<LabelledOutcome> Of(Decision decision, DecisionOutcome outcome, IReadOnlyCollection<HumanOverride> overrides, DateTimeOffset now)
    {
        // What a person said themselves, an undo, and the end of a wait are no proposals of a step.
        if (decision.By is not null || decision.Undoes is not null || decision.Ends is not null)
            return [];
        var cases = new List<LabelledOutcome>();
        foreach (var change in decision.Changes.Where(c => c.Verdict != Verdict.Drop && c.Change is not AddComment))
        {
            var made = outcome.Changes.FirstOrDefault(c => c.Change.Slot == change.Change.Slot);
            if ((change.Verdict == Verdict.Ask ? OfAsked(change.Change, outcome, made, overrides, now) : OfSure(made, outcome, overrides, now)) is { } label)
                cases.Add(new LabelledOutcome(decision.Item, decision.Id, change.Step, change.Change, change.Confidence, change.Verdict, label, outcome.At));
        }

        return cases;
    }

    private static OutcomeLabel? OfAsked(Change asked, DecisionOutcome outcome, ChangeOutcome? made, IReadOnlyCollection<HumanOverride> overrides, DateTimeOffset now) => outcome.State switch
    {
        OutcomeState.Asked or OutcomeState.Snoozed => now - outcome.At >= Trial ? OutcomeLabel.Ignored : OutcomeLabel.Pending,
        OutcomeState.Expired => OutcomeLabel.Ignored,
        OutcomeState.Rejected => OutcomeLabel.Rejected,
        OutcomeState.Superseded or OutcomeState.Applying => null,
        // Applied without anybody's word: only the sure part was, and this one is still to be asked.
        _ when outcome.By is null => null,
        // The person agreed to other parts only.
        _ when made is null => OutcomeLabel.Rejected,
        _ => made.State switch
        {
            ChangeState.Undone => OutcomeLabel.Reverted,
            ChangeState.Waiting => OutcomeLabel.Pending,
            ChangeState.Applied => TakenBack(made.Change, outcome, overrides) ?? (made.Change == asked ? OutcomeLabel.Accepted : OutcomeLabel.Edited),
            // Announced and stopped: that is a no, too.
            ChangeState.NotApplied when asked is Close && TakenBack(asked, outcome, overrides) is not null => OutcomeLabel.Rejected,
            _ => null,
        },
    };

    private static OutcomeLabel? OfSure(ChangeOutcome? made, DecisionOutcome outcome, IReadOnlyCollection<HumanOverride> overrides, DateTimeOffset now) => made?.State switch
    {
        ChangeState.Undone => OutcomeLabel.Reverted,
        ChangeState.Applied => TakenBack(made.Change, outcome, overrides) ?? (now - outcome.At >= Trial ? OutcomeLabel.Accepted : OutcomeLabel.Pending),
        _ => null,
    };

    /// <summary>Whether a person has since taken exactly this away, or set another value in its place.</summary>
    private static OutcomeLabel? TakenBack(Change change, DecisionOutcome outcome, IReadOnlyCollection<HumanOverride> overrides) =>
        overrides.FirstOrDefault(o => o.At >= outcome.At && o.Forbids(change)) is { } against ? against.IsPin ? OutcomeLabel.Edited : OutcomeLabel.Reverted : null;
}
