using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>Where the app is installed, and whether each of these installations lets it work.</summary>
/// <param name="app">The app as GitHub shows it.</param>
internal sealed class InstallationCheck(GitHubAccess access, JsonElement app)
{
    public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<RepositoryName> repositories, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var connection = access.App!.Value;
        var all = new List<JsonElement>();
        for (Uri? next = new(access.Address.Rest, "app/installations?per_page=100"); next is not null;)
        {
            var page = await connection.SendAsync(HttpMethod.Get, next, null, Http.RequestKind.Read, cancellation);
            if (!page.IsSuccess || page.Body.ValueKind != JsonValueKind.Array)
                throw GitHubErrors.Of(page, "the app's installations", connection.Now);
            all.AddRange(page.Body.EnumerateArray());
            next = page.Link("next");
        }

        if (all.Count == 0)
            yield return SetupFinding.Wrong("The app is installed nowhere: nothing can be read and nothing comes in.", $"Install it: {InstallLink(app)}");
        foreach (var installation in all)
            yield return Of(installation);
        foreach (var repository in repositories)
        {
            await foreach (var finding in RepositoryAsync(connection, repository, cancellation))
                yield return finding;
        }
    }

    /// <summary>Where the app can be installed, on GitHub's own pages.</summary>
    public static string InstallLink(JsonElement app) => $"{Reply.OneLine(Json.Text(app, "html_url")).TrimEnd('/')}/installations/new";

    private SetupFinding Of(JsonElement installation)
    {
        var owner = OwnerOf(installation);
        if (Json.Find(installation, "suspended_at") is not null)
            return SetupFinding.Wrong($"The installation for {owner} is suspended: nothing comes in from there.", $"Unsuspend it in the settings of {owner}, under GitHub Apps.");
        var (asked, granted) = (Json.Object(app, "permissions"), Json.ObjectOrNull(installation, "permissions"));
        var waiting = GitHubNeeds.Permissions
            .Where(need => GitHubNeeds.Covers(Json.TextOrNull(asked, need.Name), need.Level)
                && !(granted is { } have && GitHubNeeds.Covers(Json.TextOrNull(have, need.Name), need.Level)))
            .ToList();
        if (waiting.Count == 0)
            return SetupFinding.Ok($"It is installed for {owner}.");
        // What is least needed decides last: one that nothing works without makes it wrong.
        var state = waiting.Exists(n => n.Without == SetupState.Wrong) ? SetupState.Wrong : SetupState.Warning;
        return new SetupFinding(
            state, $"{owner} has not accepted yet: {string.Join(", ", waiting.Select(n => n.Words))}.", $"Accept the new permissions in the settings of {owner}, under GitHub Apps, Review request.");
    }

    private async IAsyncEnumerable<SetupFinding> RepositoryAsync(
        GitHubConnection connection, RepositoryName repository, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reply = await connection.GetAsync($"{repository.Path}/installation", cancellation);
        if (reply.Code == 404)
        {
            yield return SetupFinding.Wrong($"The app is not installed on {repository}, or there is no such repository.", $"Install it, or add the repository to what it may see: {InstallLink(app)}");
            yield break;
        }

        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, $"the app's installation on {repository}", connection.Now);
        // A suspended one gives no token to look any further; it was told above.
        if (Json.Find(reply.Body, "suspended_at") is not null)
            yield break;
        await foreach (var finding in RepositoryCheck.CheckAsync(await access.ForAsync(repository, cancellation), repository, cancellation))
            yield return finding;
    }

    private static string OwnerOf(JsonElement installation) =>
        Json.ObjectOrNull(installation, "account") is { } account ? Reply.OneLine(Json.TextOrNull(account, "login") ?? Json.TextOrNull(account, "slug") ?? "an enterprise") : "somebody";
}
