using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>Looks at all that GitHub needs: the secret of the webhook, credentials and what they may, webhooks and what came back to them, the quota.</summary>
public sealed class GitHubSetup(GitHubOptions options, ITrackerHttp http, TimeProvider time) : ISetupCheck
{
    /// <summary>GitHub advises a secret of high entropy; below this it could be tried out.</summary>
    private const int ShortestSecret = 16;

    public string Area => "GitHub";

    public string? Tracker => GitHubTracker.TrackerName;

    public IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<string> projects, CancellationToken cancellation) => Shaped(LookAsync(projects, cancellation), cancellation);

    private async IAsyncEnumerable<SetupFinding> LookAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var isNamed = options.Token is not null || options.PrivateKey is not null || options.AppId is not null || options.ClientId is not null;
        if (!isNamed && options.WebhookSecrets.Count == 0 && projects.Count == 0)
        {
            yield return SetupFinding.Off("Not in use: no app, no token, no repository.", "To connect a repository, see 'backlog connect github --help' and docs/github-app.md.");
            yield break;
        }

        foreach (var finding in Secrets(isNamed))
            yield return finding;
        var access = new GitHubAccess(options, http, time);
        var repositories = projects.Select(RepositoryName.TryParse).OfType<RepositoryName>().Distinct().ToList();
        await foreach (var finding in AccountAsync(access, repositories, cancellation))
            yield return finding;
    }

    private IEnumerable<SetupFinding> Secrets(bool isNamed)
    {
        const string mend = "Run 'backlog connect github OWNER/REPO --url https://YOUR-HOST', or set GitHub:WebhookSecrets here and the same secret there.";
        if (options.WebhookSecrets.Count == 0)
            yield return isNamed
                ? SetupFinding.Warning("No secret of the webhook is set: GitHub's calls are refused (403), and changes are seen by the hourly reconcile only.", mend)
                : SetupFinding.Off("No secret of the webhook is set: GitHub's calls are refused.", mend);
        else if (options.WebhookSecrets.Any(s => s.Length < ShortestSecret))
            yield return SetupFinding.Warning($"A secret of the webhook is shorter than {ShortestSecret} characters: it could be guessed, and events forged.", "Make one of 32 random bytes: take it out of GitHub:WebhookSecrets and run 'backlog connect github' with --url.");
        else
            yield return SetupFinding.Ok(options.WebhookSecrets.Count == 1 ? "A secret of the webhook is set." : $"{options.WebhookSecrets.Count} secrets of the webhook are set, all good at once.");
    }

    private async IAsyncEnumerable<SetupFinding> AccountAsync(GitHubAccess access, List<RepositoryName> repositories, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var findings = access.Account switch
        {
            GitHubAccount.App => new AppCheck(access, options).CheckAsync(repositories, cancellation),
            GitHubAccount.Token token => new TokenCheck(access, token).CheckAsync(repositories, cancellation),
            _ => AnonymousAsync(access, repositories, cancellation),
        };
        var (isRefused, isFirst) = (false, true);
        await foreach (var finding in findings)
        {
            // What is told first is whether GitHub takes the credentials at all.
            isRefused |= isFirst && finding.State == SetupState.Wrong;
            isFirst = false;
            yield return finding;
        }

        if (!isRefused && await QuotaOfAsync(access, repositories, cancellation) is { } connection)
            yield return await QuotaCheck.CheckAsync(connection, cancellation);
    }

    private static async IAsyncEnumerable<SetupFinding> AnonymousAsync(
        GitHubAccess access, List<RepositoryName> repositories, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return SetupFinding.Off(
            "No app and no token: public repositories are read, 60 requests an hour, and nothing is written.", "For private repositories, comments and changes: 'backlog connect github --new-app', or set GITHUB_TOKEN.");
        foreach (var repository in repositories)
        {
            await foreach (var finding in RepositoryCheck.CheckAsync(access.Unnamed(), repository, cancellation))
                yield return finding;
        }
    }

    /// <summary>An app has a quota for each installation: the first one that serves a repository of ours is told.</summary>
    private static async Task<GitHubConnection?> QuotaOfAsync(GitHubAccess access, List<RepositoryName> repositories, CancellationToken cancellation)
    {
        if (access.Account is GitHubAccount.Token token)
            return access.ForToken(token);
        if (access.Account is GitHubAccount.Anonymous)
            return access.Unnamed();
        foreach (var repository in repositories)
        {
            try
            {
                return await access.ForAsync(repository, cancellation);
            }
            catch (UserErrorException)
            {
                // Not installed there, or suspended: that was told already.
            }
        }

        return null;
    }

    private static async IAsyncEnumerable<SetupFinding> Shaped(IAsyncEnumerable<SetupFinding> findings, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var all = findings.GetAsyncEnumerator(cancellation);
        while (await NextAsync(all))
            yield return all.Current;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<SetupFinding> findings)
    {
        try
        {
            return await findings.MoveNextAsync();
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer is not as documented: {error.Message}.", error);
        }
    }
}
