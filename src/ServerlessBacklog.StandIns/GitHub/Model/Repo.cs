namespace ServerlessBacklog.StandIns.GitHub.Model;

internal sealed class Repo(long id, Account owner, string name, DateTimeOffset createdAt)
{
    public long Id { get; } = id;

    public Account Owner { get; } = owner;

    public string Name { get; set; } = name;

    public string FullName => $"{Owner.Login}/{Name}";

    public string NodeId => NodeIds.Of("R", Id);

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset PushedAt { get; set; } = createdAt;

    public bool IsPrivate { get; set; }

    public bool HasIssues { get; set; } = true;

    public bool IsArchived { get; set; }

    /// <summary>True when its organization asks for single sign-on and the tokens are not authorized for it.</summary>
    public bool NeedsSingleSignOn { get; set; }

    public List<LabelDefinition> Labels { get; } = [];

    public List<IssueKind> Types { get; } = [];

    public List<Milestone> Milestones { get; } = [];

    /// <summary>Login → admin, maintain, write, triage, read, or a role of <see cref="CustomRoles"/>.</summary>
    public Dictionary<string, string> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Roles that the organization has made itself → the one that each was made from.</summary>
    public Dictionary<string, string> CustomRoles { get; } = [];

    /// <summary>Those who have a role.</summary>
    public List<Account> People { get; } = [];

    public SortedDictionary<int, Issue> Issues { get; } = [];

    public HashSet<int> Deleted { get; } = [];

    public Dictionary<int, Issue> Transferred { get; } = [];

    /// <summary>Text files on the default branch, by path.</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public int NextNumber { get; set; } = 1;

    public LabelDefinition? Label(string name) => Labels.Find(l => l.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public bool CanPush(string login) => Role(login) is { } role && (CustomRoles.GetValueOrDefault(role) ?? role) is "admin" or "maintain" or "write";

    public bool CanTriage(string login) => CanPush(login) || Role(login) == "triage";

    /// <summary>People with access to the repository may be assigned.</summary>
    public bool IsAssignable(string login) => CanTriage(login) || (Role(login) == "read" && Owner.Type == "Organization");

    /// <summary>Admin, write or read.</summary>
    public string BaseOf(string role) => CustomRoles.GetValueOrDefault(role) switch { "admin" => "admin", "maintain" or "write" => "write", _ => "read" };

    public string? Role(string login) =>
        login.Equals(Owner.Login, StringComparison.OrdinalIgnoreCase) ? "admin" : Roles.GetValueOrDefault(login);

    public string AssociationOf(Account account) =>
        account.Login == Owner.Login ? "OWNER"
        : Role(account.Login) is null or "read" && Owner.Type != "Organization" ? "NONE"
        : Role(account.Login) is null ? "NONE"
        : Owner.Type == "Organization" ? "MEMBER"
        : "COLLABORATOR";
}

internal sealed class LabelDefinition(long id, string name, string color, string? description)
{
    public long Id { get; } = id;

    public string Name { get; set; } = name;

    public string Color { get; set; } = color;

    public string? Description { get; set; } = description;

    public string NodeId => NodeIds.Of("LA", Id);
}

/// <summary>An issue type, which only organizations have.</summary>
internal sealed record IssueKind(long Id, string Name, string? Description = null, string Color = "gray")
{
    public string NodeId => NodeIds.Of("IT", Id);
}

internal sealed class Milestone(long id, int number, string title, Account creator, DateTimeOffset createdAt)
{
    public long Id { get; } = id;

    public int Number { get; } = number;

    public string Title { get; } = title;

    public Account Creator { get; } = creator;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? DueOn { get; set; }

    public string NodeId => NodeIds.Of("MI", Id);
}
