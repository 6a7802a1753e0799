using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner;

/// <param name="Status">Only these; null for all.</param>
/// <param name="Orchestration">Only of this full name; null for all.</param>
/// <param name="IdPrefix">Only ids that begin so; null for all.</param>
public sealed record InstanceFilter(InstanceStatus? Status = null, string? Orchestration = null, string? IdPrefix = null);

/// <param name="Waits">What it waits for.</param>
/// <param name="Calls">What it has called and is not answered yet.</param>
public sealed record InstanceListing(InstanceState State, IReadOnlyList<OpenWait> Waits, IReadOnlyList<OpenCall> Calls);

/// <param name="Event">Null for a sleep.</param>
/// <param name="Until">Null for ever.</param>
public sealed record OpenWait(string? Event, DateTimeOffset? Until);

/// <param name="Attempt">The present or next attempt, from 1 on.</param>
/// <param name="IsRunning">An attempt is being made.</param>
/// <param name="NextAttempt">When it is tried again; null when it runs, or runs as soon as it is its turn.</param>
/// <param name="LastError">Why the last attempt failed; null before the first failure.</param>
public sealed record OpenCall(string Activity, int Attempt, bool IsRunning, DateTimeOffset? NextAttempt, string? LastError);

public sealed record InstanceCount(string Orchestration, InstanceStatus Status, int Count);
