using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Acts;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>What people do on the web site. Each act has been told to all hooks when its task ends; sending goes on in the background.</summary>
public sealed partial class GitHubStandIn
{
    /// <summary>Makes a repository. Its owner is made if need be, and the app is installed for him unless told otherwise.</summary>
    public Task CreateRepositoryAsync(string repository, GitHubRepositorySetup? setup = null) => Do(() =>
    {
        setup ??= new GitHubRepositorySetup();
        var (owner, name) = repository.Split('/') is [var o, var n] ? (o, n) : throw new ArgumentException("owner/name is expected", nameof(repository));
        var account = world.Account(owner, setup.IsOrganization ? "Organization" : "User");
        var repo = new Repo(world.NextId(), account, name, world.Now)
        {
            IsPrivate = setup.IsPrivate, HasIssues = setup.HasIssues, IsArchived = setup.IsArchived, NeedsSingleSignOn = setup.NeedsSingleSignOn,
        };
        repo.Labels.AddRange(setup.Labels.Select(l => new LabelDefinition(world.NextId(), l, "ededed", null)));
        foreach (var (role, made) in setup.CustomRoles)
            repo.CustomRoles[role] = made;
        repo.Types.AddRange(setup.IssueTypes.Select(t => new IssueKind(world.NextId(), t)));
        foreach (var (login, role) in setup.Roles)
        {
            repo.People.Add(world.Account(login));
            repo.Roles[login] = role;
        }

        world.Repos.Add(repo);
        if (setup.IsAppInstalled && !world.Installations.Exists(i => i.Account == account))
            world.Installations.Add(new Installation(world.NextId(), account));
        else if (!setup.IsAppInstalled && world.Installations.Find(i => i.Account == account) is { } installation)
            installation.Withheld.Add(repo.Id);
    });

    public Task RenameRepositoryAsync(string repository, string name) => Do(() => world.Rename(RepoOf(repository), name));

    public Task<int> OpenIssueAsync(string repository, string user, string title, string? body = null, params string[] labels) => Do(() =>
    {
        var (repo, doer) = (RepoOf(repository), Person(user));
        var issue = acts.Open(repo, doer, title, body);
        foreach (var label in labels)
            acts.AddLabel(issue, doer, acts.LabelNamed(repo, doer, label));
        return issue.Number;
    });

    public Task EditAsync(string repository, int number, string user, string? title = null, string? body = null) => On(repository, number, user,
        (issue, doer) => acts.Edit(issue, doer, title ?? issue.Title, body ?? issue.Body));

    public Task<long> CommentAsync(string repository, int number, string user, string body) =>
        Do(() => acts.Comment(IssueOf(repository, number), Person(user), body).Id);

    public Task EditCommentAsync(string repository, long commentId, string user, string body) =>
        Do(() => acts.Edit(CommentOf(repository, commentId), Person(user), body));

    public Task DeleteCommentAsync(string repository, long commentId, string user) =>
        Do(() => acts.Delete(CommentOf(repository, commentId), Person(user)));

    public Task LabelAsync(string repository, int number, string user, string label) => On(repository, number, user,
        (issue, doer) => acts.AddLabel(issue, doer, acts.LabelNamed(issue.Repo, doer, label)));

    public Task UnlabelAsync(string repository, int number, string user, string label) => On(repository, number, user,
        (issue, doer) => acts.RemoveLabel(issue, doer, issue.Repo.Label(label) ?? throw new ArgumentException("no such label", nameof(label))));

    public Task AssignAsync(string repository, int number, string user, string assignee) => On(repository, number, user,
        (issue, doer) => acts.Assign(issue, doer, world.Account(assignee)));

    public Task UnassignAsync(string repository, int number, string user, string assignee) => On(repository, number, user,
        (issue, doer) => acts.Unassign(issue, doer, world.Account(assignee)));

    /// <param name="type">null takes the type away.</param>
    public Task SetTypeAsync(string repository, int number, string user, string? type) => On(repository, number, user,
        (issue, doer) => acts.SetType(issue, doer, type is null ? null : issue.Repo.Types.Single(t => t.Name == type)));

    /// <param name="reason">completed, not_planned or duplicate.</param>
    public Task CloseAsync(string repository, int number, string user, string reason = "completed") => On(repository, number, user,
        (issue, doer) => acts.Close(issue, doer, reason));

    public Task ReopenAsync(string repository, int number, string user) => On(repository, number, user, acts.Reopen);

    public Task LockAsync(string repository, int number, string user, bool on = true) => On(repository, number, user,
        (issue, doer) => acts.Lock(issue, doer, on, null));

    public Task ReactAsync(string repository, int number, string user, string content) => On(repository, number, user,
        (issue, doer) => acts.React(issue.Reactions, doer.Account, content));

    /// <param name="content">+1, -1, laugh, confused, heart, hooray, rocket or eyes. A login that ends with <c>[bot]</c> is a bot's.</param>
    public Task ReactToCommentAsync(string repository, long commentId, string user, string content) =>
        Do(() => acts.React(CommentOf(repository, commentId).Reactions, Person(user).Account, content));

    public Task AddSubIssueAsync(string repository, int parent, int child, string user) => On(repository, parent, user,
        (issue, doer) => Refuse(acts.AddSubIssue(issue, IssueOf(repository, child), doer, replaceParent: false)));

    public Task AddBlockedByAsync(string repository, int blocked, int blocking, string user) => On(repository, blocked, user,
        (issue, doer) => Refuse(acts.AddBlockedBy(issue, IssueOf(repository, blocking), doer)));

    public Task RemoveBlockedByAsync(string repository, int blocked, int blocking, string user) => On(repository, blocked, user,
        (issue, doer) => acts.RemoveBlockedBy(issue, IssueOf(repository, blocking), doer));

    public Task DeleteAsync(string repository, int number, string user) => On(repository, number, user, acts.Delete);

    /// <returns>The number in the other repository.</returns>
    public Task<int> TransferAsync(string repository, int number, string user, string to) =>
        Do(() => acts.Transfer(IssueOf(repository, number), RepoOf(to), Person(user)).Number);

    /// <summary>What the app may do for an owner from now on: <c>issues</c> → <c>read</c>.</summary>
    public Task GrantAsync(string owner, IReadOnlyDictionary<string, string> permissions) =>
        Do(() => InstallationOf(owner).Permissions = new Dictionary<string, string>(permissions));

    public Task SuspendAppAsync(string owner, bool on = true) => Do(() =>
    {
        InstallationOf(owner).IsSuspended = on;
        TellInstallation(owner, on ? "suspend" : "unsuspend");
    });

    /// <summary>Installs the app for an owner, on all of his repositories.</summary>
    public Task InstallAppAsync(string owner) => Do(() =>
    {
        world.Installations.RemoveAll(i => i.Account.Login == owner);
        world.Installations.Add(new Installation(world.NextId(), world.FindAccount(owner) ?? throw new ArgumentException($"There is no {owner} here.", nameof(owner))));
        TellInstallation(owner, "created");
    });

    public Task UninstallAppAsync(string owner) => Do(() =>
    {
        TellInstallation(owner, "deleted");
        world.Installations.Remove(InstallationOf(owner));
    });

    /// <summary>The id of the app's installation for an owner.</summary>
    public long InstallationId(string owner)
    {
        lock (world.Gate)
            return InstallationOf(owner).Id;
    }

    private void TellInstallation(string owner, string action)
    {
        var installation = InstallationOf(owner);
        hooks.RaiseForApp("installation", action, installation.Id, new JsonObject
        {
            ["action"] = action,
            ["installation"] = new JsonObject
            {
                ["id"] = installation.Id, ["account"] = hooks.Shapes.Account(installation.Account), ["app_id"] = world.App.Id,
                ["app_slug"] = world.App.Slug, ["permissions"] = Shapes.Map(installation.Permissions ?? world.App.Permissions),
            },
            ["repositories"] = Shapes.Array(world.Repos.Where(installation.Covers).Select(r => new JsonObject
            {
                ["id"] = r.Id, ["node_id"] = r.NodeId, ["name"] = r.Name, ["full_name"] = r.FullName, ["private"] = r.IsPrivate,
            })),
            ["sender"] = hooks.Shapes.Account(installation.Account),
        });
    }

    private Task On(string repository, int number, string user, Action<Issue, Doer> act) => Do(() => act(IssueOf(repository, number), Person(user)));

    private Task Do(Action act)
    {
        lock (world.Gate)
            act();
        return Task.CompletedTask;
    }

    private Task<T> Do<T>(Func<T> act)
    {
        lock (world.Gate)
            return Task.FromResult(act());
    }

    private static void Refuse(string? why)
    {
        if (why is not null)
            throw new InvalidOperationException(why);
    }

    private Doer Person(string user) => new(world.Account(user));

    private Repo RepoOf(string name) => world.Repo(name) ?? throw new ArgumentException($"There is no repository {name} here.", nameof(name));

    private Issue IssueOf(string repository, int number) =>
        RepoOf(repository).Issues.GetValueOrDefault(number) ?? throw new ArgumentException($"There is no issue {repository}#{number} here.", nameof(number));

    private Comment CommentOf(string repository, long id) => RepoOf(repository).Issues.Values.SelectMany(i => i.Comments).Single(c => c.Id == id);

    private Installation InstallationOf(string owner) =>
        world.Installations.Find(i => i.Account.Login == owner) ?? throw new ArgumentException($"The app is not installed for {owner}.", nameof(owner));
}

/// <summary>How a repository begins.</summary>
public sealed record GitHubRepositorySetup
{
    public bool IsOrganization { get; init; } = true;

    public bool IsPrivate { get; init; }

    public bool HasIssues { get; init; } = true;

    public bool IsArchived { get; init; }

    /// <summary>True when user tokens are refused until they are authorized for single sign-on.</summary>
    public bool NeedsSingleSignOn { get; init; }

    public bool IsAppInstalled { get; init; } = true;

    public IReadOnlyList<string> Labels { get; init; } = ["bug", "enhancement", "question", "duplicate"];

    /// <summary>Organizations only.</summary>
    public IReadOnlyList<string> IssueTypes { get; init; } = ["Bug", "Feature", "Task"];

    /// <summary>Login → admin, maintain, write, triage, read or one of <see cref="CustomRoles"/>. Everyone else is a stranger.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>Roles that the organization has made itself → the one that each was made from.</summary>
    public IReadOnlyDictionary<string, string> CustomRoles { get; init; } = new Dictionary<string, string>();
}
