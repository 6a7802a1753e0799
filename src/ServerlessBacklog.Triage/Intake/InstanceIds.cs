using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>Ids of instances: one at a time for each item, one sweep at a time for each backlog.</summary>
public static class InstanceIds
{
    public static string OfItem(string backlog, WorkItemRef item) => StorageKey.Of("item", backlog, item.Tracker, item.Project, item.Number);

    /// <summary>What a person's yes starts: once for each decision.</summary>
    public static string OfCarryOut(string backlog, WorkItemRef item, string decision) => StorageKey.Of("carryout", backlog, item.Tracker, item.Project, item.Number, decision);

    /// <summary>The wait of an announced close.</summary>
    public static string OfWait(string backlog, WorkItemRef item, string decision) => StorageKey.Of("wait", backlog, item.Tracker, item.Project, item.Number, decision);

    public static string OfReconcile(string backlog) => StorageKey.Of("reconcile", backlog);

    public static string OfSweep(string backlog) => StorageKey.Of("sweep", backlog);
}
