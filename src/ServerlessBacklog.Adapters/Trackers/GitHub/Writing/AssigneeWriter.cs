using Octokit;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>Assigns people. GitHub drops whom it cannot assign without a word, so its answer is looked at.</summary>
internal static class AssigneeWriter
{
    private const int Most = 10;

    public static async Task<string?> AssignAsync(Target target, string login, CancellationToken cancellation)
    {
        if (IsAssigned(target, login))
            return null;
        if (target.Now.Assignees.Count >= Most)
            return $"it has {Most} assignees, more than that GitHub does not take";
        cancellation.ThrowIfCancellationRequested();
        var issue = await target.Connection.Octokit.Issue.Assignee.AddAssignees(
            target.Repository.Owner, target.Repository.Name, target.Number, new AssigneesUpdate([login]));
        Keep(target, issue);
        return IsAssigned(target, login) ? null
            : $"GitHub dropped the assignment silently: {login} may not be assigned there, or the token may not assign";
    }

    public static async Task<string?> UnassignAsync(Target target, string login, CancellationToken cancellation)
    {
        if (!IsAssigned(target, login))
            return null;
        cancellation.ThrowIfCancellationRequested();
        var issue = await target.Connection.Octokit.Issue.Assignee.RemoveAssignees(
            target.Repository.Owner, target.Repository.Name, target.Number, new AssigneesUpdate([login]));
        Keep(target, issue);
        return IsAssigned(target, login) ? "GitHub left the assignment as it was: the token may not assign" : null;
    }

    private static bool IsAssigned(Target target, string login) => target.Now.Assignees.Contains(new Person(login));

    private static void Keep(Target target, Issue issue) =>
        target.Now = target.Now with { Assignees = [.. issue.Assignees.Select(a => new Person(a.Login))] };
}
