using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>Purpose: proposes the type of an item that has none, in the backlog's own words.</summary>
public sealed class TypeStep : ItemStep
{
    /// <summary>Confidence of the plain word rules, which know nothing of the backlog: under every default threshold.</summary>
    private const double ByWords = 0.5;

    public override string Name => StepName.Type;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours;

    protected override void Prepare(StepContext context) => context.Backlog.Trained(TypeModel.Build);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, item.IsOpen ? "Pull requests are not examined." : "The item is closed.");
        var current = TypeModel.TypeOf(item);
        var model = context.Backlog.Trained(TypeModel.Build);
        if (model.Reader.Predict(item) is { } prediction)
            return FieldFinding.Of(Name, item, "type", current, prediction, value => model.FromLabels ? new AddLabel(new Label(value)) : new SetField(WorkItemField.Type, value));
        return current is null ? FromWords(item, model.Reader.Labelled) : Finding.Nothing(Name, item.Ref, $"The type is {current}.");
    }

    private Finding FromWords(WorkItem item, int labelled)
    {
        var kind = ItemKinds.FromText(item.Title, item.Body);
        var lack = $"{(labelled == 0 ? "no item has" : $"only {labelled} items have")} a type, {FieldClassifier.LeastItems} of at least two types are needed to learn from";
        if (kind == ItemKind.Unknown)
            return Finding.NotYet(Name, item.Ref, $"No word tells the type, and {lack}.");
        var value = kind.ToString().ToLowerInvariant();
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = new Confidence(ByWords),
            Reason = $"By its words alone a {value}: {lack}.",
            Proposals = [new Proposal(new SetField(WorkItemField.Type, value), new Confidence(ByWords))],
        };
    }
}
