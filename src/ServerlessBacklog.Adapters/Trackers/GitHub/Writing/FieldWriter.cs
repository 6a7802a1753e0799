using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>Sets fields: the type natively, the others by a label of that very name, where the repository has one.</summary>
internal static class FieldWriter
{
    public static Task<string?> SetAsync(Target target, WorkItemField field, string value, CancellationToken cancellation) => field switch
    {
        WorkItemField.Type => SetTypeAsync(target, value, cancellation),
        WorkItemField.Status when !StatusLabel.Is(value) => Task.FromResult<string?>("an issue on GitHub has no status besides open, closed and a label that begins with 'status:'"),
        _ => SetLabelAsync(target, field, value, cancellation),
    };

    public static Task<string?> MoveAsync(Target target, MoveTo move, CancellationToken cancellation) =>
        target.Now.IsOpen ? SetAsync(target, WorkItemField.Status, move.Status, cancellation) : Task.FromResult<string?>("it is closed");

    public static async Task<string?> ClearAsync(Target target, WorkItemField field, CancellationToken cancellation)
    {
        if (field == WorkItemField.Type)
            return target.Now.Type is null ? null : await PatchTypeAsync(target, null, cancellation);
        if (field == WorkItemField.Estimate || (field == WorkItemField.Area && target.Now.Areas.Count > 1))
            return $"which label is the {field.ToString().ToLowerInvariant()} cannot be told: take it off on GitHub";
        foreach (var label in LabelsOf(target.Now, field))
        {
            if (await LabelWriter.RemoveAsync(target, label, cancellation) is { } why)
                return why;
        }

        return null;
    }

    private static Task<string?> SetTypeAsync(Target target, string type, CancellationToken cancellation) =>
        string.Equals(target.Now.Type, type, StringComparison.OrdinalIgnoreCase) ? Task.FromResult<string?>(null) : PatchTypeAsync(target, type, cancellation);

    private static async Task<string?> PatchTypeAsync(Target target, string? type, CancellationToken cancellation)
    {
        var reply = await target.PatchAsync(new { type }, cancellation);
        if (reply.Code == 422)
            return $"the repository has no issue type '{type}'";
        if (!reply.IsSuccess)
            return GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere ? throw everywhere : Refusal.Of(reply);
        return string.Equals(target.Now.Type, type, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"GitHub dropped the type silently: only organizations have types, and {GitHubErrors.NoWriteRight}";
    }

    /// <summary>A label that says the same of another value goes, once the new one is there.</summary>
    private static async Task<string?> SetLabelAsync(Target target, WorkItemField field, string value, CancellationToken cancellation)
    {
        var before = LabelsOf(target.Now, field);
        if (await LabelWriter.AddAsync(target, value, cancellation) is { } why)
            return $"{why}, and an issue on GitHub has no {field.ToString().ToLowerInvariant()} besides its labels";
        foreach (var label in before.Where(l => !l.Equals(value, StringComparison.OrdinalIgnoreCase)))
        {
            if (await LabelWriter.RemoveAsync(target, label, cancellation) is { } left)
                return left;
        }

        return null;
    }

    private static IReadOnlyList<string> LabelsOf(WorkItem item, WorkItemField field) => field switch
    {
        WorkItemField.Priority => item.Priority is { } priority ? [priority] : [],
        WorkItemField.Severity => item.Severity is { } severity ? [severity] : [],
        WorkItemField.Status => [.. item.Labels.Select(l => l.Name).Where(StatusLabel.Is)],
        // Of several areas none can be told to be the one that is meant.
        WorkItemField.Area => item.Areas is [var area] ? [area] : [],
        _ => [],
    };
}
