using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Learning;

/// <summary>
/// What the backlog's own history says of duplicates: each item that people linked as one is compared with those before it, and so are decided items that
/// nobody called one.
/// </summary>
/// <param name="Duplicates">Oldest first.</param>
/// <param name="Recent">The newest decided items of both kinds, oldest first.</param>
public sealed record DuplicateCases(IReadOnlyList<DuplicateCase> Duplicates, IReadOnlyList<DuplicateCase> Recent)
{
    /// <summary>Fewer duplicates than this teach nothing: the shipped weights stay as they are.</summary>
    private const int FewestDuplicates = 8;

    /// <summary>Newest duplicates that the order is learned from, and newest decided items that the verdict is.</summary>
    private const int MostDuplicates = 1500;
    private const int MostRecent = 2000;

    public bool AreEnough => Duplicates.Count >= FewestDuplicates;

    public static DuplicateCases Of(BacklogSnapshot backlog)
    {
        var model = backlog.Model(DuplicateModel.Build);
        var groups = new LinkedGroups(backlog);
        // What is open may still turn out to be a duplicate: it teaches nothing yet.
        var decided = backlog.Items.Values.Where(o => o.Item.Kind == WorkItemKind.Item && (!o.Item.IsOpen || groups.HasOlder(o.Item)))
            .OrderByDescending(o => o.Item, ItemAge.Order).ToList();
        if (decided.Count(i => groups.HasOlder(i.Item)) < FewestDuplicates)
            return new DuplicateCases([], []);
        var recent = Compare(decided.Take(MostRecent));
        return new DuplicateCases(
            [.. Compare(decided.Skip(MostRecent).Where(i => groups.HasOlder(i.Item)).Take(MostDuplicates)), .. recent.Where(c => c.IsDuplicate)],
            recent);

        List<DuplicateCase> Compare(IEnumerable<OutlinedItem> asked) => [.. asked.Reverse().AsParallel().AsOrdered()
            .Select(item =>
            {
                var candidates = model.Candidates(item);
                bool[] repeats = [.. candidates.Select(c => groups.AreSame(item.Item, c.Item))];
                return candidates.Count > 0 && repeats.Contains(true) == groups.HasOlder(item.Item) ? new DuplicateCase(model.Features(item, candidates), repeats) : null;
            })
            .OfType<DuplicateCase>()];
    }
}
