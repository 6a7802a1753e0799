using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: proposes the area of an item that has none; what it does not know goes to the triage queue. Where the backlog teaches nothing sure, the component map
/// of its domain pack speaks.
/// </summary>
public sealed class AreaStep : ItemStep
{
    public override string Name => StepName.Area;

    /// <summary>Of what the component map says where its words stand in the title, and in the description only (own choice).</summary>
    private const double MappedInTitle = 0.85;
    private const double MappedInBody = 0.7;

    public override int Version => 3;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours | StepReads.Policy;

    protected override void Prepare(StepContext context) => context.Backlog.Trained(AreaModel.Build);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, item.IsOpen ? "Pull requests are not examined." : "The item is closed.");
        var current = AreaModel.AreaOf(item);
        var reader = context.Backlog.Trained(AreaModel.Build).Reader;
        var learned = reader.Predict(item) is { } prediction
            ? FieldFinding.Of(Name, item, "area", current, prediction, value => new SetField(WorkItemField.Area, value))
            : null;
        if (current is null && learned is null or { Status: FindingStatus.NotYet } && ComponentMatch.Of(item, context.Settings.Pack) is { } match)
            return Mapped(item, match);
        if (learned is not null)
            return learned;
        return current is not null
            ? Finding.Nothing(Name, item.Ref, $"The area is {current}.")
            : Finding.NotYet(Name, item.Ref, $"{(reader.Labelled == 0 ? "No item has" : $"Only {reader.Labelled} items have")} an area; {FieldClassifier.LeastItems} of at least two areas are needed to learn from.");
    }

    private Finding Mapped(WorkItem item, ComponentMatch match)
    {
        var confidence = new Confidence(match.InTitle ? MappedInTitle : MappedInBody);
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = confidence,
            Reason = $"The domain pack gives '{match.Word}' to {match.Component}.",
            Evidence = [new Evidence(EvidenceKind.Note, $"component map: {match.Component}") { Quote = match.Word }],
            Proposals = [new Proposal(new SetField(WorkItemField.Area, match.Component), confidence)],
        };
    }
}
