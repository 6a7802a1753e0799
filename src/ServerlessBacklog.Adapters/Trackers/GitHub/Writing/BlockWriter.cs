using ServerlessBacklog.Adapters.Trackers.GitHub.Api;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>
/// Changes a block of ours in the description. GitHub takes only whole descriptions and has no condition for them: it is read again right before, and
/// whatever people wrote meanwhile stops it.
/// </summary>
internal static class BlockWriter
{
    /// <summary>GitHub refuses longer ones with 422.</summary>
    private const int LongestBody = 65_536;

    /// <param name="edit">The description with the block in it, or out of it, or why that may not be.</param>
    public static async Task<string?> WriteAsync(Target target, Func<string, (string? Description, string? Why)> edit, CancellationToken cancellation)
    {
        var reply = await target.LookAsync(cancellation);
        if (!reply.IsSuccess)
            return GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere ? throw everywhere : Refusal.Of(reply);
        // Times on GitHub are whole seconds: the revision alone does not tell.
        if (Plain(target.Now.Body) != Plain(target.LookedBody))
            return Writer.Stale;
        var text = Json.TextOrNull(reply.Body, "body") ?? "";
        var (edited, why) = edit(text);
        if (edited is null || edited == text)
            return why;
        if (edited.Length > LongestBody)
            return "the description would become longer than GitHub takes";
        var written = await target.PatchAsync(new { body = edited }, cancellation);
        return written.IsSuccess ? null
            : GitHubErrors.Everywhere(written, target.Connection.Now) is { } stop ? throw stop
            : Refusal.Of(written);
    }

    /// <summary>Its interfaces differ in line ends.</summary>
    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
