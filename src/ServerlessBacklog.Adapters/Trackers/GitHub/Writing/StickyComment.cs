using Octokit;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>A comment of ours on an issue, one for each mark: written once, then edited in place. It is known by its mark and by its author.</summary>
internal static class StickyComment
{
    /// <returns>Whether it was written earlier, and else what it said before; null where it was not there.</returns>
    public static async Task<(bool WasDone, string? Before)> WriteAsync(
        Target target, string markdown, Effect effect, CancellationToken cancellation, string mark = OurMark.Comment)
    {
        var ours = await OfAsync(target, mark, cancellation);
        if (ours.Any(c => effect.MayBeDone && OurMark.IsOf(c.Body, effect.Key)))
            return (true, null);
        var before = ours is [var there, ..] ? OurMark.TextOf(there.Body) : null;
        if (ours.Any(c => OurMark.Shows(c.Body, markdown)))
            return (false, before);
        cancellation.ThrowIfCancellationRequested();
        var (owner, name) = (target.Repository.Owner, target.Repository.Name);
        var body = OurMark.Put(markdown, effect.Key, mark);
        if (ours is [var first, ..])
            await target.Connection.Octokit.Issue.Comment.Update(owner, name, first.Id, body);
        else
            await target.Connection.Octokit.Issue.Comment.Create(owner, name, target.Number, body);
        return (false, before);
    }

    /// <summary>Writes it unless it is there, whatever it says.</summary>
    public static async Task WriteOnceAsync(Target target, string markdown, Effect effect, string mark, CancellationToken cancellation)
    {
        if ((await OfAsync(target, mark, cancellation)).Count > 0)
            return;
        cancellation.ThrowIfCancellationRequested();
        await target.Connection.Octokit.Issue.Comment.Create(target.Repository.Owner, target.Repository.Name, target.Number, OurMark.Put(markdown, effect.Key, mark));
    }

    public static async Task<string?> RemoveAsync(Target target, CancellationToken cancellation, string mark = OurMark.Comment)
    {
        foreach (var comment in await OfAsync(target, mark, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                await target.Connection.Octokit.Issue.Comment.Delete(target.Repository.Owner, target.Repository.Name, comment.Id);
            }
            catch (NotFoundException)
            {
                // It is gone, which is what was wanted.
            }
        }

        return null;
    }

    /// <summary>Those of ours with that mark, oldest first. A mark alone proves nothing: people quote comments, and another installation has its own.</summary>
    public static async Task<IReadOnlyList<IssueComment>> FindAsync(
        GitHubAccess access, GitHubConnection connection, RepositoryName repository, int number, string mark, CancellationToken cancellation)
    {
        var own = await access.OwnAsync(connection, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var comments = await connection.Octokit.Issue.Comment.GetAllForIssue(repository.Owner, repository.Name, number, new ApiOptions { PageSize = 100 });
        return [.. comments.Where(c => OurMark.IsOn(c.Body, mark) && own.Is(c.User?.Login)).OrderBy(c => c.Id)];
    }

    private static Task<IReadOnlyList<IssueComment>> OfAsync(Target target, string mark, CancellationToken cancellation) =>
        FindAsync(target.Access, target.Connection, target.Repository, target.Number, mark, cancellation);
}
