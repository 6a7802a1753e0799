using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;

/// <summary>A GitHub with <c>acme/shop</c>, which root administers, and a host that takes webhooks.</summary>
internal sealed class ASetup : IAsyncDisposable
{
    public const string Repo = "acme/shop";
    public const string Secret = "a-secret-of-the-webhook-0123456789";

    /// <summary>One for all tests: making it takes long.</summary>
    private static readonly RSA Key = RSA.Create(2048);

    private StandInServer host = null!;

    public GitHubStandIn GitHub { get; private set; } = null!;

    /// <summary>What the host answers from now on.</summary>
    public int Status { get; set; } = 200;

    /// <summary>The host answers when this has ended.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    public Uri HookUrl => new(host.Address, HookAddress.Path);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public GitHubOptions Anonymous => new() { ApiBaseUrl = GitHub.Address.ToString().TrimEnd('/') };

    public GitHubOptions App => Anonymous with { AppId = "4711", PrivateKey = Key.ExportRSAPrivateKeyPem(), WebhookSecrets = [Secret] };

    public GitHubOptions Token(string token = "root") => Anonymous with { Token = token, WebhookSecrets = [Secret] };

    public static async Task<ASetup> StartAsync(Func<GitHubStandInOptions, GitHubStandInOptions>? change = null, GitHubRepositorySetup? repository = null)
    {
        var setup = new ASetup();
        setup.host = await StandInServer.StartAsync(app => app.Run(async context =>
        {
            await setup.Held.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.Response.StatusCode = setup.Status;
        }));
        var options = new GitHubStandInOptions
        {
            App = new GitHubAppIdentity { PublicKeyPem = Key.ExportSubjectPublicKeyInfoPem() },
            Tokens = new Dictionary<string, string> { ["root"] = "root", ["tom"] = "tom", ["zoe"] = "zoe", ["blind"] = "root", ["fine"] = "root", ["short"] = "root", ["long"] = "root" },
            TokenTraits = new Dictionary<string, GitHubTokenTraits>
            {
                ["blind"] = new() { MayManageHooks = false }, ["fine"] = new() { MayManageHooks = false, IsFineGrained = true },
                ["short"] = new() { ExpiresAt = DateTimeOffset.UtcNow.AddDays(13) }, ["long"] = new() { ExpiresAt = DateTimeOffset.UtcNow.AddDays(15) },
            },
            Hooks = new GitHubHookTarget(setup.HookUrl, Secret),
        };
        setup.GitHub = await GitHubStandIn.StartAsync(change?.Invoke(options) ?? options);
        await setup.GitHub.CreateRepositoryAsync(Repo, (repository ?? new GitHubRepositorySetup()) with { Roles = new Dictionary<string, string> { ["root"] = "admin", ["tom"] = "triage" } });
        return setup;
    }

    public Task<IReadOnlyList<SetupFinding>> LookAsync(GitHubOptions options, params string[] projects) =>
        SetupDoctor.LookAsync(new GitHubSetup(options, new PlainHttp(), Time), projects, CancellationToken.None);

    /// <summary>Looks at acme/shop.</summary>
    public Task<IReadOnlyList<SetupFinding>> LookAtRepoAsync(GitHubOptions options) => LookAsync(options, Repo);

    public GitHubConnector Connector(GitHubOptions options) => new(options, new PlainHttp(), Time);

    public async Task<IReadOnlyList<SetupFinding>> ConnectAsync(GitHubOptions options, Uri? url = null, string secret = Secret) =>
        await Connector(options).ConnectAsync(await Connector(options).DemandAsync(Repo, CancellationToken.None), url ?? HookUrl, secret, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await GitHub.DisposeAsync();
        await host.DisposeAsync();
    }

    internal sealed class PlainHttp : ITrackerHttp
    {
        public HttpMessageHandler HandlerFor(string account) => new SocketsHttpHandler { AllowAutoRedirect = false };
    }
}

internal static class FindingAssertions
{
    /// <summary>There is exactly one finding with these words in what or mend, and it is in that state.</summary>
    public static SetupFinding ShouldTell(this IReadOnlyList<SetupFinding> findings, SetupState state, params string[] words)
    {
        var all = string.Join('\n', findings.Select(f => $"{f.State}: {f.What} | {f.Mend}"));
        var found = findings.Where(f => words.All(word => $"{f.What} | {f.Mend}".Contains(word, StringComparison.Ordinal))).ToList();
        found.Count.ShouldBe(1, all);
        found[0].State.ShouldBe(state, all);
        if (state is SetupState.Warning or SetupState.Wrong)
            found[0].Mend.ShouldNotBeNullOrWhiteSpace();
        all.ShouldNotContain(ASetup.Secret);
        return found[0];
    }

    public static void ShouldBeRight(this IReadOnlyList<SetupFinding> findings) =>
        findings.Where(f => f.State is SetupState.Warning or SetupState.Wrong).Select(f => $"{f.What} | {f.Mend}").ShouldBeEmpty();
}
