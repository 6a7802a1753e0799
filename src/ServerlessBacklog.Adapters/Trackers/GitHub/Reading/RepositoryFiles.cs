using System.Text;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>
/// Small text files on the default branch (docs.github.com, "Repository contents"). Asked for as JSON, so that an unchanged file costs a request
/// that GitHub does not count.
/// </summary>
internal static class RepositoryFiles
{
    private const long Longest = 256 * 1024;

    /// <returns>Null when there is no such file, or no such repository to be seen: GitHub does not tell the two apart.</returns>
    /// <exception cref="UserErrorException">It may not be read, or is no small text file.</exception>
    public static async Task<TrackerFile?> ReadAsync(GitHubAccess access, RepositoryName name, string path, CancellationToken cancellation)
    {
        var what = $"the file {path} of {name}";
        GitHubConnection connection;
        try
        {
            connection = await access.ForAsync(name, cancellation);
        }
        catch (UserErrorException) when (access.Account is GitHubAccount.App)
        {
            // The app is not installed on this repository: what lies there is not for us.
            return null;
        }

        var reply = await connection.GetAsync($"{name.Path}/contents/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}", cancellation);
        if (reply.Code == 404)
            return null;
        if (reply.Code == 403 && GitHubErrors.Everywhere(reply, connection.Now) is null)
            throw new UserErrorException($"GitHub does not allow {what} to be read with these credentials. Give the token or the app Contents: read.");
        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, what, connection.Now);
        return Read(reply, what);
    }

    private static TrackerFile Read(Reply reply, string what)
    {
        try
        {
            if (Json.TextOrNull(reply.Body, "type") != "file" || Json.Long(reply.Body, "size") > Longest)
                throw new UserErrorException($"{what} is a link or a folder, or larger than {Longest / 1024} KiB. Put a small text file there.");
            var content = Json.TextOrNull(reply.Body, "encoding") == "base64" ? Json.TextOrNull(reply.Body, "content") ?? "" : throw new ShapeException("'encoding' is not base64");
            return new TrackerFile(Encoding.UTF8.GetString(Convert.FromBase64String(content)).TrimStart('\uFEFF'), Json.Text(reply.Body, "sha"));
        }
        catch (Exception fault) when (fault is ShapeException or FormatException or InvalidOperationException)
        {
            throw new HttpRequestException($"GitHub's answer for {what} is not as documented.", fault);
        }
    }
}
