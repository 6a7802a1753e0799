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

    /// <summary>Newest items of each kind that are learned from.</summary>
    private const int MostDuplicates = 1500;
    private const int MostOthers = 1500;

    private DuplicateLearning(DuplicateJudge judge, int duplicates) => (Judge, Duplicates) = (judge, duplicates);

    public DuplicateJudge Judge { get; }

    /// <summary>Duplicates of the backlog's own history that were learned from; 0 when the shipped weights hold.</summary>
    public int Duplicates { get; }

    public static DuplicateLearning From(BacklogSnapshot backlog)
    {
        var shipped = ShippedJudge.For(backlog.HasMeanings);
        var model = backlog.Model(DuplicateModel.Build);
        var groups = new LinkedGroups(backlog);
        var items = backlog.Items.Values.Where(o => o.Item.Kind == WorkItemKind.Item).OrderByDescending(o => o.Item, ItemAge.Order).ToList();
        var cases = Cases(items.Where(i => groups.HasOlder(i.Item)).Take(MostDuplicates));
        if (cases.Count < FewestDuplicates)
            return new DuplicateLearning(shipped, 0);
        cases.AddRange(Cases(items.Where(i => !groups.HasOlder(i.Item)).Take(MostOthers)));
        return new DuplicateLearning(shipped.Learn(cases), cases.Count(c => c.IsDuplicate));

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
