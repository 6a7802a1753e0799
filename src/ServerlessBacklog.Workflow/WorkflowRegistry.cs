namespace ServerlessBacklog.Workflow;

/// <summary>All orchestrations and activities by name. Names differ even when case is ignored.</summary>
public sealed class WorkflowRegistry
{
    private readonly Dictionary<string, OrchestrationEntry> orchestrations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ActivityEntry> activities = new(StringComparer.OrdinalIgnoreCase);

    public WorkflowRegistry(IEnumerable<OrchestrationEntry> orchestrations, IEnumerable<ActivityEntry> activities)
    {
        foreach (var entry in orchestrations)
            this.orchestrations.Add(entry.Name, entry);
        foreach (var entry in activities)
            this.activities.Add(entry.Name, entry);
    }

    public IReadOnlyCollection<OrchestrationEntry> Orchestrations => orchestrations.Values;

    public IReadOnlyCollection<ActivityEntry> Activities => activities.Values;

    /// <summary>Null when this program has no such orchestration, or not in that version.</summary>
    public OrchestrationEntry? FindOrchestration(string name) => orchestrations.GetValueOrDefault(name);

    public ActivityEntry? FindActivity(string name) => activities.GetValueOrDefault(name);
}
