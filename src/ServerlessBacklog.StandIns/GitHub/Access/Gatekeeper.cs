using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.Access;

/// <summary>Who may see and change what.</summary>
internal static class Gatekeeper
{
    /// <summary>The repository as far as the caller may see it.</summary>
    public static bool CanSee(Caller caller, Repo repo) => caller.Kind switch
    {
        CallerKind.App => false,
        CallerKind.Installation => (!repo.IsPrivate || Covers(caller, repo)) && Grants(caller, "metadata", write: false),
        CallerKind.User => !repo.IsPrivate || repo.Role(caller.Account!.Login) is not null,
        _ => !repo.IsPrivate,
    };

    /// <summary>Reading issues of a repository that can be seen.</summary>
    public static void DemandRead(Caller caller, Repo repo)
    {
        if (caller.Kind == CallerKind.User && repo.NeedsSingleSignOn)
            throw Refusals.SingleSignOn(repo.Owner.Login);
        if (caller.Kind == CallerKind.Installation && Covers(caller, repo) && !Grants(caller, "issues", write: false) && repo.IsPrivate)
            throw Refusals.NotWithIntegration();
        if (!repo.HasIssues)
            throw Refusals.Of(410, "Issues has been disabled in this repository.");
    }

    /// <summary>Files of a repository that can be seen. What is public anybody may read.</summary>
    public static void DemandContents(Caller caller, Repo repo)
    {
        if (caller.Kind == CallerKind.User && repo.NeedsSingleSignOn)
            throw Refusals.SingleSignOn(repo.Owner.Login);
        if (caller.Kind == CallerKind.Installation && Covers(caller, repo) && !Grants(caller, "contents", write: false) && repo.IsPrivate)
            throw Refusals.NotWithIntegration();
    }

    /// <summary>Opening issues and commenting: anyone who is signed in may.</summary>
    public static Doer DemandVoice(Caller caller, Repo repo, World world)
    {
        if (caller.Kind == CallerKind.Anonymous)
            throw Refusals.Of(401, "Requires authentication");
        DemandRead(caller, repo);
        if (repo.IsArchived)
            throw Refusals.Of(403, "Repository was archived so is read-only.");
        if (caller.Kind == CallerKind.Installation)
            return Covers(caller, repo) && Grants(caller, "issues", write: true) ? world.AppDoer : throw Refusals.NotWithIntegration();
        return new Doer(caller.Account!);
    }

    /// <summary>Labels, assignees, state: those who triage may.</summary>
    public static Doer DemandTriage(Caller caller, Repo repo, World world)
    {
        var doer = DemandVoice(caller, repo, world);
        return MayTriage(caller, repo) ? doer : throw Refusals.Of(403, "Must have admin rights to Repository.");
    }

    public static bool MayTriage(Caller caller, Repo repo) =>
        caller.Kind == CallerKind.Installation || (caller.Account is { } account && repo.CanTriage(account.Login));

    private static bool Covers(Caller caller, Repo repo) =>
        caller.Installation!.Covers(repo) && (caller.Repositories is null || caller.Repositories.Contains(repo.Id));

    private static bool Grants(Caller caller, string permission, bool write) =>
        caller.Permissions is { } have && have.TryGetValue(permission, out var level) && (!write || level is "write" or "admin");
}
