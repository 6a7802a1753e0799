using Microsoft.Extensions.Logging;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// Runs one step over a page of items. A step that fails on a page is tried item by item, so that one poisoned item costs its own finding
/// and no other.
/// </summary>
/// <param name="advisor">Takes findings to a language model where that is worth it; null for none.</param>
public sealed partial class StepRunner(ILogger<StepRunner> logger, Advisor? advisor = null)
{
    /// <summary>Names model and prompts that advise a step; empty for none.</summary>
    public string AdviceVersion(string backlog, string step, TriageSettings settings) => advisor?.Version(backlog, step, settings) ?? "";

    public async Task<StepOutcome> RunAsync(ITriageStep step, IReadOnlyList<WorkItem> items, StepContext context, CancellationToken cancellation)
    {
        try
        {
            var findings = await step.ExamineAsync(items, context, cancellation);
            var advised = advisor is null ? findings : await advisor.AdviseAsync(step.Name, items, findings, context, cancellation);
            return new StepOutcome([.. advised.Select(FindingSecrets.LeftOut)], []);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            if (items.Count == 1)
            {
                Log.StepFailed(logger, fault, step.Name, items[0].Ref);
                return new StepOutcome([], [new StepFailure(step.Name, items[0].Ref, fault.GetBaseException().Message)]);
            }
        }

        var made = new List<Finding>(items.Count);
        var failures = new List<StepFailure>();
        foreach (var item in items)
        {
            var outcome = await RunAsync(step, [item], context, cancellation);
            made.AddRange(outcome.Findings);
            failures.AddRange(outcome.Failures);
        }

        return new StepOutcome(made, failures);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Step {Step} failed on {Item}; it is tried again on the next run.")]
        public static partial void StepFailed(ILogger logger, Exception fault, string step, WorkItemRef item);
    }
}

/// <param name="Findings">One per item that the step managed.</param>
public sealed record StepOutcome(IReadOnlyList<Finding> Findings, IReadOnlyList<StepFailure> Failures);

/// <summary>A fault of ours on one item: nothing is stored for it, so the next run tries again.</summary>
public sealed record StepFailure(string Step, WorkItemRef Item, string Message);
