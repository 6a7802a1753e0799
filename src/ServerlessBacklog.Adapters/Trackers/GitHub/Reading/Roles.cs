using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>What people may do in a repository, asked anew each time (https://docs.github.com/rest/collaborators/collaborators).</summary>
internal sealed partial class Roles(GitHubAccess access)
{
    /// <exception cref="UserErrorException">The roles of others, or the repository, may not be seen with these credentials.</exception>
    public async Task<TrackerRole> OfAsync(string project, Person person, CancellationToken cancellation)
    {
        var repository = RepositoryName.Parse(project);
        var connection = await access.ForAsync(repository, cancellation);
        try
        {
            // What is no login would lead to another address.
            if (!Login().IsMatch(person.Login))
                return await OfStrangersAsync(connection, repository, cancellation);
            var reply = await connection.GetAsync($"{repository.Path}/collaborators/{Uri.EscapeDataString(person.Login)}/permission", cancellation);
            return reply.IsSuccess ? RoleOf(reply.Body)
                : reply.Code == 404 ? await OfStrangersAsync(connection, repository, cancellation)
                : throw Refused(reply, repository, connection);
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer for a role in {repository} is not as documented: {error.Message}.", error);
        }
    }

    /// <summary>A role that an organization has made itself counts as the one that it was made from.</summary>
    private static TrackerRole RoleOf(JsonElement answer) =>
        RoleOf(Json.TextOrNull(answer, "role_name")) ?? RoleOf(Json.TextOrNull(answer, "permission")) ?? TrackerRole.None;

    private static TrackerRole? RoleOf(string? word) => word switch
    {
        "admin" => TrackerRole.Admin,
        "maintain" or "write" => TrackerRole.Writer,
        "triage" => TrackerRole.Triager,
        "read" => TrackerRole.Reader,
        "none" => TrackerRole.None,
        _ => null,
    };

    /// <summary>Everybody reads what is public.</summary>
    private static async Task<TrackerRole> OfStrangersAsync(GitHubConnection connection, RepositoryName repository, CancellationToken cancellation)
    {
        var reply = await connection.DemandAsync(repository.Path, $"the repository {repository}", cancellation);
        return Json.Find(reply.Body, "private") is { ValueKind: JsonValueKind.False } ? TrackerRole.Reader : TrackerRole.None;
    }

    private static Exception Refused(Reply reply, RepositoryName repository, GitHubConnection connection) =>
        connection.IsAnonymous && reply.Code == 401 ? new UserErrorException(
            $"GitHub tells nobody's role in {repository} without credentials. Set GITHUB_TOKEN, or install the app on it.")
        : GitHubErrors.Everywhere(reply, connection.Now) is { } everywhere ? everywhere
        : reply.Code == 403 ? new UserErrorException(
            $"GitHub does not tell the roles of others in {repository} with these credentials. Use the app, or a token whose owner may push there (role Write); a fine-grained one needs Metadata: read.")
        : GitHubErrors.Of(reply, $"roles in {repository}", connection.Now);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?\z")]
    private static partial Regex Login();
}
