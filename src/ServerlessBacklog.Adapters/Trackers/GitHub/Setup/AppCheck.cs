using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>The app: whether GitHub knows it, what it may, its webhook, and where it is installed.</summary>
internal sealed class AppCheck(GitHubAccess access, GitHubOptions options)
{
    public const string Hook = "The app's webhook";

    /// <summary>GitHub takes a token up to a minute before and after its time.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(1);

    public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<RepositoryName> repositories, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var connection = access.App!.Value;
        var reply = await connection.GetAsync("app", cancellation);
        if (NotKnown(reply, connection.Now) is { } unknown)
        {
            yield return unknown;
            yield break;
        }

        var app = reply.Body;
        foreach (var finding in Identity(app).Concat(Permissions(app)))
            yield return finding;
        foreach (var finding in HookCheck.Events(Hook, [.. Json.List(app, "events").Select(e => e.ToString())], access.Address))
            yield return finding;
        await foreach (var finding in HookAsync(connection, cancellation))
            yield return finding;
        await foreach (var finding in new InstallationCheck(access, app).CheckAsync(repositories, cancellation))
            yield return finding;
    }

    /// <summary>What a refusal of the app's own signature means; null when it was accepted.</summary>
    public static SetupFinding? NotKnown(Reply reply, DateTimeOffset now)
    {
        if (reply.IsSuccess)
            return null;
        if (reply.Code is not (401 or 404))
            throw GitHubErrors.Of(reply, "the app", now);
        if (reply.Code == 401 && reply.Headers.Date is { } theirs && (theirs - now).Duration() > MostSkew)
            return SetupFinding.Wrong(
                $"GitHub refuses the app's signature (401): the clock of this machine is {Minutes(theirs - now)} {(theirs > now ? "behind" : "ahead of")} GitHub's.",
                "Set the clock, and let it be kept by time synchronization.");
        return SetupFinding.Wrong(
            $"GitHub refuses the app's signature ({reply.Code}): GitHub:PrivateKey is no key of the app that GitHub:AppId or GitHub:ClientId names.",
            "Make a new private key in the settings of the app, under Private keys, and set it together with the App ID that stands at the top of the same page.");
    }

    private IEnumerable<SetupFinding> Identity(JsonElement app)
    {
        var (id, slug) = (Json.Long(app, "id"), Json.Text(app, "slug"));
        yield return SetupFinding.Ok($"GitHub knows the app '{Reply.OneLine(slug)}' (id {id}).");
        if (options.AppSlug is { } told && !told.Equals(slug, StringComparison.OrdinalIgnoreCase))
            yield return SetupFinding.Wrong($"GitHub:AppSlug is not the app's: its own changes would be taken for those of a stranger.", $"Set GitHub:AppSlug to {Reply.OneLine(slug)}, or leave it out.");
        if (options is { ClientId: not null, AppId: { } number } && number != $"{id}")
            yield return SetupFinding.Wrong($"GitHub:AppId and GitHub:ClientId belong to different apps.", $"Set GitHub:AppId to {id}, or leave it out.");
    }

    private static IEnumerable<SetupFinding> Permissions(JsonElement app)
    {
        var granted = Json.Object(app, "permissions");
        var missing = GitHubNeeds.Permissions.Where(p => !GitHubNeeds.Covers(Json.TextOrNull(granted, p.Name), p.Level)).ToList();
        foreach (var need in missing)
            yield return new SetupFinding(
                need.Without, $"The app has no permission '{need.Words}': the program {need.Why}.",
                "Grant it in the settings of the app, under Permissions & events; then each owner who has installed it is asked to accept.");
        if (missing.All(p => p.Without == SetupState.Off))
            yield return SetupFinding.Ok($"The app has the permissions that are needed: {string.Join(", ", GitHubNeeds.Permissions.Except(missing).Select(p => $"{p.Name} {p.Level}"))}.");
    }

    private async IAsyncEnumerable<SetupFinding> HookAsync(GitHubConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reply = await connection.GetAsync("app/hook/config", cancellation);
        if (reply.Code == 404)
        {
            yield return SetupFinding.Wrong(
                "The app has no webhook: changes are seen by the hourly reconcile only.", "Tick Active in the settings of the app, under Webhook, then run 'backlog connect github OWNER/REPO --url https://YOUR-HOST'.");
            yield break;
        }

        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, "the app's webhook", connection.Now);
        foreach (var finding in HookCheck.Config(Hook, reply.Body, access.Address))
            yield return finding;
        if (Uri.TryCreate(Json.TextOrNull(reply.Body, "url"), UriKind.Absolute, out var host))
            yield return await DeliveryCheck.NewestAsync(connection, AppHook.Deliveries, "the app's webhook", host, cancellation);
    }

    private static string Minutes(TimeSpan skew) => skew.Duration() is var off && off < TimeSpan.FromHours(2) ? $"{off.TotalMinutes:0} min" : $"{off.TotalHours:0} h";
}
