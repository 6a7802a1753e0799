using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Tending;

/// <summary>
/// Looks after webhooks: GitHub never sends a failed delivery again by itself, so it is asked to, and an installation that is gone or
/// suspended is an alarm.
/// </summary>
internal sealed class HookTender(GitHubAccess access)
{
    public async Task<HookReport> TendAsync(IReadOnlyList<string> projects, CancellationToken cancellation)
    {
        var repositories = projects.Select(RepositoryName.TryParse).OfType<RepositoryName>().Distinct().ToList();
        try
        {
            return access.Account switch
            {
                GitHubAccount.App => await TendAppAsync(repositories, cancellation),
                GitHubAccount.Token => await TendRepositoriesAsync(repositories, cancellation),
                _ => HookReport.Nothing,
            };
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer about webhooks is not as documented: {error.Message}.", error);
        }
    }

    private async Task<HookReport> TendAppAsync(List<RepositoryName> repositories, CancellationToken cancellation)
    {
        var app = access.App!.Value;
        var (alarms, cleared) = (new List<Alarm>(), new List<string>());
        foreach (var repository in repositories)
        {
            var key = $"github:installation:{repository}";
            var reply = await app.GetAsync($"{repository.Path}/installation", cancellation);
            if (reply.Code == 404)
                alarms.Add(new Alarm(key, $"The GitHub app is not installed on {repository} any more: nothing comes in and nothing can be written. Install it again from the app's page.", app.Now));
            else if (!reply.IsSuccess)
                throw GitHubErrors.Of(reply, $"the app's installation on {repository}", app.Now);
            else if (Json.Find(reply.Body, "suspended_at") is not null)
                alarms.Add(new Alarm(key, $"The installation of the GitHub app on {repository} is suspended. Unsuspend it in the settings of {repository.Owner}, under GitHub Apps.", app.Now));
            else
                cleared.Add(key);
            if (!cleared.Contains(key))
                access.Forget(repository);
        }

        return new HookReport(await FailedDeliveries.AskAgainAsync(app, "app/hook/deliveries", cancellation), alarms, cleared);
    }

    private async Task<HookReport> TendRepositoriesAsync(List<RepositoryName> repositories, CancellationToken cancellation)
    {
        var (redelivered, alarms, cleared) = (0, new List<Alarm>(), new List<string>());
        foreach (var repository in repositories)
        {
            var connection = await access.ForAsync(repository, cancellation);
            var hooks = await connection.GetAsync($"{repository.Path}/hooks?per_page=100", cancellation);
            // Most tokens may not read webhooks, and need not.
            if (!hooks.IsSuccess && hooks.Code is not (403 or 404))
                throw GitHubErrors.Of(hooks, $"the webhooks of {repository}", connection.Now);
            if (!hooks.IsSuccess)
            {
                if (GitHubErrors.Everywhere(hooks, connection.Now) is BudgetExhaustedException budget)
                    throw budget;
                continue;
            }

            foreach (var hook in hooks.Body.EnumerateArray().Where(IsOurs))
            {
                var (id, key) = (Json.Long(hook, "id"), $"github:hook:{repository}:{Json.Long(hook, "id")}");
                if (Json.IsTrue(hook, "active"))
                    cleared.Add(key);
                else
                    alarms.Add(new Alarm(key, $"A webhook of {repository} that points here is switched off. Set it to active in the repository's settings, under Webhooks.", connection.Now));
                redelivered += await FailedDeliveries.AskAgainAsync(connection, $"{repository.Path}/hooks/{id}/deliveries", cancellation);
            }
        }

        return new HookReport(redelivered, alarms, cleared);
    }

    private static bool IsOurs(System.Text.Json.JsonElement hook) =>
        Json.ObjectOrNull(hook, "config") is { } config && HookAddress.IsOurs(Json.TextOrNull(config, "url"));
}
