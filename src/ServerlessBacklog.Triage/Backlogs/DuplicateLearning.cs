using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// What the backlog's own duplicates teach: each item that people linked as a duplicate is compared with those before it, and so are items that nobody
/// called one. Trained by the sweep (<see cref="BacklogSnapshot.Trained{T}"/>).
/// </summary>
public sealed class DuplicateLearning
{
    /// <summary>Fewer duplicates than this leave the shipped weights as they are.</summary>
    private const int FewestDuplicates = 8;

    /// <summary>Newest duplicates that the order is learned from, and newest decided items that the verdict is.</summary>
    private const int MostDuplicates = 1500;
    private const int MostRecent = 2000;

    private DuplicateLearning(DuplicateJudge judge, int duplicates) => (Judge, Duplicates) = (judge, duplicates);

    public DuplicateJudge Judge { get; }

    /// <summary>Duplicates of the backlog's own history that were learned from; 0 when the shipped weights hold.</summary>
    public int Duplicates { get; }

    public static DuplicateLearning From(BacklogSnapshot backlog)
    {
        var shipped = ShippedJudge.For(backlog.HasMeanings);
        var model = backlog.Model(DuplicateModel.Build);
        var groups = new LinkedGroups(backlog);
        // What is open may still turn out to be a duplicate: it teaches nothing yet.
        var decided = backlog.Items.Values.Where(o => o.Item.Kind == WorkItemKind.Item && (!o.Item.IsOpen || groups.HasOlder(o.Item)))
            .OrderByDescending(o => o.Item, ItemAge.Order).ToList();
        var recent = Cases(decided.Take(MostRecent));
        List<DuplicateCase> duplicates = [.. Cases(decided.Skip(MostRecent).Where(i => groups.HasOlder(i.Item)).Take(MostDuplicates)), .. recent.Where(c => c.IsDuplicate)];
        return duplicates.Count < FewestDuplicates
            ? new DuplicateLearning(shipped, 0)
            : new DuplicateLearning(shipped.Learn(duplicates, recent), duplicates.Count);

        List<DuplicateCase> Cases(IEnumerable<OutlinedItem> asked) => [.. asked.Reverse().AsParallel().AsOrdered()
            .Select(item =>
            {
                var candidates = model.Candidates(item);
                bool[] repeats = [.. candidates.Select(c => groups.AreSame(item.Item, c.Item))];
                return candidates.Count > 0 && repeats.Contains(true) == groups.HasOlder(item.Item) ? new DuplicateCase(model.Features(item, candidates), repeats) : null;
            })
            .OfType<DuplicateCase>()];
    }
}
