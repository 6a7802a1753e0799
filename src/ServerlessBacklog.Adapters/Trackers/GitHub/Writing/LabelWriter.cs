using Octokit;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using Label = ServerlessBacklog.Domain.Items.Label;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>Puts one label on or takes one off: never the whole set, which may hold what others put there a moment ago.</summary>
internal static class LabelWriter
{
    public static async Task<string?> AddAsync(Target target, string name, CancellationToken cancellation)
    {
        if (target.Now.HasLabel(name))
            return null;
        cancellation.ThrowIfCancellationRequested();
        // GitHub makes a label that it does not know: a project's labels are its own business.
        if (await FindAsync(target, name) is not { } known)
            return $"the repository has no label '{name}'";
        cancellation.ThrowIfCancellationRequested();
        var labels = await target.Connection.Octokit.Issue.Labels.AddToIssue(target.Repository.Owner, target.Repository.Name, target.Number, [known]);
        target.Now = target.Now with { Labels = [.. labels.Select(l => new Label(l.Name))] };
        return target.Now.HasLabel(name) ? null : $"GitHub dropped the label silently: {GitHubErrors.NoWriteRight}";
    }

    public static async Task<string?> RemoveAsync(Target target, string name, CancellationToken cancellation)
    {
        if (!target.Now.HasLabel(name))
            return null;
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var left = await target.Connection.Octokit.Issue.Labels.RemoveFromIssue(target.Repository.Owner, target.Repository.Name, target.Number, name);
            target.Now = target.Now with { Labels = [.. left.Select(l => new Label(l.Name))] };
        }
        catch (NotFoundException error) when (error.ApiError?.Message?.Contains("Label does not exist", StringComparison.OrdinalIgnoreCase) == true)
        {
            // Somebody took it off meanwhile.
            target.Now = target.Now with { Labels = [.. target.Now.Labels.Where(l => l != new Label(name))] };
        }

        return null;
    }

    /// <summary>The label as the repository spells it; null when it has none of that name.</summary>
    public static async Task<string?> FindAsync(Target target, string name)
    {
        try
        {
            var label = await target.Connection.Octokit.Issue.Labels.Get(target.Repository.Owner, target.Repository.Name, name);
            return new Label(label.Name) == new Label(name) ? label.Name : null;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}
