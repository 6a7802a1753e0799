using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Keeps what an evaluation says of a step's precision, for the gate before it may act by itself.</summary>
internal static class StoredEvaluation
{
    private static readonly Dictionary<string, string> Steps = new()
    {
        ["duplicates"] = StepName.Duplicates,
        ["assign"] = StepName.Assignment,
        ["type"] = StepName.Type,
        ["area"] = StepName.Area,
        ["priority"] = StepName.Priority,
        ["links"] = StepName.Dependencies,
        ["vague"] = StepName.Clarity,
        ["stale"] = StepName.Staleness,
    };

    /// <summary>Of the answers that would be applied, how many are right.</summary>
    /// <exception cref="UserErrorException">The task says nothing of a step that can act.</exception>
    public static async Task<CapabilityRecord> SaveAsync(IServiceProvider services, string backlog, string task, EvaluationResult result, CancellationToken cancellation)
    {
        if (!Steps.TryGetValue(task, out var step) || result.Cases.Count == 0)
            throw new UserErrorException($"The task '{task}' measures no step that can act by itself, so there is nothing to store. Store one of {string.Join(", ", Steps.Keys)}.");
        var applyAt = (await services.GetRequiredService<KeptSettings>().OfAsync(backlog, cancellation)).Policy.For(step).ApplyAt;
        var sure = result.Cases.Where(c => c.Confidence >= applyAt).ToList();
        var record = CapabilityRecord.Of(step, sure.Count(c => c.Right), sure.Count, TimeProvider.System.GetUtcNow(), CapabilitySource.Evaluation);
        await services.GetRequiredService<CapabilityStore>().SaveAsync(backlog, CapabilitySource.Evaluation, [record], cancellation);
        return record;
    }
}
