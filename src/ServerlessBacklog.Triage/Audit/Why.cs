using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>
/// Gathers what every act ever taken on an item rests on. Decisions are never deleted and keep rule, confidence and rival proposals; what the step found is in
/// the explanation that was kept when it led to something, and for the newest decision in the findings.
/// </summary>
public sealed class Why(IBacklogStore store, IExplanations explanations, KeptSettings kept, TimeProvider time)
{
    /// <summary>The reasons in Markdown, fit for a comment on the item.</summary>
    /// <param name="decision">Null for the newest that led to something, or the newest of all.</param>
    public async Task<string> OfAsync(string backlog, WorkItemRef item, string? decision = null, CancellationToken cancellation = default) =>
        WhyMarkdown.Of(await LookAsync(backlog, item, cancellation), decision);

    public async Task<WhyItem> LookAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        var decisions = await store.DecisionsAsync(backlog, item, cancellation);
        var outcomes = (await store.OutcomesAsync(backlog, item, cancellation)).ToDictionary(o => o.Decision, StringComparer.Ordinal);
        var findings = await store.FindingsAsync(backlog, item, cancellation);
        var held = (await store.OverridesAsync(backlog, item, cancellation)).Where(o => !(o.Until <= time.GetUtcNow())).ToList();
        var current = await kept.OfAsync(backlog, cancellation);
        var newest = decisions.FirstOrDefault(d => d.By is null);
        var acts = new List<WhyAct>();
        foreach (var decision in decisions)
        {
            var outcome = outcomes.GetValueOrDefault(decision.Id);
            if (outcome is null && decision != newest)
                continue;
            // Findings of the same content are those that the decision was folded from; others came later.
            var explanation = await explanations.FindAsync(backlog, item, decision.Id, cancellation)
                ?? new Explanation(decision.Id, item, decision.DecidedAt, null, decision != newest || findings.Any(f => f.From.Content != decision.ItemHash), findings);
            var settings = await SettingsAsync(backlog, decision, explanation, current, cancellation);
            acts.AddRange(decision.Changes
                .Where(c => c.WouldBe != Verdict.Drop)
                .OrderBy(c => c.Change is AddComment)
                .Select(c => Of(decision, c, outcome, explanation, settings)));
        }

        return new WhyItem(item, acts, held);
    }

    private static WhyAct Of(Decision decision, DecidedChange change, DecisionOutcome? outcome, Explanation explanation, TriageSettings? settings)
    {
        var made = outcome?.Changes.FirstOrDefault(c => c.Change.Slot == change.Change.Slot);
        var examined = explanation.Findings.FirstOrDefault(f => f.Finding.Step == change.Step);
        var values = made is { State: ChangeState.Applied or ChangeState.Undone } ? AuditChange.Values(made.Change, made.Inverse) : (null, null);
        return new WhyAct
        {
            Decision = decision.Id,
            DecidedAt = decision.DecidedAt,
            Change = made?.Change ?? change.Change,
            State = StateOf(change, outcome, made),
            Step = change.Step,
            StepVersion = examined?.From.StepVersion,
            Confidence = change.Confidence,
            Rule = change.Why,
            Thresholds = settings?.Policy.For(change.Step),
            At = outcome?.At,
            By = decision.By ?? (change.Verdict == Verdict.Apply ? null : outcome?.By),
            Note = change.Verdict == Verdict.Apply ? null : outcome?.Note,
            Before = values.Item1,
            After = values.Item2,
            Reason = decision.By is null ? examined?.Finding.Reason : decision.Reason,
            Evidence = examined?.Finding.Evidence ?? [],
            Alternatives = Alternatives(decision, change),
            Models = examined?.Finding.Consulted ?? [],
            Inputs = examined?.From,
            Content = decision.ItemHash,
            Policy = decision.PolicyVersion,
            Settings = explanation.Settings,
            IsLater = explanation.IsLater,
            Contest = Contesting.Of(change.Change, outcome?.State, made?.State),
        };
    }

    private static string StateOf(DecidedChange change, DecisionOutcome? outcome, ChangeOutcome? made) => (outcome?.State, made?.State) switch
    {
        (_, ChangeState.Applied) => "applied",
        (_, ChangeState.Undone) => "applied, then taken back",
        (_, ChangeState.Waiting) => "approved and announced; it waits",
        (_, ChangeState.NotApplied) => $"not applied: {made!.Why}",
        (_, ChangeState.Intended) => "under way",
        _ when change.Verdict == Verdict.Drop => "in shadow mode: not written",
        (OutcomeState.Asked, _) => "asked; nobody has answered yet",
        (OutcomeState.Rejected, _) => "refused",
        (OutcomeState.Expired, _) => "asked; nobody answered, so nothing was done",
        (OutcomeState.Snoozed, _) => "put off",
        (OutcomeState.Superseded, _) => "withdrawn, because the item was changed",
        _ when change.Verdict == Verdict.Ask => "to be asked",
        _ => "decided",
    };

    private static IReadOnlyList<string> Alternatives(Decision decision, DecidedChange taken) =>
    [
        .. decision.Changes
            .Where(c => c != taken && (c.Step == taken.Step || c.Change.Slot == taken.Change.Slot))
            .Select(c => $"{c.Change.Describe()} ({c.Step}, {c.Confidence}): {(c.WouldBe == Verdict.Drop ? c.Why : "taken too")}"),
    ];

    /// <summary>The settings then: those that were named, or the present ones where the policy still is the same.</summary>
    private async Task<TriageSettings?> SettingsAsync(string backlog, Decision decision, Explanation explanation, TriageSettings current, CancellationToken cancellation)
    {
        try
        {
            return explanation.Settings is { } version ? await kept.LoadAsync(backlog, version, cancellation)
                : current.Policy.Version() == decision.PolicyVersion ? current
                : null;
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
