using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>Points a webhook at a host, the app's or a repository's own, and sees what comes back from there. Doing it again changes nothing more.</summary>
public sealed class GitHubConnector(GitHubOptions options, ITrackerHttp http, TimeProvider time)
{
    /// <summary>A repository as people name it: <c>owner/repo</c>, also with <c>github:</c> before it.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static string ParseRepository(string text)
    {
        const string prefix = GitHubTracker.TrackerName + ":";
        return RepositoryName.Parse(text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : text).ToString();
    }

    /// <summary>Sees whether it can be done, and changes nothing.</summary>
    /// <returns>The repository's name as GitHub spells it.</returns>
    /// <exception cref="UserErrorException">It cannot: the sentence says what is missing.</exception>
    public Task<string> DemandAsync(string repository, CancellationToken cancellation) =>
        ShapedAsync(async () => (await Hook().DemandAsync(RepositoryName.Parse(repository), cancellation)).ToString());

    /// <param name="url">Where the webhook is to send to, from <see cref="HookAddress.Parse"/>.</param>
    /// <param name="secret">What it is to sign with.</param>
    /// <returns>What was done, and what came back.</returns>
    public Task<IReadOnlyList<SetupFinding>> ConnectAsync(string repository, Uri url, string secret, CancellationToken cancellation) =>
        ShapedAsync(() => Hook().PointAsync(RepositoryName.Parse(repository), url, secret, cancellation));

    private IHookToPoint Hook()
    {
        var access = new GitHubAccess(options, http, time);
        return access.Account switch
        {
            GitHubAccount.App => new AppHook(access, time),
            GitHubAccount.Token token => new RepositoryHook(access.ForToken(token), time),
            _ => throw new UserErrorException(
                "There are no credentials for GitHub: a webhook is set up in somebody's name. Make an app with 'backlog connect github --new-app --url https://YOUR-HOST', or set GITHUB_TOKEN to a token with admin:repo_hook (fine-grained: Webhooks and Issues, read and write)."),
        };
    }

    private static async Task<T> ShapedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer about webhooks is not as documented: {error.Message}.", error);
        }
    }
}

/// <summary>A webhook that can be pointed at a host.</summary>
internal interface IHookToPoint
{
    Task<RepositoryName> DemandAsync(RepositoryName repository, CancellationToken cancellation);

    Task<IReadOnlyList<SetupFinding>> PointAsync(RepositoryName repository, Uri url, string secret, CancellationToken cancellation);
}
