using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>
/// Writes the log from what is stored already. So an act is never lost with its row: what a process that died left out, the next attempt or
/// <see cref="MendAsync"/> appends, and what is there is not written twice.
/// </summary>
public sealed class AuditTrail(IBacklogStore store, IAuditLog log, IExplanations explanations, KeptSettings kept)
{
    /// <summary>A decision that is to lead to something was stored; one that does nothing, or is in shadow mode, is no act.</summary>
    /// <param name="settings">Version of the settings that it was decided by.</param>
    public async Task DecidedAsync(
        string backlog, Decision decision, IReadOnlyList<ExaminedFinding> findings, string settings, string? trace, CancellationToken cancellation)
    {
        if (decision.Verdict == Verdict.Drop)
            return;
        var explanation = await KeepAsync(backlog, decision, findings, settings, isLater: false, cancellation);
        await log.AppendAsync(
            backlog,
            [.. decision.Changes.Where(c => c.Verdict != Verdict.Drop).Select(c => AuditEntries.Decided(decision, c, explanation) with { Delivery = trace })],
            cancellation);
    }

    /// <summary>Changes of a decision were carried out or left: their outcome is stored.</summary>
    public async Task ActedAsync(ApplyRequest request, CancellationToken cancellation)
    {
        if (await store.OutcomeAsync(request.Backlog, request.Item, request.Decision, cancellation) is not { } outcome)
            return;
        await AppendAsync(request.Backlog, outcome, request.Answer, request.Trace, cancellation);
    }

    /// <summary>A person is asked, or an ask ended: it is stored.</summary>
    public async Task RecordedAsync(OutcomeRequest request, CancellationToken cancellation)
    {
        if (await DecisionAsync(request.Backlog, request.Item, request.Decision, cancellation) is not { } decision)
            return;
        var explanation = await ExplainAsync(request.Backlog, decision, cancellation);
        var entry = AuditEntries.Recorded(decision, request.State, request.At, request.Answer?.By, request.Answer?.Note, explanation);
        await log.AppendAsync(request.Backlog, [entry with { Delivery = request.Trace, Configuration = await ConfigurationAsync(request.Backlog, cancellation) }], cancellation);
    }

    /// <summary>A person pinned a value, or took something away for good.</summary>
    public async Task OverriddenAsync(string backlog, WorkItemRef item, IReadOnlyList<HumanOverride> overrides, string? trace, CancellationToken cancellation) => await log.AppendAsync(
        backlog, [.. overrides.Select(o => AuditEntries.Overridden(item, o) with { Delivery = trace })], cancellation);

    /// <summary>An announced close was stopped.</summary>
    /// <param name="by">Login of who objected; null where nobody did.</param>
    public async Task VetoedAsync(string backlog, Wait wait, string? by, DateTimeOffset at, string? trace, CancellationToken cancellation) =>
        await log.AppendAsync(backlog, [AuditEntries.Vetoed(wait, by, at) with { Delivery = trace }], cancellation);

    /// <summary>Other settings hold from now on.</summary>
    /// <param name="by">Login of who changed them, or where they come from.</param>
    public async Task ConfiguredAsync(string backlog, string? before, string after, string by, string? reason, DateTimeOffset at, CancellationToken cancellation) =>
        await log.AppendAsync(backlog, [AuditEntries.Configured(before, after, by, reason, at)], cancellation);

    /// <summary>Appends what is missing of all that was done, after a failure that lasted.</summary>
    public async Task MendAsync(string backlog, CancellationToken cancellation)
    {
        await foreach (var outcome in store.AllOutcomesAsync(backlog, cancellation))
            await AppendAsync(backlog, outcome, null, null, cancellation);
    }

    private async Task AppendAsync(string backlog, DecisionOutcome outcome, ApprovalAnswer? answer, string? trace, CancellationToken cancellation)
    {
        if (!outcome.Changes.Any(AuditEntries.IsSettled) || await DecisionAsync(backlog, outcome.Item, outcome.Decision, cancellation) is not { } decision)
            return;
        var explanation = await ExplainAsync(backlog, decision, cancellation);
        var entries = new List<AuditEntry>();
        if (answer is { Approved: true })
            entries.Add(AuditEntries.Approved(decision, outcome.At, answer, explanation));
        entries.AddRange(outcome.Changes.Where(AuditEntries.IsSettled).Select(c => AuditEntries.Made(decision, outcome, c, explanation)));
        var configuration = await ConfigurationAsync(backlog, cancellation);
        await log.AppendAsync(backlog, [.. entries.Select(e => e with { Delivery = trace, Configuration = configuration })], cancellation);
    }

    /// <summary>What the decision rested on; for one of a sweep, which kept nothing, what is known now is kept and said to be later.</summary>
    private async Task<Explanation> ExplainAsync(string backlog, Decision decision, CancellationToken cancellation) =>
        await explanations.FindAsync(backlog, decision.Item, decision.Id, cancellation)
        ?? await KeepAsync(backlog, decision, await store.FindingsAsync(backlog, decision.Item, cancellation), null, isLater: true, cancellation);

    private async Task<Explanation> KeepAsync(
        string backlog, Decision decision, IReadOnlyList<ExaminedFinding> findings, string? settings, bool isLater, CancellationToken cancellation)
    {
        var steps = decision.Changes.Select(c => c.Step).ToHashSet(StringComparer.Ordinal);
        var parts = findings.Where(f => steps.Contains(f.Finding.Step) || f.Finding.IsAdvised).ToList();
        // Of the same content, so of the same findings, unless something near it changed meanwhile.
        var explanation = new Explanation(decision.Id, decision.Item, decision.DecidedAt, settings, isLater && parts.Any(f => f.From.Content != decision.ItemHash), parts);
        await explanations.KeepAsync(backlog, explanation, cancellation);
        return explanation;
    }

    private async Task<Decision?> DecisionAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        (await store.DecisionsAsync(backlog, item, cancellation)).FirstOrDefault(d => d.Id == decision);

    private async Task<string> ConfigurationAsync(string backlog, CancellationToken cancellation) => (await kept.OfAsync(backlog, cancellation)).Version();
}
