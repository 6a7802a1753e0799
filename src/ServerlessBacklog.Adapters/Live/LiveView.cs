using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Live;

/// <summary>What goes on at one moment: on the tracker, where it is played, and in this program.</summary>
public sealed record LiveView
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Null where trackers are real: they have pages of their own.</summary>
    public PlayedView? Played { get; init; }

    /// <summary>Items that something was told of, the newest news first.</summary>
    public IReadOnlyList<LiveItem> Items { get; init; } = [];

    /// <summary>Deliveries that led to nothing, newest first.</summary>
    public IReadOnlyList<Delivery> Others { get; init; } = [];

    public required DeliveryCounts Deliveries { get; init; }

    public IReadOnlyList<Alarm> Alarms { get; init; } = [];

    public WriteStop? WritesStopped { get; init; }
}

/// <summary>One item on its way through the program.</summary>
/// <param name="Title">As it is stored; null when it is not.</param>
/// <param name="Page">Path of our page about it; null when there is none.</param>
/// <param name="Told">Deliveries, newest first.</param>
/// <param name="Decision">The newest one; null while there is none.</param>
/// <param name="IsAsked">True while a person is asked about it.</param>
/// <param name="Done">What became of changes, newest first.</param>
public sealed record LiveItem(
    WorkItemRef Item, string? Title, string? Page, IReadOnlyList<Delivery> Told, Decision? Decision, bool IsAsked, IReadOnlyList<LiveChange> Done);

/// <param name="By">The person who approved it; null when none had to.</param>
public sealed record LiveChange(DateTimeOffset At, ChangeOutcome Change, string? By);

/// <summary>A tracker that is played on this machine.</summary>
/// <param name="Left">Issues that are not listed.</param>
public sealed record PlayedView(string Name, IReadOnlyList<PlayedAct> Acts, int ActsInAll, IReadOnlyList<PlayedIssue> Issues, int Left);

/// <param name="CameOf">Null while it is not known.</param>
public sealed record PlayedAct(DateTimeOffset At, string Title, string? CameOf, bool IsAsExpected);

/// <param name="Comments">In their order.</param>
public sealed record PlayedIssue(int Number, string Title, string Author, string Body, bool IsOpen, string? Reason, IReadOnlyList<string> Labels, IReadOnlyList<PlayedComment> Comments);

public sealed record PlayedComment(string Author, string Body, bool IsOurs, bool IsEdited);
