using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.Triage.Intake;

// What calls over HTTP are answered. The OpenAPI document is made from these types, so a member that is added here is documented there.

public sealed record ErrorReply(string Error);

public sealed record HealthReply(string Status, string Version);

/// <param name="Grade">How ready the backlog is; left out without open items.</param>
/// <param name="Waiting">Decisions that wait for a person.</param>
/// <param name="BuiltAt">When the figures were worked out: what changed since is not in them.</param>
/// <param name="Sweep">The last sweep; left out when there was none.</param>
/// <param name="Reading">How far the tracker has been read; left out for an export.</param>
/// <param name="WritesStopped">Left out while writing is allowed.</param>
public sealed record StatusReply(
    string Name, DateTimeOffset AsOf, ReportCounts Counts, ReadinessGrade? Grade, int Waiting, DateTimeOffset BuiltAt, double AgeSeconds, InstanceReply? Sweep, ReadingReply? Reading,
    DeliveryCounts Deliveries, IReadOnlyList<Alarm> Alarms, WriteStop? WritesStopped);

public sealed record InstanceReply(string Status, DateTimeOffset UpdatedAt, string? Error);

/// <param name="Left">Items that are not read yet, where the tracker tells.</param>
public sealed record ReadingReply(bool Complete, DateTimeOffset? CompletedAt, int? Left, DateTimeOffset? StoppedUntil);

public sealed record DoctorReply(IReadOnlyList<SetupArea> Areas, bool Ok);

/// <param name="Result"><c>accepted</c>, <c>repeated</c>, <c>told before</c>, <c>ignored</c>, <c>unknown event</c>, <c>pong</c>.</param>
public sealed record HookReply(string Delivery, string? Event, string Result, string? Why);

/// <param name="Started">False when one was under way already.</param>
public sealed record SweepReply(string Instance, bool Started);

public sealed record TriageReply(string Instance, string Answer);

public sealed record AnsweredReply(bool Delivered);

/// <param name="Waiting">All that waits, of which the first 200 are listed.</param>
public sealed record ReviewReply(string Backlog, int Waiting, IReadOnlyList<AskReply> Asks);

public sealed record AskReply(WorkItemRef Item, string Decision, DateTimeOffset OpenedAt, DateTimeOffset? Until, string Reason, IReadOnlyList<AskedChangeReply> Changes);

public sealed record AskedChangeReply(string Slot, string What, string Step, double Confidence, string Why);
