using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>The comment on a canonical item that gathers what its duplicates add.</summary>
internal sealed class GatheredComment(StickyComment comment)
{
    public async Task<(string? Why, Change? Inverse)> WriteAsync(WorkItemRef duplicate, Consolidate write, string effect, CancellationToken cancellation)
    {
        if (WhyNot(duplicate, write.Canonical) is { } why)
            return (why, null);
        var before = await comment.WriteAsync(write.Canonical, effect, write.Markdown, cancellation, CommentRef.Gathered);
        // The service may tell it in HTML: then it is not what was written.
        return (null, before is null ? new RemoveConsolidated(write.Canonical)
            : before.StartsWith('<') ? null
            : new Consolidate(write.Canonical, before) { Before = write.Markdown });
    }

    public async Task<string?> RemoveAsync(WorkItemRef duplicate, WorkItemRef canonical, CancellationToken cancellation)
    {
        if (WhyNot(duplicate, canonical) is { } why)
            return why;
        await comment.RemoveAsync(canonical, cancellation, CommentRef.Gathered);
        return null;
    }

    public async Task<bool> IsWrittenByAsync(WorkItemRef duplicate, Consolidate write, string effect, CancellationToken cancellation) =>
        WhyNot(duplicate, write.Canonical) is null && await comment.IsWrittenByAsync(write.Canonical, effect, cancellation, CommentRef.Gathered);

    private static string? WhyNot(WorkItemRef duplicate, WorkItemRef canonical) =>
        !AzureProject.TryOf(canonical, out var project, out _) ? $"{canonical} is no work item of Azure DevOps"
        : !project.Organization.Equals(AzureProject.Of(duplicate).Project.Organization, StringComparison.OrdinalIgnoreCase) ? $"{canonical} lies in another organization"
        : null;
}
