using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>The webhook of the app: one for all repositories that it is installed on.</summary>
internal sealed class AppHook(GitHubAccess access, TimeProvider time) : IHookToPoint
{
    public const string Deliveries = "app/hook/deliveries";

    private const string Config = "app/hook/config";

    private GitHubConnection App => access.App!.Value;

    /// <summary>Where the app is not installed is a finding, not a refusal: its webhook can be set up before.</summary>
    public async Task<RepositoryName> DemandAsync(RepositoryName repository, CancellationToken cancellation)
    {
        if (AppCheck.NotKnown(await App.GetAsync("app", cancellation), App.Now) is { } unknown)
            throw new UserErrorException($"{unknown.What} {unknown.Mend}");
        await ConfigAsync(cancellation);
        return repository;
    }

    public async Task<IReadOnlyList<SetupFinding>> PointAsync(RepositoryName repository, Uri url, string secret, CancellationToken cancellation)
    {
        var before = Json.TextOrNull((await ConfigAsync(cancellation)).Body, "url");
        var set = await App.SendAsync(HttpMethod.Patch, Config, new { url = url.ToString(), content_type = "json", insecure_ssl = "0", secret }, RequestKind.Upkeep, cancellation);
        if (!set.IsSuccess)
            throw set.Code == 422 ? new UserErrorException($"GitHub does not take the webhook's address: {set.Message.TrimEnd('.')}. Compare it with where the host can be reached from outside.") : GitHubErrors.Of(set, "the app's webhook", App.Now);
        var moved = before is null || HookAddress.AreSame(before, url) ? "" : $" It sent to {Reply.OneLine(before)} before, for all repositories of the app.";
        return [SetupFinding.Ok($"The app's webhook is set right: JSON, the secret set anew, to {url}.{moved}"), await TryAsync(url, cancellation)];
    }

    /// <summary>An app's webhook cannot be pinged: what was delivered before is asked for again. A host knows a delivery that it has had.</summary>
    private async Task<SetupFinding> TryAsync(Uri url, CancellationToken cancellation)
    {
        var wait = await DeliveryWait.BeginAsync(App, Deliveries, time, cancellation);
        if ((wait.Before.FirstOrDefault(d => d.Event == "ping") ?? (wait.Before is [var newest, ..] ? newest : null)) is not { } last)
            return SetupFinding.Off("The webhook has delivered nothing yet, so that there is nothing to try it with.", "Open an issue or comment on one, then: backlog connect github OWNER/REPO --check");
        var sent = await App.SendAsync(HttpMethod.Post, $"{Deliveries}/{last.Id}/attempts", null, RequestKind.Upkeep, cancellation);
        return await (sent.IsSuccess ? wait : throw GitHubErrors.Of(sent, "the app's deliveries", App.Now)).EndAsync($"The last {last.Event}, sent again,", url, last.Event, cancellation);
    }

    private async Task<Reply> ConfigAsync(CancellationToken cancellation)
    {
        var reply = await App.GetAsync(Config, cancellation);
        return reply.IsSuccess ? reply : throw (reply.Code == 404
            ? new UserErrorException("The app has no webhook. Tick Active in the settings of the app on GitHub, under Webhook, with any address; then run this command again, which sets the right one.")
            : GitHubErrors.Of(reply, "the app's webhook", App.Now));
    }
}
