using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>
/// A system that owns work items, reached over HTTP. Every call keeps within the budget of its host: one that would have to wait long
/// throws <see cref="BudgetExhaustedException"/>; what the user can mend (no such project, no right, single sign-on) throws
/// <see cref="UserErrorException"/>.
/// </summary>
public interface ILiveTracker : ITracker
{
    ITrackerHooks Hooks { get; }

    /// <summary>Why nothing can be written here, in one clause (<c>no token is set</c>); null when it can.</summary>
    string? WhyNotWritable { get; }

    /// <summary>True where projects hold files beside their items, such as a repository.</summary>
    bool KeepsFiles => false;

    /// <summary>A small text file on the default branch of a project; null when there is none, or where projects hold no files.</summary>
    /// <param name="path">Below the project's root: <c>.github/serverless-backlog.yml</c>.</param>
    Task<TrackerFile?> ReadFileAsync(string project, string path, CancellationToken cancellation) => Task.FromResult<TrackerFile?>(null);

    /// <summary>The project as the tracker spells it now: case mended, renames followed.</summary>
    Task<string> ResolveAsync(string project, CancellationToken cancellation);

    /// <summary>One page of a project's items, or of those that changed since a moment.</summary>
    Task<TrackerPage> ReadPageAsync(TrackerPageRequest request, CancellationToken cancellation);

    /// <summary>
    /// All items of a project that are open now, by name alone: at most a request for each hundred. May name others too; one that is not
    /// named is closed or gone.
    /// </summary>
    Task<IReadOnlySet<WorkItemRef>> ListOpenAsync(string project, CancellationToken cancellation);

    /// <summary>One item as it is now, with comments and history.</summary>
    Task<ItemLook> LookAsync(WorkItemRef item, CancellationToken cancellation);

    /// <summary>
    /// Carries out changes on one item, in as few updates as the tracker allows. Called again after a crash, with
    /// <see cref="Effect.MayBeDone"/> set: the tracker is then asked for what is there already, and nothing is done twice.
    /// </summary>
    /// <param name="item">The item as it was looked at just before, with its revision.</param>
    /// <returns>What became of each effect, in their order. A revision that no longer holds leaves all of them not applied.</returns>
    Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(WorkItem item, IReadOnlyList<Effect> effects, CancellationToken cancellation);

    /// <summary>What a person may do in a project, by the tracker's own word; at most five minutes old.</summary>
    Task<TrackerRole> RoleOfAsync(string project, Person person, CancellationToken cancellation);

    /// <summary>Our notice on an item (<see cref="GiveNotice"/>) as it stands there now, with who is against it; null when it is not there.</summary>
    Task<NoticeLook?> FindNoticeAsync(WorkItemRef item, string name, CancellationToken cancellation);

    /// <summary>
    /// Looks after the webhooks: asks for failed deliveries again, finds subscriptions that the tracker has put on probation or switched off.
    /// </summary>
    /// <param name="projects">Projects whose backlogs are kept.</param>
    Task<HookReport> TendHooksAsync(IReadOnlyList<string> projects, CancellationToken cancellation);
}

/// <param name="Version">Names the content, in the tracker's own way.</param>
public sealed record TrackerFile(string Text, string Version);

/// <param name="Project">As <see cref="ILiveTracker.ResolveAsync"/> spells it.</param>
/// <param name="Since">Only items that changed at or after this moment; null for all.</param>
/// <param name="Continuation">Where an earlier page left off (<see cref="TrackerPage.Next"/>); null to begin.</param>
public sealed record TrackerPageRequest(string Project, DateTimeOffset? Since, string? Continuation);

public sealed record TrackerPage
{
    public IReadOnlyList<WorkItem> Items { get; init; } = [];

    /// <summary>Items that are gone, where the tracker lists them.</summary>
    public IReadOnlyList<WorkItemRef> Gone { get; init; } = [];

    public IReadOnlyList<ReadProblem> Problems { get; init; } = [];

    /// <summary>The tracker's own mark of where the next page begins, good for days; null when all has been read.</summary>
    public string? Next { get; init; }

    /// <summary>Items of the project that the pages so far have not brought, as far as the tracker tells.</summary>
    public int? Left { get; init; }
}

/// <summary>An item as it is now, or why it cannot be seen.</summary>
/// <param name="Item">Set when <see cref="LookState.Found"/>.</param>
/// <param name="Why">One clause for people when it is not found.</param>
public sealed record ItemLook(LookState State, WorkItem? Item = null, string? Why = null)
{
    public static ItemLook Of(WorkItem item) => new(LookState.Found, item);
}

public enum LookState
{
    Found,

    /// <summary>Deleted, or moved to another project.</summary>
    Gone,

    /// <summary>Not to be seen with the credentials at hand: what is stored is all that is known.</summary>
    NotReadable,
}

/// <summary>What somebody may do in a project, from nothing to everything.</summary>
public enum TrackerRole
{
    /// <summary>Not even read.</summary>
    None,

    Reader,

    /// <summary>May label, assign and close items.</summary>
    Triager,

    Writer,

    Admin,
}

/// <param name="At">When it was written first.</param>
/// <param name="Against">People who gave it a thumbs-down; bots left out.</param>
public sealed record NoticeLook(DateTimeOffset At, IReadOnlyList<Person> Against);

/// <param name="Redelivered">Failed deliveries that were asked for again.</param>
/// <param name="Alarms">What a person has to mend.</param>
/// <param name="Cleared">Keys of alarms whose cause is gone.</param>
public sealed record HookReport(int Redelivered, IReadOnlyList<Alarm> Alarms, IReadOnlyList<string> Cleared)
{
    public static HookReport Nothing { get; } = new(0, [], []);
}

/// <summary>The host's budget is used up for now: nothing was sent. Going on before <see cref="Until"/> would break the tracker's rules.</summary>
public sealed class BudgetExhaustedException : Exception
{
    public BudgetExhaustedException()
    {
    }

    public BudgetExhaustedException(string message)
        : base(message)
    {
    }

    public BudgetExhaustedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>From when on it can go on.</summary>
    public DateTimeOffset Until { get; init; }
}

/// <summary>All writes are switched off (<see cref="IWriteStop"/>): nothing was sent.</summary>
public sealed class WritesStoppedException : Exception
{
    public WritesStoppedException()
        : base("writing is switched off")
    {
    }

    public WritesStoppedException(string message)
        : base(message)
    {
    }

    public WritesStoppedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
