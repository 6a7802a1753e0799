using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>A token: whose it is and how long it lasts; the repositories and webhooks that it sees.</summary>
internal sealed class TokenCheck(GitHubAccess access, GitHubAccount.Token token)
{
    private const string ExpiryHeader = "github-authentication-token-expiration";

    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>As GitHub writes it, with the name of the zone or with its offset.</summary>
    private static readonly string[] ExpiryForms = ["yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd'T'HH:mm:ssK"];

    public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<RepositoryName> repositories, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var connection = access.ForToken(token);
        var reply = await connection.GetAsync("user", cancellation);
        if (reply.Code == 401)
        {
            yield return SetupFinding.Wrong(
                "GitHub refuses the token (401): it is mistyped, expired or revoked.", "Make a new one on GitHub, under Settings, Developer settings, Personal access tokens, and set it as GitHub:Token or GITHUB_TOKEN.");
            yield break;
        }

        yield return Whose(reply, connection);
        if (Expiry(reply.Header(ExpiryHeader), connection.Now) is { } expiry)
            yield return expiry;
        foreach (var repository in repositories)
        {
            var isUsable = true;
            await foreach (var finding in RepositoryCheck.CheckAsync(connection, repository, cancellation))
            {
                isUsable &= finding.State != SetupState.Wrong;
                yield return finding;
            }

            if (!isUsable)
                continue;
            await foreach (var finding in HooksAsync(connection, repository, cancellation))
                yield return finding;
        }
    }

    private static SetupFinding Whose(Reply reply, GitHubConnection connection)
    {
        // A token of GitHub Actions has no user.
        if (reply.Code == 403 && GitHubErrors.Everywhere(reply, connection.Now) is null)
            return SetupFinding.Ok("The token is one of GitHub Actions: it acts as github-actions[bot].");
        return reply.IsSuccess
            ? SetupFinding.Ok($"The token is good; it acts as {Reply.OneLine(Json.Text(reply.Body, "login"))}.")
            : throw GitHubErrors.Of(reply, "the account of the token", connection.Now);
    }

    private static SetupFinding? Expiry(string? header, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(header, ExpiryForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end))
            return null;
        return end - now < Soon
            ? SetupFinding.Warning($"The token ends on {end:yyyy-MM-dd HH:mm} UTC: after that nothing is read or written.", "Regenerate it on GitHub now, under Settings, Developer settings, Personal access tokens, and set the new one. An app's key has no end.")
            : SetupFinding.Ok($"The token lasts until {end:yyyy-MM-dd}.");
    }

    private async IAsyncEnumerable<SetupFinding> HooksAsync(GitHubConnection connection, RepositoryName repository, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reply = await connection.GetAsync($"{repository.Path}/hooks?per_page=100", cancellation);
        if (!reply.IsSuccess)
        {
            if (GitHubErrors.Everywhere(reply, connection.Now) is { } everywhere)
                throw everywhere;
            if (reply.Code is not (403 or 404))
                throw GitHubErrors.Of(reply, $"the webhooks of {repository}", connection.Now);
            yield return SetupFinding.Warning(
                $"Whether {repository} has a webhook cannot be seen with this token.", "To have it looked after, give the token the scope admin:repo_hook, or Webhooks: read and write where it is fine-grained; the account has to administer the repository.");
            yield break;
        }

        var ours = reply.Body.EnumerateArray().Where(IsOurs).ToList();
        if (ours.Count == 0)
            yield return SetupFinding.Warning(
                $"{repository} has no webhook that ends in {HookAddress.Path}: changes are seen by the hourly reconcile only.", $"Make one: backlog connect github {repository} --url https://YOUR-HOST");
        foreach (var hook in ours)
        {
            await foreach (var finding in HookAsync(connection, repository, hook, cancellation))
                yield return finding;
        }
    }

    private async IAsyncEnumerable<SetupFinding> HookAsync(
        GitHubConnection connection, RepositoryName repository, JsonElement hook, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var id = Json.Long(hook, "id");
        var (name, config) = ($"Webhook {id} of {repository}", Json.Object(hook, "config"));
        if (!Json.IsTrue(hook, "active"))
            yield return SetupFinding.Wrong($"{name} is switched off.", "Tick Active in the repository's settings, under Webhooks, or run 'backlog connect github' with --url.");
        foreach (var finding in HookCheck.Config(name, config, access.Address))
            yield return finding;
        foreach (var finding in HookCheck.Events(name, [.. Json.List(hook, "events").Select(e => e.ToString())], access.Address))
            yield return finding;
        yield return await DeliveryCheck.NewestAsync(
            connection, $"{repository.Path}/hooks/{id}/deliveries", $"webhook {id}", Uri.TryCreate(Json.TextOrNull(config, "url"), UriKind.Absolute, out var host) ? host : null, cancellation);
    }

    private static bool IsOurs(JsonElement hook) => Json.ObjectOrNull(hook, "config") is { } config && HookAddress.IsOurs(Json.TextOrNull(config, "url"));
}
