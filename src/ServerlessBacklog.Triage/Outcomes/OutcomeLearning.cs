using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>
/// The nightly look at what people made of proposals: measures each step for the gates, raises an alarm where one got worse, looks at fairness, and mends the
/// audit log. It proposes; it changes no threshold.
/// </summary>
public sealed class OutcomeLearning(
    OutcomeHistory history, FairnessLook fairness, CapabilityStore capabilities, KeptSettings kept, IAlarms alarms, AuditTrail audit, TimeProvider time)
{
    public async Task<IReadOnlyList<CapabilityReport>> ReportAsync(string backlog, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return CapabilityReport.Of(await history.ReadAsync(backlog, now, cancellation), (await kept.OfAsync(backlog, cancellation)).Policy, now);
    }

    public async Task RunAsync(string backlog, CancellationToken cancellation)
    {
        await audit.MendAsync(backlog, cancellation);
        var reports = await ReportAsync(backlog, cancellation);
        await capabilities.SaveAsync(backlog, CapabilitySource.Outcomes, [.. reports.Where(r => r.Record.N > 0).Select(r => r.Record)], cancellation);
        foreach (var report in reports)
        {
            await SetAsync($"capability {backlog} {report.Step}", report.Drift is { } drift
                ? $"In '{backlog}' the step {report.Step} should be looked at: {drift}. 'backlog outcomes propose' shows what its cases speak for; 'backlog rollback' takes it back at once."
                : null, cancellation);
        }

        var unequal = (await fairness.LookAsync(backlog, cancellation)).Where(r => r.IsAlert).ToList();
        await SetAsync($"fairness {backlog}", unequal.Count > 0
            ? $"In '{backlog}' items are not treated alike: {string.Join("; ", unequal.Take(3).Select(r => r.Describe()))}. 'backlog fairness' shows all figures; docs/oversight.md says what may explain them."
            : null, cancellation);
    }

    private Task SetAsync(string key, string? text, CancellationToken cancellation) =>
        text is null ? alarms.ClearAsync(key, cancellation) : alarms.RaiseAsync(new Alarm(key, text, time.GetUtcNow()), cancellation);
}
