using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Reminders;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Triage.Settings;

/// <summary>What people choose for one backlog. The defaults work for a backlog that nobody configured.</summary>
public sealed record TriageSettings
{
    public PrioritySettings Priority { get; init; } = new();

    public StalenessSettings Staleness { get; init; } = new();

    public PeopleSettings People { get; init; } = new();

    public DecisionPolicy Policy { get; init; } = DecisionPolicy.Default;

    public ApprovalSettings Approvals { get; init; } = new();

    public CommentSettings Comments { get; init; } = new();

    public PilotSettings Pilot { get; init; } = new();

    /// <summary>By what success is judged; none unless declared.</summary>
    public IReadOnlyList<DeclaredMetric> Metrics { get; init; } = [];

    public WaitSettings Waits { get; init; } = new();

    /// <summary>Who is told what; nobody unless given. Not kept with the others: who is told makes no finding out of date.</summary>
    [JsonIgnore]
    public IReadOnlyList<Subscriber> Subscribers { get; init; } = [];

    public StatusSettings Statuses { get; init; } = new();

    public AlertSettings Alerts { get; init; } = new();

    public ReminderSettings Reminders { get; init; } = new();

    /// <summary>The backlog's own words; empty unless given.</summary>
    public DomainPack Pack { get; init; } = DomainPack.Empty;

    /// <summary>Names the content of the settings, for findings that depend on them.</summary>
    public string Version() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)).AsSpan(0, 8));
}

/// <summary>How items are ordered.</summary>
public sealed record PrioritySettings
{
    /// <summary>Default WSJF: cost of delay over job size.</summary>
    public PriorityFramework Framework { get; init; } = PriorityFramework.Wsjf;

    public IReadOnlyList<Goal> Goals { get; init; } = [];

    /// <summary>Greatest <see cref="DemandCap"/>: more would leave no room for severity and goals on a scale that ends at 10.</summary>
    public const double GreatestDemandCap = 3;

    /// <summary>Most that demand (people asking) may add to a reach or value input of 0…10; 0…3, default 3. Caps a vote drive.</summary>
    public double DemandCap { get; init; } = 3;
}

[JsonConverter(typeof(JsonStringEnumConverter<PriorityFramework>))]
public enum PriorityFramework
{
    Wsjf,
    Rice,
    Ice,
    Moscow,
    ValueEffort,
}

/// <summary>Something that the team wants, by which items are weighed.</summary>
/// <param name="Weight">Relative to other goals; 1 is usual.</param>
/// <param name="Words">Words whose presence in title or labels says that an item serves the goal.</param>
public sealed record Goal(string Name, double Weight, IReadOnlyList<string> Words)
{
    /// <summary>Labels or areas that say the same.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}

/// <summary>When silence means something.</summary>
public sealed record StalenessSettings
{
    /// <summary>Days without human activity; default 60 (FEATURES §4.3).</summary>
    public int StaleAfterDays { get; init; } = 60;

    /// <summary>Days between the stale notice and the proposal to close; default 14 (FEATURES §4.3).</summary>
    public int CloseAfterNoticeDays { get; init; } = 14;

    /// <summary>The label of the stale notice.</summary>
    public string StaleLabel { get; init; } = "stale";

    /// <summary>Age in days from which an item may be proposed for the archive, given further signs; default 730.</summary>
    public int ArchiveAfterDays { get; init; } = 730;

    /// <summary>Items with this many thumbs-up are never stale; default 10.</summary>
    public int ExemptThumbsUp { get; init; } = 10;

    /// <summary>Labels whose items are never stale, matched as words inside the label.</summary>
    public IReadOnlyList<string> ExemptLabels { get; init; } = ["security", "pinned", "keep-open", "accepted", "important", "roadmap"];

    /// <summary>Labels that say that the reporter is asked for something.</summary>
    public IReadOnlyList<string> WaitingForReporterLabels { get; init; } =
        ["needs-info", "needs info", "info-needed", "needs more info", "needs-author-feedback", "waiting for response", "waiting-for-reporter", "awaiting response"];
}

/// <summary>How people are asked.</summary>
public sealed record ApprovalSettings
{
    /// <summary>Most days that an ask can stay open.</summary>
    public const int MostWaitDays = 7;

    /// <summary>Days that an ask stays open, 1…7, default 7. Afterwards what it asked for is not done.</summary>
    public int WaitDays { get; init; } = MostWaitDays;
}

/// <summary>When something is said on an item.</summary>
public sealed record CommentSettings
{
    /// <summary>Items that were created within so many days are new; others are never commented on. Default 7.</summary>
    public int NewForDays { get; init; } = 7;

    /// <summary>True to say nothing on any item.</summary>
    public bool Silent { get; init; }

    /// <summary>Labels by which people ask for silence on an item.</summary>
    public IReadOnlyList<string> QuietLabels { get; init; } = [ItemComment.OptOutLabel];
}

/// <summary>Who may be proposed.</summary>
public sealed record PeopleSettings
{
    /// <summary>Open assigned items that a person carries before they count as full; default 10.</summary>
    public int Capacity { get; init; } = 10;

    /// <summary>Capacity of single people, by login.</summary>
    public IReadOnlyDictionary<string, int> CapacityOf { get; init; } = new Dictionary<string, int>();

    /// <summary>People who are never proposed: away, left, or asked not to be.</summary>
    public IReadOnlyList<string> Away { get; init; } = [];

    /// <summary>A person counts as active when they finished something within this many days of the newest finish; default 180.</summary>
    public int ActiveWithinDays { get; init; } = 180;
}

/// <summary>How long an approved close is announced on its item before it is made (FEATURES §4.3), and how long a reporter is waited for.</summary>
public sealed record WaitSettings
{
    /// <summary>Days before a duplicate is closed, 0…90, default 7; 0 closes at once.</summary>
    public int DuplicateDays { get; init; } = 7;

    /// <summary>Days before an item is closed or archived as not planned, 0…90, default 14.</summary>
    public int NotPlannedDays { get; init; } = 14;

    /// <summary>Days after which a reporter who was asked something is reminded; default 7.</summary>
    public int NeedsInfoNudgeDays { get; init; } = 7;

    /// <summary>Days after that reminder from which a maintainer is asked to close; default 14.</summary>
    public int NeedsInfoCloseDays { get; init; } = 14;

    /// <summary>Labels by which people keep an item open.</summary>
    public IReadOnlyList<string> KeepLabels { get; init; } = ["keep-open"];

    /// <summary>Days within which a comment of the author reopens what was closed here; default 7.</summary>
    public int ReopenByCommentDays { get; init; } = 7;

    /// <summary>Days within which the author may reopen by command, even without rights in the tracker; default 30.</summary>
    public int ReopenByCommandDays { get; init; } = 30;
}
