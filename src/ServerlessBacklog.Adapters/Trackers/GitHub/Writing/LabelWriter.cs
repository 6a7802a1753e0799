using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>Puts one label on or takes one off: never the whole set, which may hold what others put there a moment ago.</summary>
internal static class LabelWriter
{
    public static async Task<string?> AddAsync(Target target, string name, CancellationToken cancellation)
    {
        if (target.Now.HasLabel(name))
            return null;
        // GitHub makes a label that it does not know: a project's labels are its own business.
        if (await FindAsync(target, name, cancellation) is not { } known)
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
        if (Segment(name) is not { } segment)
            return $"'{name}' cannot be named to GitHub";
        var reply = await target.Connection.SendAsync(HttpMethod.Delete, $"{target.Path}/labels/{segment}", null, RequestKind.Write, cancellation);
        // Somebody may have taken it off meanwhile.
        var isOff = reply.Code == 404 && reply.Message.Contains("Label does not exist", StringComparison.OrdinalIgnoreCase);
        if (!reply.IsSuccess && !isOff)
            return GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere ? throw everywhere : Refusal.Of(reply);
        target.Now = target.Now with { Labels = [.. target.Now.Labels.Where(l => l != new Label(name))] };
        return null;
    }

    /// <summary>The label as the repository spells it; null when it has none of that name.</summary>
    private static async Task<string?> FindAsync(Target target, string name, CancellationToken cancellation)
    {
        if (Segment(name) is not { } segment)
            return null;
        var reply = await target.Connection.GetAsync($"{target.Repository.Path}/labels/{segment}", cancellation);
        if (reply.Code == 404)
            return null;
        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, $"the labels of {target.Repository}", target.Connection.Now);
        var known = Json.Text(reply.Body, "name");
        return new Label(known) == new Label(name) ? known : null;
    }

    /// <summary>The name as one part of a path, which Octokit does not make of it; null for one that would leave the path.</summary>
    private static string? Segment(string name) => name is "" or "." or ".." ? null : Uri.EscapeDataString(name);
}
