using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Acts;
using ServerlessBacklog.StandIns.AzureDevOps.Hooks;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Rest;

namespace ServerlessBacklog.StandIns.AzureDevOps;

/// <summary>What people do on the web site, and how things stand. People are named by their unique names, <c>anna.berg@contoso.com</c>.</summary>
public sealed partial class AzureDevOpsStandIn
{
    public Task CreateProjectAsync(string name, AzureDevOpsProjectSetup? setup = null) => Do(() =>
    {
        setup ??= new AzureDevOpsProjectSetup();
        var project = new Project(name, organization.Now);
        project.Types.AddRange(setup.Types.Select(t => new ItemType(t.Key, t.Value)));
        project.Areas.UnionWith(setup.Areas.Select(a => $"{name}\\{a}"));
        project.Iterations.UnionWith(setup.Iterations.Select(i => $"{name}\\{i}"));
        project.Teams.Add(TeamOf(project, $"{name} Team", setup.Members, setup.Admins));
        organization.Projects.Add(project);
    });

    /// <summary>Makes a further team of a project.</summary>
    public Task CreateTeamAsync(string project, string team, IReadOnlyList<string> members, params IReadOnlyList<string> admins) =>
        Do(() => ProjectOf(project).Teams.Add(TeamOf(ProjectOf(project), team, members, admins)));

    public Task LeaveTeamsAsync(string project, string member) => Do(() =>
    {
        foreach (var team in ProjectOf(project).Teams)
        {
            team.Members.Remove(organization.Identity(member));
            team.Admins.Remove(organization.Identity(member));
        }
    });

    /// <summary>Subscribes an address to the events of a project, one subscription for each.</summary>
    public Task SubscribeAsync(string project, AzureDevOpsHookTarget target, string by = "admin@contoso.com") => Do(() =>
    {
        foreach (var eventType in target.EventTypes)
            hooks.Subscriptions.Add(new Subscription(Guid.NewGuid(), ProjectOf(project), eventType, target, organization.Identity(by), organization.Now));
    });

    /// <summary>Sets the status of all subscriptions of a project: <c>disabledByInactiveIdentity</c> when their creator has left it.</summary>
    public Task SetSubscriptionStatusAsync(string project, string status) => Do(() =>
    {
        foreach (var subscription in hooks.Subscriptions.Where(s => s.Project.Name == project))
            subscription.Status = status;
    });

    /// <param name="fields">Reference name → value.</param>
    public Task<int> CreateItemAsync(
        string project, string by, string type, string title, string? description = null, IReadOnlyDictionary<string, string>? fields = null) => Do(() =>
    {
        var itsProject = ProjectOf(project);
        var itsType = itsProject.Type(type) ?? throw new ArgumentException($"There is no type {type} in {project}.", nameof(type));
        var change = Change(itsProject, type, fields ?? new Dictionary<string, string>());
        change.Fields["System.Title"] = title;
        if (description is not null)
            change.Fields["System.Description"] = description;
        return acts.Create(itsProject, itsType, organization.Identity(by), change).Id;
    });

    /// <param name="fields">Reference name → new value; an empty one clears the field.</param>
    public Task EditAsync(int id, string by, IReadOnlyDictionary<string, string> fields) =>
        On(id, by, (item, who) => acts.Change(item, who, Change(item.Project, item.Type, fields)));

    public Task SetAsync(int id, string by, string field, string value) => EditAsync(id, by, new Dictionary<string, string> { [field] = value });

    /// <summary>Tags are one text: <c>one; two</c>.</summary>
    public Task TagAsync(int id, string by, string tags) => SetAsync(id, by, "System.Tags", tags);

    public Task AssignAsync(int id, string by, string? to) => SetAsync(id, by, "System.AssignedTo", to ?? "");

    public Task SetStateAsync(int id, string by, string state) => SetAsync(id, by, "System.State", state);

    public Task<int> CommentAsync(int id, string by, string text) => Do(() => acts.Comment(ItemOf(id), organization.Identity(by), text).Id);

    public Task EditCommentAsync(int id, int comment, string by, string text) =>
        On(id, by, (item, who) => acts.EditComment(item, item.Comments.Single(c => c.Id == comment), who, text));

    public Task DeleteCommentAsync(int id, int comment, string by) =>
        On(id, by, (item, who) => acts.DeleteComment(item, item.Comments.Single(c => c.Id == comment), who));

    /// <param name="type">like, dislike, heart, hooray, smile or confused.</param>
    public Task ReactToCommentAsync(int id, int comment, string by, string type) => On(id, by, (item, who) =>
    {
        var reactions = item.Comments.Single(c => c.Id == comment).Reactions;
        if (!reactions.Contains((type, who)))
            reactions.Add((type, who));
    });

    /// <param name="rel">Reference name of the end at this item: <c>System.LinkTypes.Hierarchy-Reverse</c> makes the other its parent.</param>
    public Task LinkAsync(int id, string by, string rel, int target) => On(id, by, (item, who) =>
    {
        var operation = new JsonObject
        {
            ["op"] = "add", ["path"] = "/relations/-", ["value"] = new JsonObject { ["rel"] = rel, ["url"] = $"{acts.Root}/_apis/wit/workItems/{target}" },
        };
        acts.Change(item, who, new JsonPatch(organization, item.Project, item, item.Type).Read(new JsonArray(operation)));
    });

    public Task UnlinkAsync(int id, string by, string rel, int target) => On(id, by, (item, who) =>
    {
        var change = new ItemChange();
        change.Removed.Add(item.Relations.Single(r => r.Rel == rel && r.Target == target));
        acts.Change(item, who, change);
    });

    public Task DeleteAsync(int id, string by) => On(id, by, acts.Delete);

    public Task RestoreAsync(int id, string by) => On(id, by, acts.Restore);

    /// <exception cref="ArgumentException">There is no such item.</exception>
    public AzureDevOpsItem Item(int id)
    {
        lock (organization.Gate)
            return Snapshot(ItemOf(id));
    }

    public IReadOnlyList<AzureDevOpsItem> Items(string project)
    {
        lock (organization.Gate)
            return [.. organization.Items.Values.Where(i => i.Project.Name == project).Select(Snapshot)];
    }

    private Team TeamOf(Project project, string name, IEnumerable<string> members, IEnumerable<string> admins)
    {
        var team = new Team(project, name);
        team.Admins.UnionWith(admins.Select(organization.Identity));
        team.Members.AddRange(members.Select(organization.Identity).Union(team.Admins));
        return team;
    }

    private ItemChange Change(Project project, string type, IReadOnlyDictionary<string, string> fields)
    {
        var rules = new FieldRules(organization, project);
        var change = new ItemChange();
        foreach (var (name, value) in fields)
            change.Fields[name] = rules.Read(name, value, type);
        return change;
    }

    private static AzureDevOpsItem Snapshot(WorkItem item) => new()
    {
        Id = item.Id,
        Rev = item.Rev,
        Project = item.Project.Name,
        Type = item.Type,
        Title = item.Title,
        State = item.State,
        AssignedTo = (item.Fields.GetValueOrDefault("System.AssignedTo") as Identity)?.UniqueName,
        Tags = (item.Fields.GetValueOrDefault("System.Tags") as string)?.Split("; ") ?? [],
        Fields = item.Fields.ToDictionary(f => f.Key, f => f.Value switch
        {
            Identity identity => identity.UniqueName,
            DateTimeOffset time => AdoShapes.Time(time),
            var value => value.ToString()!,
        }),
        Links = [.. item.Relations.Select(r => new AzureDevOpsLink(r.Rel, LinkEnd.Find(r.Rel)!.Name, r.Target, r.Comment))],
        Comments = [.. item.LiveComments.Select(c => new AzureDevOpsComment(c.Id, c.By.UniqueName, c.Text, c.Version))],
        IsDeleted = item.IsDeleted,
    };

    private Task On(int id, string by, Action<WorkItem, Identity> act) => Do(() => act(ItemOf(id), organization.Identity(by)));

    private Task Do(Action act)
    {
        lock (organization.Gate)
            act();
        return Task.CompletedTask;
    }

    private Task<T> Do<T>(Func<T> act)
    {
        lock (organization.Gate)
            return Task.FromResult(act());
    }

    private Project ProjectOf(string name) => organization.Project(name) ?? throw new ArgumentException($"There is no project {name} here.", nameof(name));

    private WorkItem ItemOf(int id) => organization.Items.GetValueOrDefault(id) ?? throw new ArgumentException($"There is no work item {id} here.", nameof(id));
}
