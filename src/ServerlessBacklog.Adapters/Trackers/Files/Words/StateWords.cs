using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Words;

/// <summary>
/// Reads the state words of trackers onto open, started and closed. Case, <c>_</c> and <c>-</c> do not matter. A word that is not
/// in the table is null, never a guess.
/// </summary>
public static class StateWords
{
    public static WorkItemState? Read(string? word) => Normalise(word) switch
    {
        // Bugzilla, Jira, GitHub, GitLab, Azure DevOps (Proposed category), beads.
        "open" or "opened" or "new" or "unconfirmed" or "confirmed" or "reopened" or "to do" or "todo" or "backlog" or "proposed"
            or "approved" or "accepted" or "ready" or "triage" or "triaged" or "needs triage" or "pending" or "planned" or "deferred"
            or "selected for development" or "to be reviewed" or "requested" or "design" => WorkItemState.Open,

        // Somebody works on it, or works and cannot move. ASSIGNED is Bugzilla's word for work under way, Active and Committed Azure's.
        "in progress" or "inprogress" or "started" or "active" or "doing" or "assigned" or "committed" or "wip" or "in development"
            or "in dev" or "developing" or "implementing" or "in review" or "review" or "code review" or "under review"
            or "patch available" or "in testing" or "testing" or "in test" or "ready for test" or "in qa" or "qa" or "ready for review"
            or "blocked" or "on hold" or "waiting" or "waiting for review" or "hooked" => WorkItemState.Started,

        "closed" or "close" or "done" or "complete" or "completed" or "resolved" or "verified" or "fixed" or "merged" or "finished"
            or "released" or "deployed" or "shipped" or "delivered" or "removed" or "deleted" or "archived" or "cancelled" or "canceled"
            or "rejected" or "declined" or "abandoned" or "inactive" or "obsolete" or "invalid" or "duplicate" or "wontfix"
            or "won't fix" or "won't do" or "not planned" or "tombstone" => WorkItemState.Closed,
        _ => null,
    };

    private static string? Normalise(string? word)
    {
        if (string.IsNullOrWhiteSpace(word))
            return null;
        var parts = word.ToLowerInvariant().Replace('’', '\'').Split([' ', '_', '-', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', parts);
    }
}
