using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>What stands in the log of each act. Pure: the same stored rows give the same entries, under the same keys.</summary>
internal static class AuditEntries
{
    /// <summary>Characters of a person's reason that are kept.</summary>
    private const int LongestReason = 1000;

    /// <summary>Intended changes are not known to be made yet; a close that was made after its wait is told by the decision that made it.</summary>
    public static bool IsSettled(ChangeOutcome change) => change is not ({ State: ChangeState.Intended } or { State: ChangeState.Applied, Change: Close, Inverse: null });

    public static AuditEntry Decided(Decision decision, DecidedChange change, Explanation explanation) => Of(decision, change.Step, change.Change, explanation) with
    {
        Key = $"{decision.Id}:{change.Change.Slot}:{AuditAct.Decided}",
        At = decision.DecidedAt,
        Act = AuditAct.Decided,
        Words = Words(AuditWords.Policy, change.Change, $"{change.Verdict.ToString().ToLowerInvariant()}: {change.Why}") with { After = AuditChange.Values(change.Change, null).After },
    };

    public static AuditEntry Recorded(Decision decision, OutcomeState state, DateTimeOffset at, string? by, string? note, Explanation explanation) => new()
    {
        Key = $"{decision.Id}:{state}:{at.UtcTicks}",
        At = at,
        Item = decision.Item,
        Act = state switch
        {
            OutcomeState.Asked => AuditAct.Asked,
            OutcomeState.Rejected => AuditAct.Answered,
            OutcomeState.Expired => AuditAct.Expired,
            OutcomeState.Snoozed => AuditAct.Snoozed,
            OutcomeState.Superseded => AuditAct.Withdrawn,
            _ => AuditAct.Applied,
        },
        Decision = decision.Id,
        Policy = decision.PolicyVersion,
        Configuration = explanation.Settings,
        Models = ModelsOf(explanation, null),
        Words = new AuditWords
        {
            Actor = by ?? AuditWords.Policy,
            Text = (state == OutcomeState.Rejected ? "no: " : "") + Shown(decision, Verdict.Ask),
            Reason = Cut(note),
        },
    };

    public static AuditEntry Approved(Decision decision, DateTimeOffset at, ApprovalAnswer answer, Explanation explanation) =>
        Recorded(decision, OutcomeState.Applied, at, answer.By, answer.Note, explanation) with
        {
            Key = $"{decision.Id}:approved",
            Act = AuditAct.Answered,
            Words = new AuditWords { Actor = answer.By, Text = $"yes: {Shown(decision, Verdict.Ask)}", Reason = Cut(answer.Note) },
        };

    public static AuditEntry Made(Decision decision, DecisionOutcome outcome, ChangeOutcome made, Explanation explanation)
    {
        var decided = decision.Changes.FirstOrDefault(c => c.Change.Slot == made.Change.Slot && c.Verdict != Verdict.Drop);
        // What was sure was made before anybody answered.
        var actor = decision.By ?? (decided?.Verdict == Verdict.Apply ? null : outcome.By);
        var isUndo = decision.Undoes is not null && made.State == ChangeState.Applied;
        var act = made.State switch
        {
            ChangeState.Applied when isUndo => AuditAct.Undone,
            // The decision that took it back has a row of its own.
            ChangeState.Applied or ChangeState.Undone => AuditAct.Applied,
            ChangeState.Waiting => AuditAct.Announced,
            _ => AuditAct.NotApplied,
        };
        var isMade = act is AuditAct.Applied or AuditAct.Undone;
        var values = isMade ? AuditChange.Values(made.Change, made.Inverse) : (Before: null, AuditChange.Values(made.Change, null).After);
        return Of(decision, decided?.Step, made.Change, explanation) with
        {
            // Left for the same reason again, it is the same row; for another one, it is another.
            Key = act == AuditAct.NotApplied ? $"{made.Key}:{act}:{AuditSeal.HashOf(made.Why ?? "")}" : $"{made.Key}:{act}",
            At = outcome.At,
            Act = act,
            Words = Words(actor ?? AuditWords.Policy, made.Change, made.Why ?? (actor is null ? decided?.Why : outcome.Note)) with { Before = values.Before, After = values.After },
        };
    }

    public static AuditEntry Overridden(WorkItemRef item, HumanOverride taken) => new()
    {
        Key = $"{item}:{taken.Slot}:{taken.At.UtcTicks}:{taken.IsPin}",
        At = taken.At,
        Item = item,
        Act = taken.IsPin ? AuditAct.Pinned : AuditAct.Overridden,
        Words = new AuditWords
        {
            Actor = taken.By,
            Text = taken.IsPin ? $"{taken.Slot} stays" : $"{taken.Slot} is not done again",
            After = taken.Value is { } value ? AuditChange.Brief(value) : null,
            Reason = Cut(taken.Because),
        },
    };

    public static AuditEntry Vetoed(Wait wait, string? by, DateTimeOffset at) => new()
    {
        Key = $"{wait.Decision}:{wait.Close.Slot}:{AuditAct.Vetoed}",
        At = at,
        Item = wait.Item,
        Act = AuditAct.Vetoed,
        Decision = wait.Decision,
        Step = wait.Step,
        Words = Words(by ?? AuditWords.Policy, wait.Close, wait.Why),
    };

    public static AuditEntry Configured(string? before, string after, string by, string? reason, DateTimeOffset at) => new()
    {
        Key = $"configured:{before}:{after}:{at.UtcTicks}",
        At = at,
        Act = AuditAct.Configured,
        Configuration = after,
        Words = new AuditWords { Actor = by, Text = "other settings hold", Before = before, After = after, Reason = Cut(reason) },
    };

    private static AuditEntry Of(Decision decision, string? step, Change change, Explanation explanation) => new()
    {
        Key = "",
        At = decision.DecidedAt,
        Act = "",
        Item = decision.Item,
        Decision = decision.Id,
        Step = step,
        Confidence = decision.Changes.FirstOrDefault(c => c.Change.Slot == change.Slot && c.Step == step)?.Confidence.Value,
        Policy = decision.PolicyVersion,
        Configuration = explanation.Settings,
        Models = ModelsOf(explanation, step),
        Words = Words("", change, null),
    };

    private static AuditWords Words(string actor, Change change, string? reason) =>
        new() { Actor = actor, Text = AuditChange.Brief(change.Describe()), Change = AuditChange.Shorten(change), Reason = Cut(reason) };

    /// <summary>The comment is folded from all steps, so that all that were asked have a part in it.</summary>
    private static IReadOnlyList<Consultation> ModelsOf(Explanation explanation, string? step) =>
        [.. explanation.Findings.Where(f => step is null or Comments.SuggestionComment.Step || f.Finding.Step == step).SelectMany(f => f.Finding.Consulted)];

    private static string Shown(Decision decision, Verdict verdict) =>
        AuditChange.Brief(string.Join("; ", decision.Changes.Where(c => c.Verdict == verdict).Select(c => c.Change.Describe())));

    private static string? Cut(string? reason) => reason is { Length: > LongestReason } ? $"{reason[..LongestReason]}…" : reason;
}
