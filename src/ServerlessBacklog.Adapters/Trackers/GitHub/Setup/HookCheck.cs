using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>How a webhook is set up: where it sends to, in which form, over which connection, and what it is told of.</summary>
internal static class HookCheck
{
    private const string Again = "Run 'backlog connect github OWNER/REPO --url https://YOUR-HOST' to set it right.";

    /// <param name="hook">The webhook as the subject of a sentence: <c>The app's webhook</c>.</param>
    public static IEnumerable<SetupFinding> Config(string hook, JsonElement config, GitHubAddress gitHub)
    {
        var url = Json.TextOrNull(config, "url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            yield return SetupFinding.Wrong($"{hook} has no address to send to.", Again);
            yield break;
        }

        var isWhole = true;
        foreach (var problem in Problems(hook, address, config, gitHub))
        {
            isWhole = false;
            yield return problem;
        }

        if (isWhole)
            yield return SetupFinding.Ok($"{hook} sends JSON to {Shown(address)}.");
    }

    public static IEnumerable<SetupFinding> Events(string hook, IReadOnlyCollection<string> events, GitHubAddress gitHub)
    {
        if (events.Contains("*"))
        {
            yield return SetupFinding.Ok($"{hook} is told of everything that happens; {string.Join(", ", GitHubNeeds.AllEvents)} would do.");
            yield break;
        }

        var missing = GitHubNeeds.Events.Where(e => !events.Contains(e.Name)).ToList();
        foreach (var need in missing)
            yield return Missing(hook, need, gitHub);
        if (missing.Count == 0)
            yield return SetupFinding.Ok($"{hook} is told of {string.Join(", ", GitHubNeeds.AllEvents)}.");
    }

    private static IEnumerable<SetupFinding> Problems(string hook, Uri address, JsonElement config, GitHubAddress gitHub)
    {
        if (!HookAddress.IsOurs(address.OriginalString))
            yield return SetupFinding.Wrong($"{hook} sends to {Shown(address)}, which does not end in {HookAddress.Path}.", Again);
        if (address.Scheme != "https" && !(address.IsLoopback && gitHub.Rest.IsLoopback))
            yield return SetupFinding.Wrong($"{hook} sends over {address.Scheme}: what issues say travels unprotected.", Again);
        if (Json.TextOrNull(config, "content_type") is var type && type != "json")
            yield return SetupFinding.Wrong($"{hook} sends form data, which the host refuses (415).", $"Choose application/json as its content type. {Again}");
        if (Json.Find(config, "insecure_ssl")?.ToString() is not (null or "0"))
            yield return SetupFinding.Warning($"{hook} does not verify certificates: anybody between GitHub and the host could read along.", $"Enable SSL verification. {Again}");
        if (Json.TextOrNull(config, "secret") is null)
            yield return SetupFinding.Wrong($"{hook} has no secret, so that its calls prove nothing and are refused (401).", Again);
    }

    private static SetupFinding Missing(string hook, NeededEvent need, GitHubAddress gitHub)
    {
        var what = $"{hook} is not told of '{need.Name}' ({need.When}).";
        var mend = $"Subscribe to {need.Words} in its settings on GitHub, under events.";
        return need.Without == SetupState.Wrong ? SetupFinding.Wrong(what, mend)
            : gitHub.IsCloud || gitHub.Rest.IsLoopback ? SetupFinding.Warning(what, $"{mend} Without it the change is seen by the hourly reconcile.")
            : SetupFinding.Off(what, $"{mend} A server that does not offer it yet leaves that to the hourly reconcile.");
    }

    private static string Shown(Uri address) => Reply.OneLine(address.GetLeftPart(UriPartial.Path));
}
