using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>
/// The rows that people and queries read. Everything belongs to a backlog, named by a short text (<c>seamonkey</c>, <c>owner/repo</c>).
/// Saving the same thing twice leaves one row. Lists come in key order.
/// </summary>
public interface IBacklogStore
{
    /// <summary>Saves items whose content differs from what is stored and says which were new, changed, or the same.</summary>
    Task<SavedItems> SaveItemsAsync(string backlog, IReadOnlyCollection<WorkItem> items, CancellationToken cancellation);

    /// <summary>
    /// Reads one item, lets <paramref name="update"/> say what becomes of it, and writes that unless somebody else wrote meanwhile, in
    /// which case it asks again. An item that is removed leaves a mark of when, so that late news of it does not bring it back.
    /// </summary>
    /// <param name="update">Pure; may be called several times.</param>
    Task<ItemChange> UpdateItemAsync(string backlog, WorkItemRef item, Func<KnownItem, ItemUpdate> update, CancellationToken cancellation);

    /// <summary>
    /// Items whose content changed or that were removed after a mark, and the mark to go on from. May name an item that did not change, never
    /// leaves one out.
    /// </summary>
    /// <param name="after">The mark of an earlier answer; null for one that names no item and only gives the mark of now.</param>
    Task<ItemTail> TailAsync(string backlog, string? after, CancellationToken cancellation);

    /// <summary>Forgets what changed before a mark, which nobody will hand in again.</summary>
    Task ForgetTailAsync(string backlog, string before, CancellationToken cancellation);

    /// <summary>Remembers what people took away or pinned on an item; what is remembered stays, but a pin takes the place of the one before.</summary>
    Task SaveOverridesAsync(string backlog, WorkItemRef item, IReadOnlyCollection<HumanOverride> overrides, CancellationToken cancellation);

    Task<IReadOnlyList<HumanOverride>> OverridesAsync(string backlog, WorkItemRef item, CancellationToken cancellation);

    /// <summary>What people took away or pinned on any item of a backlog, by <see cref="WorkItemRef.ToKey"/>.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<HumanOverride>>> AllOverridesAsync(string backlog, CancellationToken cancellation);

    /// <summary>Forgets one that a person has ended.</summary>
    Task RemoveOverrideAsync(string backlog, WorkItemRef item, HumanOverride ended, CancellationToken cancellation);

    IAsyncEnumerable<WorkItem> ItemsAsync(string backlog, CancellationToken cancellation);

    /// <summary>Those of <paramref name="items"/> that are stored, in the order asked.</summary>
    Task<IReadOnlyList<WorkItem>> FindItemsAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation);

    /// <summary>Content hash and neighbour stamp of every item, without reading the items.</summary>
    IAsyncEnumerable<ItemStamp> StampsAsync(string backlog, CancellationToken cancellation);

    /// <summary>The stamps of those of <paramref name="items"/> that are stored.</summary>
    Task<IReadOnlyList<ItemStamp>> FindStampsAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation);

    /// <summary>
    /// Tells items that something near them changed: what read their neighbours is out of date once their stamp differs from the one
    /// that it was computed with.
    /// </summary>
    Task StampNeighboursAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, string stamp, CancellationToken cancellation);

    /// <summary>
    /// Saves findings beside those of other steps, and what is known of the items as a whole. An item whose findings change without a
    /// mark of its own loses the one that it has.
    /// </summary>
    Task SaveFindingsAsync(
        string backlog, IReadOnlyCollection<ExaminedFinding> findings, IReadOnlyCollection<ExaminationMark> marks, CancellationToken cancellation);

    Task SaveFindingsAsync(string backlog, IReadOnlyCollection<ExaminedFinding> findings, CancellationToken cancellation) =>
        SaveFindingsAsync(backlog, findings, [], cancellation);

    /// <summary>The marks of all items that have one, without reading the findings.</summary>
    IAsyncEnumerable<ExaminationMark> MarksAsync(string backlog, CancellationToken cancellation);

    IAsyncEnumerable<ExaminedFinding> FindingsAsync(string backlog, CancellationToken cancellation);

    /// <summary>All findings on some items.</summary>
    Task<IReadOnlyList<ExaminedFinding>> FindingsAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation);

    /// <summary>All findings on one item, by step.</summary>
    Task<IReadOnlyList<ExaminedFinding>> FindingsAsync(string backlog, WorkItemRef item, CancellationToken cancellation);

    /// <summary>Appends decisions; one that is stored already (same <see cref="Decision.Id"/>) is left as it is and becomes the newest again.</summary>
    Task SaveDecisionsAsync(string backlog, IReadOnlyCollection<Decision> decisions, CancellationToken cancellation);

    /// <summary>Appends a decision that is no triage's: a person's command, an undo, the end of a wait. The newest one of its item stays what it was.</summary>
    Task AppendDecisionAsync(string backlog, Decision decision, CancellationToken cancellation);

    /// <summary>The decision of triage saved last on each item.</summary>
    IAsyncEnumerable<Decision> LatestDecisionsAsync(string backlog, CancellationToken cancellation);

    /// <summary>Every decision ever taken on one item, newest first.</summary>
    Task<IReadOnlyList<Decision>> DecisionsAsync(string backlog, WorkItemRef item, CancellationToken cancellation);

    /// <summary>Saves what became of a decision, in place of what was known.</summary>
    Task SaveOutcomeAsync(string backlog, DecisionOutcome outcome, CancellationToken cancellation);

    /// <summary>What became of a decision; null while nothing did.</summary>
    Task<DecisionOutcome?> OutcomeAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation);

    /// <summary>What became of every decision on one item that led to something.</summary>
    Task<IReadOnlyList<DecisionOutcome>> OutcomesAsync(string backlog, WorkItemRef item, CancellationToken cancellation);

    /// <summary>What became of every decision of the backlog that led to something, item by item.</summary>
    IAsyncEnumerable<DecisionOutcome> AllOutcomesAsync(string backlog, CancellationToken cancellation);

    /// <summary>A named mark of progress; null when never set.</summary>
    Task<string?> CursorAsync(string backlog, string name, CancellationToken cancellation);

    Task SetCursorAsync(string backlog, string name, string value, CancellationToken cancellation);

    /// <summary>The names of all stored backlogs.</summary>
    Task<IReadOnlyList<string>> BacklogsAsync(CancellationToken cancellation);
}

public sealed record SavedItems(IReadOnlyList<WorkItemRef> New, IReadOnlyList<WorkItemRef> Changed, int Same);

/// <param name="Item">As it is stored; null when it is not.</param>
/// <param name="GoneAt">When it was removed last; null when it never was.</param>
public sealed record KnownItem(WorkItem? Item, DateTimeOffset? GoneAt);

/// <summary>What becomes of a stored item.</summary>
/// <param name="Item">What is stored from now on; null with <paramref name="GoneAt"/> null too leaves all as it is.</param>
/// <param name="GoneAt">Set to remove it: when the tracker says that it went.</param>
public sealed record ItemUpdate(WorkItem? Item, DateTimeOffset? GoneAt)
{
    public static ItemUpdate Nothing { get; } = new(null, null);

    public static ItemUpdate Save(WorkItem item) => new(item, null);

    public static ItemUpdate Remove(DateTimeOffset at) => new(null, at);
}

/// <param name="Before">Content hash before; null when it was not stored.</param>
/// <param name="Now">Content hash now; null when it is not stored.</param>
public sealed record ItemChange(string? Before, string? Now)
{
    public bool IsChange => Before != Now;
}

/// <param name="Changed">Content hash of what changed; null for an item that was removed.</param>
/// <param name="Mark">To be handed in next time.</param>
public sealed record ItemTail(IReadOnlyDictionary<WorkItemRef, string?> Changed, string Mark);

/// <param name="Neighbours">Stamp of the last change near the item; empty when there was none.</param>
public sealed record ItemStamp(WorkItemRef Item, string ContentHash, string Neighbours);

/// <summary>A finding with what it was computed from.</summary>
public sealed record ExaminedFinding(Finding Finding, ComputedFrom From);

/// <summary>
/// The versions of everything that a step read. Parts that it does not read are empty, so that their change does not matter.
/// </summary>
public sealed record ComputedFrom(
    int StepVersion, string Content, string Neighbours = "", string People = "", string Policy = "", string Findings = "", string Model = "");

/// <summary>Says that all findings on an item are there, and up to when they hold.</summary>
/// <param name="Versions">Names all that they were computed from; empty when one is missing.</param>
/// <param name="Due">When the passing of time alone may change one; null when it cannot.</param>
public sealed record ExaminationMark(WorkItemRef Item, string Versions, DateTimeOffset? Due);
