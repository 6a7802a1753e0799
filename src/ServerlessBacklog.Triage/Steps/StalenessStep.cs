using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: says what silence means. Only silence of the reporter makes an item stale; silence of the team makes it due for triage.
/// The score is days of silence. The confidence of a stale item is the probability that nobody touches it in the next half year, learned from the
/// backlog's own past (<see cref="QuietModel"/>). That of a notice or a note to the team is how surely it is their turn: it follows the source, exact history
/// high, bounds lower, and is chosen, not measured.
/// </summary>
public sealed class StalenessStep : ItemStep
{
    /// <summary>Text of a note on an item that the team has not looked at yet.</summary>
    public const string NeedsTriage = "needs triage";

    /// <summary>Text of a note on an item that was triaged once and is due for another look.</summary>
    public const string LookAgain = "look again";

    public override string Name => StepName.Staleness;

    public override int Version => 4;

    /// <summary>Neighbours, because what the tracker links as duplicates of an item is demand for it.</summary>
    public override StepReads Reads => StepReads.Content | StepReads.Clock | StepReads.Policy | StepReads.Neighbours;

    protected override void Prepare(StepContext context) => context.Backlog.Trained(BacklogQuiet.Of);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items can be stale.");
        var facts = StalenessFacts.Of(item, context.Backlog, context.Settings.Staleness) with { Waits = context.Settings.Waits };
        var quiet = Confidence.Clamp(Math.Round(context.Backlog.Trained(BacklogQuiet.Of).Probability(facts.Silence.Days(context.Now) ?? 0), 2));
        var (now, settings) = (context.Now, facts.Settings);
        var finding = facts.StateAt(now) switch
        {
            StalenessState.NoDates => Finding.NotYet(Name, item.Ref, "The source has no dates, so silence cannot be measured."),
            StalenessState.Unproven => Finding.NotYet(Name, item.Ref, Unproven(facts)),
            StalenessState.OldOnly => Decided(facts, quiet.Value, $"Open since {Day(facts.Silence)}; the source has no activity dates, so only the age is known."),
            StalenessState.Exempt => Finding.Nothing(Name, item.Ref, $"Silent since {Day(facts.Silence)}, but spared: {string.Join("; ", facts.Exempt)}."),
            StalenessState.Stale => Stale(facts, quiet),
            StalenessState.StaleAfterNotice => Expired(facts, quiet),
            StalenessState.NeedsInfo => Nudge(facts),
            StalenessState.NeedsInfoAfterNudge => Unanswered(facts),
            StalenessState.NeedsTriage => Noted(facts, NeedsTriage, $"Needs triage: nobody of the team has touched it, and it is silent since {Day(facts.Silence)}."),
            StalenessState.Retriage => Noted(facts, LookAgain, $"Look again: {Turn(facts)} silent since {Day(facts.Silence)}; at its urgency a look is due every {facts.RetriageDays} days."),
            StalenessState.LowValue => LowValue(facts, now),
            _ => Finding.Nothing(Name, item.Ref, $"Not silent for long enough to mean anything ({settings.StaleAfterDays} days on the reporter, {facts.RetriageDays} on the team)."),
        };
        var days = facts.Silence.Days(now);
        return finding with { Score = days, Evidence = [.. finding.Evidence, .. Facts(facts, days)], Due = facts.NextChange(now) };
    }

    private Finding Decided(StalenessFacts facts, double confidence, string reason) => new()
    {
        Step = Name,
        Item = facts.Item.Ref,
        Status = FindingStatus.Decided,
        Confidence = new Confidence(confidence),
        Reason = reason,
    };

    private Finding Noted(StalenessFacts facts, string note, string reason) =>
        Decided(facts, facts.Item.History.IsKnown ? 0.9 : 0.7, reason) with { Evidence = [new Evidence(EvidenceKind.Note, note)] };

    private Finding Stale(StalenessFacts facts, Confidence quiet)
    {
        var (settings, sure) = (facts.Settings, SureOf(facts));
        var finding = Decided(facts, quiet.Value, $"Stale: waits on the reporter ({facts.Waiting.Why}), silent since {Day(facts.Silence)}.");
        if (facts.Item.HasLabel(settings.StaleLabel))
            return finding;
        var notice = $"This item waits for an answer of its reporter and has seen no human activity since {Day(facts.Silence)}. "
            + $"If nobody writes here within {settings.CloseAfterNoticeDays} days, a maintainer may be asked to close it. Any comment keeps it open.";
        return finding with
        {
            Proposals = [new Proposal(new AddLabel(new Label(settings.StaleLabel)), sure), new Proposal(new AddComment(notice), sure)],
        };
    }

    private Finding Expired(StalenessFacts facts, Confidence quiet) =>
        Decided(facts, quiet.Value, $"Stale since {Day(facts.Silence)} and silent for {facts.Settings.CloseAfterNoticeDays} days after the notice.") with
        {
            Proposals = [new Proposal(new Close(CloseReason.NotPlanned), SureOf(facts))],
        };

    private Finding Nudge(StalenessFacts facts)
    {
        var sure = SureOf(facts);
        var reminder = $"**A question is still open here** ({facts.Waiting.Why}), and nobody has written since {Day(facts.Silence)}. If it is not answered within {facts.Waits.NeedsInfoCloseDays} days, "
            + "a maintainer may be asked to close this item. Any comment keeps it open.";
        return Decided(facts, sure.Value, $"Needs info: {facts.Waiting.Why}, unanswered since {Day(facts.Silence)}.") with
        {
            Proposals = [new Proposal(new GiveNotice("needs-info", reminder), sure)],
        };
    }

    private Finding Unanswered(StalenessFacts facts) =>
        Decided(facts, SureOf(facts).Value, $"Needs info: {facts.Waiting.Why}, unanswered since {Day(facts.Silence)} and for {facts.Waits.NeedsInfoCloseDays} days after the reminder.") with
        {
            Proposals = [new Proposal(new Close(CloseReason.NotPlanned), SureOf(facts))],
        };

    private Finding LowValue(StalenessFacts facts, DateTimeOffset now)
    {
        var signs = facts.LowValue(now);
        var sure = Confidence.Clamp(0.6 + (0.1 * (signs.Count - LowValueSigns.Enough)));
        return Decided(facts, sure.Value, $"Archive candidate: {string.Join("; ", signs)}.") with
        {
            Evidence = [.. signs.Select(s => new Evidence(EvidenceKind.LowValue, s))],
            Proposals = [new Proposal(new Close(CloseReason.NotPlanned), sure)],
        };
    }

    private static Confidence SureOf(StalenessFacts facts) => (facts.Waiting.IsExplicit, facts.Silence.Basis) switch
    {
        (true, SilenceBasis.HumanActivity) => new Confidence(0.9),
        (true, _) => new Confidence(0.8),
        _ => new Confidence(0.7),
    };

    private static IEnumerable<Evidence> Facts(StalenessFacts facts, int? days)
    {
        if (days is not null)
            yield return new Evidence(EvidenceKind.Days, BasisWords(facts.Silence)) { Value = days };
        foreach (var reason in facts.Exempt)
            yield return new Evidence(EvidenceKind.Exempt, reason);
        if (facts.Item.History.IsKnown)
            yield return new Evidence(EvidenceKind.Note, $"waits on the {facts.Waiting.On.ToString().ToLowerInvariant()}: {facts.Waiting.Why}");
    }

    private static string Turn(StalenessFacts facts) => facts.Item.History.IsKnown ? "it waits on the team," : "as far as the source tells it is";

    private static string Unproven(StalenessFacts facts) => facts.Silence.Basis == SilenceBasis.LastChange
        ? $"Last changed on {Day(facts.Silence)}, perhaps by a bot: the source does not tell when a person last did something."
        : $"Open since {Day(facts.Silence)}; the source has no activity dates, so silence cannot be shown.";

    private static string BasisWords(Silence silence) => silence.Basis switch
    {
        SilenceBasis.HumanActivity => $"last human activity on {Day(silence)}",
        SilenceBasis.LastChange => $"last change by anyone on {Day(silence)}: people are silent at least as long",
        _ => $"created on {Day(silence)}: people are silent at most as long",
    };

    private static string Day(Silence silence) => $"{silence.Since:yyyy-MM-dd}";
}
