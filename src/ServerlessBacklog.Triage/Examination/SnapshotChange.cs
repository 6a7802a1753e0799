using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>In what a snapshot differs from what is stored.</summary>
internal sealed record SnapshotChange(HashSet<WorkItemRef> Changed, List<WorkItemRef> Removed)
{
    /// <summary>Above this share of changed items a whole build, and another look at all, cost less than going by each change.</summary>
    private const double Large = 0.3;

    public bool IsEmpty => Changed.Count == 0 && Removed.Count == 0;

    /// <param name="hashes">Content hash of every stored item.</param>
    public static SnapshotChange Between(BacklogSnapshot? last, Dictionary<WorkItemRef, string> hashes) => new(
        hashes.Where(h => last?.Find(h.Key)?.ContentHash != h.Value).Select(h => h.Key).ToHashSet(),
        last?.Items.Keys.Where(k => !hashes.ContainsKey(k)).ToList() ?? []);

    public bool IsLarge(int items) => IsLarge(Changed.Count, items);

    public static bool IsLarge(int changed, int items) => changed > Large * items;
}
