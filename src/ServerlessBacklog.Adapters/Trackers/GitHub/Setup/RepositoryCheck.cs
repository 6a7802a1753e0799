using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>A repository as these credentials see it.</summary>
internal static class RepositoryCheck
{
    public static async IAsyncEnumerable<SetupFinding> CheckAsync(
        GitHubConnection connection, RepositoryName repository, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var reply = await connection.GetAsync(repository.Path, cancellation);
        if (!reply.IsSuccess)
        {
            yield return Refused(reply, repository, connection);
            yield break;
        }

        var isUsable = true;
        if (Json.IsTrue(reply.Body, "archived"))
        {
            isUsable = false;
            yield return SetupFinding.Wrong($"{repository} is archived: it can be read and nothing can be written.", "Unarchive it in its settings on GitHub, or do without changes there.");
        }

        if (Json.Find(reply.Body, "has_issues") is { ValueKind: JsonValueKind.False })
        {
            isUsable = false;
            yield return SetupFinding.Wrong($"{repository} has its issues switched off.", "Switch them on in its settings on GitHub, under Features.");
        }

        if (isUsable)
            yield return Rights(reply.Body, repository);
    }

    /// <summary>Of an app and of nobody GitHub says no rights here.</summary>
    private static SetupFinding Rights(JsonElement body, RepositoryName repository)
    {
        if (Json.ObjectOrNull(body, "permissions") is not { } rights)
            return SetupFinding.Ok($"{repository} can be read, and has its issues switched on.");
        const string All = "the token's account may label, assign and close there";
        return Json.IsTrue(rights, "push") ? SetupFinding.Ok($"{repository} can be read; {All}.")
            : Json.IsTrue(rights, "triage") ? new SetupFinding(
                SetupState.Ok, $"{repository} can be read; {All}.",
                "To take commands from people, give the account the role Write: GitHub tells the roles of others to those only who may push.")
            : SetupFinding.Warning(
                $"{repository} can be read; the token's account may comment there, not label or close.",
                "Give the account the role Triage or more in the repository's settings, under Collaborators and teams. For reading and shadow mode it is enough as it is.");
    }

    private static SetupFinding Refused(Reply reply, RepositoryName repository, GitHubConnection connection) =>
        GitHubErrors.Of(reply, $"the repository {repository}", connection.Now) is UserErrorException wrong
            ? SetupFinding.Wrong($"{repository} cannot be read ({reply.Code}).", wrong.Message)
            : throw GitHubErrors.Of(reply, $"the repository {repository}", connection.Now);
}
