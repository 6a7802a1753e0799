using System.Security.Cryptography;
using System.Text;

namespace ServerlessBacklog.StandIns.AzureDevOps.Model;

/// <summary>All that is there. Whoever reads or changes it holds <see cref="Gate"/>.</summary>
internal sealed class Organization(string name, TimeProvider clock)
{
    private readonly Dictionary<string, Identity> identities = new(StringComparer.OrdinalIgnoreCase);
    private int lastItem;
    private int lastComment = 1_000_000;

    public Lock Gate { get; } = new();

    public string Name { get; } = name;

    public Guid Id { get; } = Ids.Of("organization", name);

    public List<Project> Projects { get; } = [];

    public SortedDictionary<int, WorkItem> Items { get; } = [];

    /// <summary>Milliseconds, as the service has them.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        }
    }

    public IEnumerable<Identity> Identities => identities.Values;

    public int NextItem() => ++lastItem;

    public int NextComment() => ++lastComment;

    public Identity Identity(string uniqueName)
    {
        if (!identities.TryGetValue(uniqueName, out var identity))
            identities[uniqueName] = identity = new Identity(Ids.Of("identity", uniqueName), uniqueName);
        return identity;
    }

    public Identity? Find(string text) =>
        identities.Values.FirstOrDefault(i => i.Fits(text));

    public Project? Project(string nameOrId) =>
        Projects.Find(p => p.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase) || p.Id.ToString().Equals(nameOrId, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Somebody, as the directory knows him.</summary>
internal sealed record Identity(Guid Id, string UniqueName)
{
    /// <summary><c>anna.berg@contoso.com</c> → <c>Anna Berg</c>.</summary>
    public string DisplayName { get; } =
        string.Join(' ', UniqueName.Split('@')[0].Split('.', '-', '_').Where(p => p.Length > 0).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));

    public string Combined => $"{DisplayName} <{UniqueName}>";

    public bool Fits(string text) =>
        text.Equals(UniqueName, StringComparison.OrdinalIgnoreCase) || text.Equals(DisplayName, StringComparison.OrdinalIgnoreCase)
        || text.Equals(Combined, StringComparison.OrdinalIgnoreCase);
}

internal sealed class Project(string name, DateTimeOffset createdAt)
{
    public Guid Id { get; } = Ids.Of("project", name);

    public string Name { get; } = name;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public List<ItemType> Types { get; } = [];

    public HashSet<string> Areas { get; } = new([name], StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Iterations { get; } = new([name], StringComparer.OrdinalIgnoreCase);

    /// <summary>The first is the default team.</summary>
    public List<Team> Teams { get; } = [];

    public ItemType? Type(string type) => Types.Find(t => t.Name.Equals(type, StringComparison.OrdinalIgnoreCase));
}

internal sealed class Team(Project project, string name)
{
    public Guid Id { get; } = Ids.Of("team", $"{project.Name}/{name}");

    public string Name { get; } = name;

    /// <summary>In the order in which they came.</summary>
    public List<Identity> Members { get; } = [];

    public HashSet<Identity> Admins { get; } = [];
}

internal sealed record ItemType(string Name, IReadOnlyList<(string State, string Category)> States)
{
    public string ReferenceName => "Microsoft.VSTS.WorkItemTypes." + Name.Replace(" ", "");

    public string? Category(string state) => States.Where(s => s.State == state).Select(s => s.Category).FirstOrDefault();
}

internal static class Ids
{
    /// <summary>The same id for the same name, whenever and wherever.</summary>
    public static Guid Of(string kind, string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{name}")).AsSpan(0, 16));
}
