using System.Globalization;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// The key scheme of <see cref="BacklogStore"/> and of what is kept of language models. B is the backlog's name and I an item as <see cref="StorageKey"/> spells them, so that
/// neither holds a <c>|</c>.
/// <code>
/// table      partition  row                  holds
/// backlogs   backlogs   B                    the backlog's name
/// cursors    B          name                 value
/// items      B          I                    the item, its content hash, the digest of its JSON
/// items      B          |gone|I              when it was removed last, written in one batch with the removal
/// items      B          |tail|time|number    what one batch changed, written in it: item and content hash, none for one that was removed
/// items      B|near     I                    neighbour stamp: beside the item, so that neither write can undo the other
/// overrides  B          I|digest             something that a person took away
/// findings   B          I                    the newest finding of every step on it, what each was computed from, and up to when all hold
/// decisions  B          all|I|decision id    every decision, written once
/// decisions  B          latest|I             the newest one again, written in one batch with it
/// outcomes   B          I|decision id        what became of a decision
/// pending    B          ask|I|decision id    an ask: open, put off or settled
/// pending    B          wait|I|decision id   an approved close that was announced and waits, or has ended
/// watch      B          alert|key            a delay or bottleneck: watched, open or cleared
/// watch      B          reminder|key         how far up its ladder something was reminded of
/// watch      B          snooze|I             until when nobody is reminded of an item
/// explanations B        I|decision id        what a decision that led to something rested on, written once
/// audit      B          day|yyyy-MM-dd|number   a row of the audit log, in one batch with the two below
/// audit      B          key|I|digest         where the row of that key is; I is <c>-</c> for the backlog as a whole
/// audit      B          head                 the last row, under its ETag
/// modeluse   B          yyyy-MM-dd           what was used of language models on that UTC day, added up under its ETag
/// notifications B       send|key             a message to one address: about to be sent, or what became of it
/// notifications B       choice|address       what a person chose for an address
/// addresses  paused     address              an address that is left alone, and why
/// addresses  links      key                  the key by which links in messages are sealed
/// chats      chats      key                  what was said in a chat; once it is done, only that it was
/// modelcache B          digest of what was asked   an answer, or a vector, and when it was saved
/// (any)      B|more     row|digest|number    continuation of a document that is too long for its row
/// </code>
/// </summary>
internal static class Keys
{
    public const string BacklogTable = "backlogs";
    public const string CursorTable = "cursors";
    public const string ItemTable = "items";
    public const string FindingTable = "findings";
    public const string DecisionTable = "decisions";
    public const string OutcomeTable = "outcomes";
    public const string OverrideTable = "overrides";
    public const string PendingTable = "pending";
    public const string WatchTable = "watch";
    public const string ExplanationTable = "explanations";
    public const string AuditTable = "audit";
    public const string ModelUseTable = "modeluse";
    public const string ModelCacheTable = "modelcache";

    public const string NotificationTable = "notifications";
    public const string AddressTable = "addresses";
    public const string ChatTable = "chats";

    /// <summary>Partition of addresses that are left alone.</summary>
    public const string PausedAddresses = "paused";

    /// <summary>Partition of all that was said in chats.</summary>
    public const string Chats = "chats";

    /// <summary>Partition of all backlog names.</summary>
    public const string AllBacklogs = "backlogs";

    public const string LatestDecisions = "latest|";

    public const string TailPrefix = "|tail|";

    /// <summary>The items themselves: everything in their partition but the rows that begin with <c>|</c>.</summary>
    public static IReadOnlyList<RowKeyRange> Items { get; } = [new("", "|"), new("}", null)];

    public static string Backlog(string name) => StorageKey.Of(name);

    public static string Cursor(string name) => StorageKey.Of(name);

    public static string Neighbours(string backlog) => $"{Backlog(backlog)}|near";

    public static string Gone(WorkItemRef item) => $"|gone|{item.ToKey()}";

    public static string Tail(long ticks) => string.Create(CultureInfo.InvariantCulture, $"{TailPrefix}{ticks:D19}");

    public static string OverridesOn(WorkItemRef item) => $"{item.ToKey()}|";

    public static string Override(WorkItemRef item, string digest) => $"{OverridesOn(item)}{digest}";

    public static string DecisionsOn(WorkItemRef item) => $"all|{item.ToKey()}|";

    public static string Decision(Decision decision) => $"{DecisionsOn(decision.Item)}{StorageKey.Of(decision.Id)}";

    public static string Outcomes(WorkItemRef item) => $"{item.ToKey()}|";

    public static string Outcome(WorkItemRef item, string decision) => $"{Outcomes(item)}{StorageKey.Of(decision)}";

    public static string LatestDecision(WorkItemRef item) => $"{LatestDecisions}{item.ToKey()}";

    public const string AuditHead = "head";

    public const string AuditDays = "day|";

    public static string AuditDay(DateOnly day) => $"{AuditDays}{Day(day)}";

    public static string AuditRow(DateOnly day, int sequence) => string.Create(CultureInfo.InvariantCulture, $"{AuditDay(day)}|{sequence:D8}");

    public static string AuditKeysOn(WorkItemRef? item) => $"key|{item?.ToKey() ?? "-"}|";

    public static string AuditKey(AuditEntry entry) => $"{AuditKeysOn(entry.Item)}{AuditSeal.KeyOf(entry)}";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Continuations(string partition) => $"{partition}|more";
}
