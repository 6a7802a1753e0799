using ServerlessBacklog.Analysis.Estimation;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// One effort model per project, because teams mean different things by a point. Finished items teach where there are enough of them,
/// else every sized item does.
/// </summary>
public sealed class EffortModels
{
    private readonly Dictionary<string, EffortModel> models;
    private readonly Dictionary<string, int> sized;

    private EffortModels(Dictionary<string, EffortModel> models, Dictionary<string, int> sized) => (this.models, this.sized) = (models, sized);

    /// <summary>Null where a project has fewer than <see cref="EffortModel.Fewest"/> sized items.</summary>
    public EffortModel? For(string project) => models.GetValueOrDefault(project);

    /// <summary>Sized items of a project, finished or not.</summary>
    public int SizedIn(string project) => sized.GetValueOrDefault(project);

    public static EffortModels From(BacklogSnapshot backlog)
    {
        var projects = backlog.Items.Values.Select(o => o.Item)
            .Where(i => i is { Kind: WorkItemKind.Item, StoryPoints: >= 0 })
            .GroupBy(i => i.Ref.Project)
            .ToDictionary(g => g.Key, g => g.ToList());
        return new EffortModels(
            projects.Where(p => p.Value.Count >= EffortModel.Fewest).AsParallel()
                .Select(p => (p.Key, Model: Learn(p.Value, backlog))).ToDictionary(p => p.Key, p => p.Model),
            projects.ToDictionary(p => p.Key, p => p.Value.Count));
    }

    /// <summary>What is known of an item by now.</summary>
    public static EffortCase CaseOf(WorkItem item, BacklogSnapshot backlog) => Of(
        item,
        backlog.Index.Contains(item.Ref) ? backlog.Index.TermsOf(item.Ref).ToArray() : backlog.Index.TermsOf(item.Title, item.Body),
        backlog.Find(item.Ref)?.Signals ?? TextSignal.Find(item.Title, item.Body));

    internal static EffortCase Of(WorkItem item, IReadOnlyList<Analysis.Similarity.TermCount> terms, TextSignals signals) => new(item.Ref, terms)
    {
        Type = item.Type,
        Areas = item.Areas,
        Reporter = item.Reporter,
        HasTrace = signals.HasFlag(TextSignals.StackTrace),
    };

    private static EffortModel Learn(List<WorkItem> items, BacklogSnapshot backlog)
    {
        var finished = items.Where(i => !i.IsOpen).ToList();
        var teachers = finished.Count >= EffortModel.Fewest ? finished : items;
        return EffortModel.Learn(
            [.. teachers.Order(Chronology.Order).TakeLast(EffortModel.MostLearned).Select(i => new SizedItem(CaseOf(i, backlog), i.StoryPoints!.Value))]);
    }
}
