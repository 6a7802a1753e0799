namespace ServerlessBacklog.StandIns.GitHub.Model;

/// <summary>All that is there. Whoever reads or changes it holds <see cref="Gate"/>.</summary>
internal sealed class World(TimeProvider clock, GitHubAppIdentity app)
{
    private readonly Dictionary<string, Account> accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Repo> formerNames = new(StringComparer.OrdinalIgnoreCase);
    private long lastId = 1_000_000;

    public Lock Gate { get; } = new();

    /// <summary>The one app that there is: one that is registered later takes its place.</summary>
    public GitHubAppIdentity App { get; set; } = app;

    public List<Repo> Repos { get; } = [];

    public List<Installation> Installations { get; } = [];

    public List<GitHubMention> Mentions { get; } = [];

    public IEnumerable<Account> Accounts => accounts.Values;

    /// <summary>GitHub's times have no fractions of seconds.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        }
    }

    public Doer AppDoer => new(Account(App.BotLogin), App);

    public long NextId() => ++lastId;

    public Account Account(string login, string type = "User")
    {
        if (!accounts.TryGetValue(login, out var account))
            accounts[login] = account = new Account(NextId(), login, login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : type);
        return account;
    }

    public Account? FindAccount(string login) => accounts.GetValueOrDefault(login);

    public Repo? Repo(string fullName) => Repos.Find(r => r.FullName.Equals(fullName, StringComparison.OrdinalIgnoreCase));

    public Repo? Repo(long id) => Repos.Find(r => r.Id == id);

    /// <summary>The repository that once had this name.</summary>
    public Repo? Renamed(string fullName) => formerNames.GetValueOrDefault(fullName);

    public void Rename(Repo repo, string name)
    {
        formerNames[repo.FullName] = repo;
        repo.Name = name;
    }

    public Issue? IssueById(long id) => Repos.SelectMany(r => r.Issues.Values).FirstOrDefault(i => i.Id == id);

    public Installation? InstallationOf(Repo repo) => Installations.Find(i => i.Account == repo.Owner && i.Covers(repo));
}

/// <summary>The app, installed for an account.</summary>
internal sealed class Installation(long id, Account account)
{
    public long Id { get; } = id;

    public Account Account { get; } = account;

    public bool IsSuspended { get; set; }

    /// <summary>What it may do, by permission; the app's own when null.</summary>
    public Dictionary<string, string>? Permissions { get; set; }

    /// <summary>Repositories that it was not given.</summary>
    public HashSet<long> Withheld { get; } = [];

    public bool Covers(Repo repo) => repo.Owner == Account && !Withheld.Contains(repo.Id);
}
