using ServerlessBacklog.Analysis.Assignment;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// What the backlog teaches about who takes what: every item with a human assignee, finished or not. A project with enough of them teaches alone, others
/// by the whole backlog. People are those of <see cref="BacklogPeople"/>.
/// </summary>
public sealed class Assignments
{
    private readonly Dictionary<string, SkillModel> projects;
    private readonly SkillModel? whole;

    private Assignments(Dictionary<string, SkillModel> projects, SkillModel? whole, int count) =>
        (this.projects, this.whole, Count) = (projects, whole, count);

    /// <summary>Items with a human assignee.</summary>
    public int Count { get; }

    /// <summary>Null where the backlog has fewer than <see cref="SkillModel.Fewest"/> such items.</summary>
    public SkillModel? For(string project) => projects.GetValueOrDefault(project) ?? whole;

    public static Assignments From(BacklogSnapshot backlog)
    {
        var items = backlog.Items.Values.Select(o => o.Item)
            .Where(i => i.Kind == WorkItemKind.Item && i.Assignees.Any(a => !a.IsBot))
            .Order(Chronology.Order)
            .ToList();
        var grouped = items.GroupBy(i => i.Ref.Project).ToList();
        var projects = grouped.Where(g => g.Count() >= SkillModel.Fewest).AsParallel()
            .Select(g => (g.Key, Model: Learn([.. g], backlog)))
            .ToDictionary(p => p.Key, p => p.Model);
        var alone = projects.Count == 1 && grouped.Count == 1 ? projects.Values.Single() : null;
        var needed = items.Count >= SkillModel.Fewest && backlog.Items.Keys.Any(i => !projects.ContainsKey(i.Project));
        return new Assignments(projects, alone ?? (needed ? Learn(items, backlog) : null), items.Count);
    }

    /// <summary>What is known of an item by now.</summary>
    public static AssignmentCase CaseOf(WorkItem item, BacklogSnapshot backlog)
    {
        var people = backlog.Model(BacklogPeople.From);
        return new AssignmentCase(
            item.Reporter is { } reporter ? people.KeyOf(item.Ref.Tracker, reporter) : null,
            backlog.Index.Contains(item.Ref) ? backlog.Index.TermsOf(item.Ref).ToArray() : backlog.Index.TermsOf(item.Title, item.Body))
        {
            Areas = item.Areas,
            Labels = item.Labels,
        };
    }

    private static SkillModel Learn(List<WorkItem> items, BacklogSnapshot backlog)
    {
        var people = backlog.Model(BacklogPeople.From);
        return SkillModel.Learn([.. items.TakeLast(SkillModel.MostLearned)
            .Select(i => new AssignedItem(CaseOf(i, backlog), people.KeyOf(i.Ref.Tracker, i.Assignees.First(a => !a.IsBot))))]);
    }
}
