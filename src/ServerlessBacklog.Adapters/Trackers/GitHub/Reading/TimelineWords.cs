using System.Collections.Frozen;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>Events of a timeline that say what happened to the item: REST's word, and the type of GraphQL's node.</summary>
internal static class TimelineWords
{
    private static readonly FrozenDictionary<string, string> ByType = new Dictionary<string, string>
    {
        ["LabeledEvent"] = "labeled",
        ["UnlabeledEvent"] = "unlabeled",
        ["AssignedEvent"] = "assigned",
        ["UnassignedEvent"] = "unassigned",
        ["ClosedEvent"] = "closed",
        ["ReopenedEvent"] = "reopened",
        ["RenamedTitleEvent"] = "renamed",
        ["MilestonedEvent"] = "milestoned",
        ["DemilestonedEvent"] = "demilestoned",
        ["LockedEvent"] = "locked",
        ["UnlockedEvent"] = "unlocked",
        ["MarkedAsDuplicateEvent"] = "marked_as_duplicate",
        ["UnmarkedAsDuplicateEvent"] = "unmarked_as_duplicate",
        ["IssueTypeAddedEvent"] = "issue_type_added",
        ["IssueTypeChangedEvent"] = "issue_type_changed",
        ["IssueTypeRemovedEvent"] = "issue_type_removed",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Kept = ByType.Values.ToFrozenSet();

    public static bool IsKept(string word) => Kept.Contains(word);

    public static string? Of(string type) => ByType.GetValueOrDefault(type);
}
