using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>What one change needs: steps of the item's patch, nothing since it is there already, or a reason why it cannot be.</summary>
internal sealed record Planned(IReadOnlyList<PatchOperation> Operations, string? Why)
{
    public static Planned Done { get; } = new([], null);

    public bool IsDone => Operations.Count == 0 && Why is null;

    public static Planned By(params IReadOnlyList<PatchOperation> operations) => new(operations, null);

    public static Planned Refused(string why) => new([], why);
}
