using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>Purpose: proposes the area of an item that has none; what it does not know goes to the triage queue.</summary>
public sealed class AreaStep : ItemStep
{
    public override string Name => StepName.Area;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours;

    protected override void Prepare(StepContext context) => context.Backlog.Trained(AreaModel.Build);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, item.IsOpen ? "Pull requests are not examined." : "The item is closed.");
        var current = AreaModel.AreaOf(item);
        var reader = context.Backlog.Trained(AreaModel.Build).Reader;
        if (reader.Predict(item) is { } prediction)
            return FieldFinding.Of(Name, item, "area", current, prediction, value => new SetField(WorkItemField.Area, value));
        return current is not null
            ? Finding.Nothing(Name, item.Ref, $"The area is {current}.")
            : Finding.NotYet(Name, item.Ref, $"{(reader.Labelled == 0 ? "No item has" : $"Only {reader.Labelled} items have")} an area; {FieldClassifier.LeastItems} of at least two areas are needed to learn from.");
    }
}
