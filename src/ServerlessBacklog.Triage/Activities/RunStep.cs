using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>Runs one step on one item, or finds what it said before still fresh. A step that fails fails the activity, which is then tried again.</summary>
public sealed class RunStep(IBacklogStore store, SnapshotKeeper snapshots, KeptSettings kept, Examiner examiner) : IActivity<StepRequest, StepAnswer>
{
    public static ActivityRef<StepRequest, StepAnswer> Ref { get; } = new("RunStep", new RetryPolicy(3, TimeSpan.FromSeconds(2)));

    public async Task<StepAnswer> RunAsync(StepRequest request, CancellationToken cancellation)
    {
        var (plan, name) = (request.Plan, request.Step);
        var step = examiner.Find(name)
            ?? throw new InvalidOperationException($"There is no step '{name}' in this version. Its finding is left out; the next run goes by the steps there are.");
        if (await store.FindItemsAsync(plan.Backlog, [plan.Item], cancellation) is not [var item] || ContentHash.Of(item) != plan.Content)
            return new StepAnswer(null);
        var settings = await kept.LoadAsync(plan.Backlog, plan.Settings, cancellation);
        var snapshot = await snapshots.OpenAsync(plan.Backlog, plan.Snapshot, plan.Item, cancellation);
        var context = new StepContext
        {
            Now = plan.Now,
            Backlog = snapshot,
            BacklogName = plan.Backlog,
            Settings = settings,
            Earlier = new Dictionary<WorkItemRef, IReadOnlyList<Finding>> { [plan.Item] = examiner.Earlier(request.Earlier, step.Stage) },
        };
        var run = examiner.Versions(plan.Backlog, snapshot, settings);
        var versions = (await store.FindStampsAsync(plan.Backlog, [plan.Item], cancellation)).ToDictionary(s => s.Item, s => run.For(s) with { Content = plan.Content! });
        var stored = (await store.FindingsAsync(plan.Backlog, plan.Item, cancellation)).FirstOrDefault(f => f.Finding.Step == name);

        var result = await examiner.RunAsync(step, [item], versions, _ => stored, context, cancellation);

        return result switch
        {
            { Failures: [var failure, ..] } => throw new InvalidOperationException($"The step '{name}' failed on {plan.Item}: {failure.Message}"),
            { Made: [var made, ..] } => new StepAnswer(made),
            _ => new StepAnswer(stored),
        };
    }
}
