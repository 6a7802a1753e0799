using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Types, areas and labels that the steps would set; surest first.</summary>
internal static class FieldAdvicePart
{
    public static ReportPart<FieldAdvice> Build(ExaminedBacklog backlog)
    {
        var rows = from item in backlog.Open
                   from step in new[] { StepName.Type, StepName.Area }
                   let finding = backlog.Decided(item.Item.Ref, step)
                   where finding is not null
                   from proposal in finding.Proposals
                   let value = Value(proposal.Change)
                   where value is not null
                   orderby proposal.Confidence descending, item.Item.Ref.ToKey(), step, value
                   select new FieldAdvice(ItemLine.From(item.Item), step, Now(item.Item, step), value, proposal.Confidence, finding.Reason);
        return backlog.Part([.. rows], "Every open item that could be judged has its type and area.", StepName.Type, StepName.Area);
    }

    private static string? Value(Change change) => change switch
    {
        SetField { Field: WorkItemField.Type or WorkItemField.Area } set => set.Value,
        AddLabel add => add.Label.Name,
        _ => null,
    };

    private static string? Now(WorkItem item, string step) =>
        step == StepName.Type ? item.Type : item.Areas.Count > 0 ? string.Join(", ", item.Areas) : null;
}
