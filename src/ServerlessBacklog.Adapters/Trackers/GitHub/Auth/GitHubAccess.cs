using System.Collections.Concurrent;
using Octokit;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Auth;

/// <summary>Gives the connection for a repository: by the installation of the app on it, by the token, or without either.</summary>
internal sealed class GitHubAccess
{
    /// <summary>How long it is believed that an installation serves a repository.</summary>
    private static readonly TimeSpan InstallationLife = TimeSpan.FromHours(1);

    private readonly ITrackerHttp http;
    private readonly TimeProvider time;
    private readonly GitHubOptions options;
    private readonly ConcurrentDictionary<string, Lazy<GitHubConnection>> connections = new();
    private readonly ConcurrentDictionary<RepositoryName, (long Id, DateTimeOffset Until)> installations = new();
    private volatile OwnAccount? own;

    /// <exception cref="UserErrorException">The settings are not usable.</exception>
    public GitHubAccess(GitHubOptions options, ITrackerHttp http, TimeProvider time)
    {
        (this.options, this.http, this.time) = (options, http, time);
        Address = GitHubAddress.Parse(options.ApiBaseUrl);
        Account = GitHubAccount.Of(options);
        if (Account is GitHubAccount.App app)
            App = new Lazy<GitHubConnection>(() => Connect("app", new AppJwt(app.Issuer, AppKey.Read(app.PrivateKey), time)));
    }

    public GitHubAddress Address { get; }

    public GitHubAccount Account { get; }

    /// <summary>The app speaking for itself; null without an app.</summary>
    public Lazy<GitHubConnection>? App { get; }

    /// <summary>Our own account as far as it is known by now; never asks.</summary>
    public OwnAccount? KnownOwn => own;

    public async Task<GitHubConnection> ForAsync(RepositoryName repository, CancellationToken cancellation) => Account switch
    {
        GitHubAccount.App => ForInstallation(await InstallationOfAsync(repository, cancellation), repository),
        GitHubAccount.Token token => ForToken(token),
        _ => Unnamed(),
    };

    /// <summary>Without credentials, whoever we are otherwise.</summary>
    public GitHubConnection Unnamed() => Cached("anonymous", () => Connect("anonymous", new FixedToken(null)));

    /// <summary>The account under which our comments appear.</summary>
    public async Task<OwnAccount> OwnAsync(GitHubConnection connection, CancellationToken cancellation)
    {
        if (own is { } known)
            return known;
        if (App is not null)
        {
            if (options.AppSlug is { } slug)
                return own = OwnAccount.OfApp(slug);
            var app = await App.Value.DemandAsync("app", "the app", cancellation);
            return own = OwnAccount.OfApp(Json.Text(app.Body, "slug"));
        }

        // An installation token of Actions has no user: it acts as github-actions[bot].
        var user = await connection.GetAsync("user", cancellation);
        if (user.Code == 403 && GitHubErrors.Everywhere(user, connection.Now) is null)
            return own = new OwnAccount("github-actions[bot]", IsBot: true);
        if (!user.IsSuccess)
            throw GitHubErrors.Of(user, "the account of the token", connection.Now);
        return own = new OwnAccount(Json.Text(user.Body, "login"), Json.TextOrNull(user.Body, "type") == "Bot");
    }

    public void Forget(RepositoryName repository) => installations.TryRemove(repository, out _);

    private async Task<long> InstallationOfAsync(RepositoryName repository, CancellationToken cancellation)
    {
        if (installations.TryGetValue(repository, out var known) && known.Until > time.GetUtcNow())
            return known.Id;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var found = await App!.Value.Octokit.GitHubApps.GetRepositoryInstallationForCurrent(repository.Owner, repository.Name);
            if (found.SuspendedAt is not null)
                throw new UserErrorException($"The installation of the GitHub app that serves {repository} is suspended. Unsuspend it in the settings of {repository.Owner}, under GitHub Apps.");
            installations[repository] = (found.Id, time.GetUtcNow() + InstallationLife);
            return found.Id;
        }
        catch (ApiException error)
        {
            throw NotInstalled(error, repository);
        }
    }

    public GitHubConnection ForToken(GitHubAccount.Token token) => Cached(token.Account, () => Connect(token.Account, new FixedToken(token.Value)));

    private GitHubConnection ForInstallation(long id, RepositoryName repository) =>
        Cached($"installation:{id}", () => Connect($"installation:{id}", new InstallationToken(ct => IssueAsync(id, repository, ct), time)));

    private async Task<IssuedToken> IssueAsync(long id, RepositoryName repository, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var token = await App!.Value.Octokit.GitHubApps.CreateInstallationToken(id);
            return new IssuedToken(token.Token, token.ExpiresAt);
        }
        catch (ApiException error)
        {
            // Installed anew it has another number.
            foreach (var stale in installations.Where(i => i.Value.Id == id).Select(i => i.Key).ToList())
                Forget(stale);
            throw NotInstalled(error, repository);
        }
    }

    private Exception NotInstalled(ApiException error, RepositoryName repository)
    {
        var reply = GitHubErrors.Told(error);
        return GitHubErrors.Everywhere(reply, time.GetUtcNow()) ?? (reply.Code == 404
            ? new UserErrorException($"The GitHub app is not installed on {repository}, or there is no such repository. Install it from the app's page, under Install App.")
            : GitHubErrors.Of(reply, $"the app's installation on {repository}", time.GetUtcNow()));
    }

    private GitHubConnection Cached(string account, Func<GitHubConnection> make) =>
        connections.GetOrAdd(account, _ => new Lazy<GitHubConnection>(make)).Value;

    private GitHubConnection Connect(string account, ITokenSource source) =>
        new(Address, new AuthHandler(source, Address, http.HandlerFor(account)), account == "anonymous", time);
}

/// <param name="Login">As comments show it: <c>my-app[bot]</c>.</param>
internal sealed record OwnAccount(string Login, bool IsBot)
{
    public static OwnAccount OfApp(string slug) => new($"{slug}[bot]", IsBot: true);

    public bool Is(string? login) => string.Equals(login, Login, StringComparison.OrdinalIgnoreCase);
}
