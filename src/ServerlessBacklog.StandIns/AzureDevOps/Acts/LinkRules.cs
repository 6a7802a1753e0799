using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Rest;

namespace ServerlessBacklog.StandIns.AzureDevOps.Acts;

/// <summary>Which links may stand: each once, no circles in trees and dependencies, one item above each item of a tree.</summary>
internal static class LinkRules
{
    private const int MostLinks = 1000;

    public static void Demand(Organization organization, WorkItem item, LinkEnd end, WorkItem? target, string url, ItemChange change)
    {
        var kept = item.Relations.Except(change.Removed).Concat(change.Added).ToList();
        if (kept.Count >= MostLinks)
            throw AdoRefusals.Bad($"VS403311: A work item cannot have more than {MostLinks} links.", "WorkItemLinksLimitExceededException");
        if (kept.Exists(r => r.Rel == end.ReferenceName && (target is null ? r.Url == url : r.Target == target.Id)))
            throw AdoRefusals.Bad("Relation already exists.", "WorkItemLinkAddExistingException");
        if (target is null)
            return;
        if (target == item)
            throw AdoRefusals.Bad("TF201064: A work item cannot be linked to itself.", "WorkItemLinkInvalidException");
        var (upper, lower) = end.IsForward ? (item, target) : (target, item);
        var up = end.IsForward ? end.Opposite : end.ReferenceName;
        if (end.Topology == "tree" && lower.Relations.Except(change.Removed).Any(r => r.Rel == up))
            throw AdoRefusals.Bad($"TF201036: You cannot add a {end.Name} link between work items {item.Id} and {target.Id} because a work item can have only one {LinkEnd.Find(up)!.Name} link.", "WorkItemLinkInvalidException");
        if (end.IsAcyclic && Above(organization, upper, up).Contains(lower))
            throw AdoRefusals.Bad($"TF201035: You cannot add a {end.Name} link between work items {item.Id} and {target.Id} because it would make a circle.", "WorkItemLinkCircularException");
    }

    private static HashSet<WorkItem> Above(Organization organization, WorkItem item, string up)
    {
        var seen = new HashSet<WorkItem>();
        var open = new Stack<WorkItem>([item]);
        while (open.TryPop(out var next))
            if (seen.Add(next))
                foreach (var above in next.Relations.Where(r => r.Rel == up && r.Target is not null))
                    open.Push(organization.Items[above.Target!.Value]);
        return seen;
    }
}
