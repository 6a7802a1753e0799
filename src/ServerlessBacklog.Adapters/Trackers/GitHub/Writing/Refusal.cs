using ServerlessBacklog.Adapters.Trackers.GitHub.Api;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>Why GitHub did not make a change, in one clause for people.</summary>
internal static class Refusal
{
    public static string Of(Reply reply) => reply.Code switch
    {
        403 when Has(reply, "locked") => "the conversation is locked",
        403 when Has(reply, "archived") => "the repository is archived: it can only be read",
        403 when Has(reply, "not accessible") || Has(reply, "admin rights") || Has(reply, "permission") || Has(reply, "write access") => GitHubErrors.NoWriteRight,
        403 => $"GitHub does not allow it{Said(reply)}",
        404 => $"GitHub does not find it: it is gone, or {GitHubErrors.NoWriteRight}",
        410 => "the item is gone, or the repository's issues are switched off",
        422 => $"GitHub does not take the change{Said(reply)}",
        _ => $"GitHub answered {reply.Code}{Said(reply)}",
    };

    private static bool Has(Reply reply, string words) => reply.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string Said(Reply reply) => reply.Message.Length > 0 ? $" ({reply.Message.TrimEnd('.')})" : "";
}
