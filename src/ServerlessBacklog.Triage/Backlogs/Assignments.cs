using ServerlessBacklog.Analysis.Assignment;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>What the backlog teaches about who takes what: every item with a human assignee, finished or not. People are those of <see cref="BacklogPeople"/>.</summary>
/// <param name="Model">Null where there are fewer than <see cref="SkillModel.Fewest"/> such items.</param>
/// <param name="Count">Items with a human assignee.</param>
public sealed record Assignments(SkillModel? Model, int Count)
{
    public static Assignments From(BacklogSnapshot backlog)
    {
        var people = backlog.Model(BacklogPeople.From);
        var items = backlog.Items.Values.Select(o => o.Item)
            .Where(i => i.Kind == WorkItemKind.Item && i.Assignees.Any(a => !a.IsBot))
            .Order(Chronology.Order)
            .Select(i => new AssignedItem(i.Ref, people.KeyOf(i.Ref.Tracker, i.Assignees.First(a => !a.IsBot)), i.Areas, i.Labels))
            .ToList();
        return new Assignments(items.Count < SkillModel.Fewest ? null : SkillModel.Learn(items, backlog.Index), items.Count);
    }
}
