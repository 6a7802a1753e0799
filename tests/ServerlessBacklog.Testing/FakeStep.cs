using System.Collections.Concurrent;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Testing;

/// <summary>A step that says what a test wants and remembers which items it looked at.</summary>
public sealed class FakeStep(string name = "fake", StepReads reads = StepReads.Content, int version = 1, int stage = 1) : ItemStep
{
    private readonly ConcurrentQueue<WorkItemRef> examined = new();

    public override string Name => name;

    public override int Version => version;

    public override StepReads Reads => reads;

    public override int Stage => stage;

    /// <summary>The reason of the finding; may throw.</summary>
    public Func<WorkItem, string> Look { get; set; } = _ => "Looked.";

    /// <summary>Shapes the whole finding where the reason is not enough.</summary>
    public Func<Finding, WorkItem, StepContext, Finding> Shape { get; set; } = (finding, _, _) => finding;

    /// <summary>This step, which from now on proposes a change on every item.</summary>
    public FakeStep Proposing(Change change, double confidence = 1)
    {
        Shape = (finding, _, _) => finding with { Proposals = [new Proposal(change, new Confidence(confidence))] };
        return this;
    }

    /// <summary>Numbers of the items examined since the last call, in order.</summary>
    public IReadOnlyList<string> TakeExamined()
    {
        var numbers = examined.Select(i => i.Number).OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal).ToList();
        examined.Clear();
        return numbers;
    }

    public override Finding Examine(WorkItem item, StepContext context)
    {
        examined.Enqueue(item.Ref);
        var finding = new Finding { Step = name, Item = item.Ref, Status = FindingStatus.Decided, Reason = Look(item) };
        return Shape(finding, item, context);
    }
}
