using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>A step that examines items one by one, without I/O: a page is examined on all cores.</summary>
public abstract class ItemStep : ITriageStep
{
    public abstract string Name { get; }

    public abstract int Version { get; }

    public abstract StepReads Reads { get; }

    public virtual int Stage => 1;

    public Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<WorkItem> items, StepContext context, CancellationToken cancellation)
    {
        Prepare(context);
        var findings = new Finding[items.Count];
        Parallel.For(0, items.Count, new ParallelOptions { CancellationToken = cancellation }, i => findings[i] = Examine(items[i], context));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    /// <summary>
    /// Builds the models that the step reads, before its page is spread over the cores: threads that wait for a model would take the
    /// cores from those that build it.
    /// </summary>
    protected virtual void Prepare(StepContext context)
    {
    }

    /// <summary>The finding on one item. Called from several threads at once.</summary>
    public abstract Finding Examine(WorkItem item, StepContext context);
}
