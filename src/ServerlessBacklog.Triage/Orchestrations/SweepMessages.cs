using System.Diagnostics;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <summary>What a sweep starts from.</summary>
/// <param name="Settings">Version of the settings to go by (<see cref="Settings.KeptSettings"/>); null for those that the backlog goes by.</param>
/// <param name="AsOf">The moment that ages count to; null for now, or for a file the newest moment that it speaks of.</param>
public sealed record SweepInput(string Backlog, string? Settings = null, DateTimeOffset? AsOf = null)
{
    /// <summary>Pages examined side by side; 1 … 16, default 2.</summary>
    public int PagesAtOnce { get; init; } = 2;

    /// <summary>How far the sweep is; null at its start.</summary>
    public SweepProgress? Progress { get; init; }

    /// <summary>Trace of what started it (<see cref="ITraced"/>).</summary>
    public string? Trace { get; init; }
}

/// <summary>A sweep that goes on with a new, short history.</summary>
/// <param name="NextPage">First page that is not examined yet.</param>
public sealed record SweepProgress(SweepPlan Plan, int NextPage, SweepCounts Counts);

/// <param name="Id">Names the stored list of pages.</param>
/// <param name="Settings">Version of the settings that the sweep goes by.</param>
/// <param name="Open">Open items of the backlog.</param>
/// <param name="Due">Those of them that are out of date.</param>
public sealed record SweepPlan(string Id, string Settings, DateTimeOffset Now, int Open, int Due, int Pages);

public sealed record PlanRequest(string Backlog, string? Settings, DateTimeOffset? AsOf, DateTimeOffset StartedAt) : ITraced
{
    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.SetTag(SpanTags.Backlog, Backlog);
}

public sealed record PageRequest(string Backlog, SweepPlan Plan, int Page) : ITraced
{
    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.SetTag(SpanTags.Backlog, Backlog).SetTag(SpanTags.Page, Page);
}

/// <param name="IsLost">True when the plan is not there any more: the sweep has to plan anew.</param>
public sealed record PageResult(SweepCounts Counts, bool IsLost = false);

/// <summary>What was examined so far. Failures are named up to <see cref="NamedFailures"/> and counted beyond.</summary>
public sealed record SweepCounts(int Items, int Findings, int FailureCount, IReadOnlyList<StepFailure> Failures)
{
    public const int NamedFailures = 200;

    public static SweepCounts None { get; } = new(0, 0, 0, []);

    public SweepCounts Plus(SweepCounts more) => new(
        Items + more.Items,
        Findings + more.Findings,
        FailureCount + more.FailureCount,
        [.. Failures.Concat(more.Failures).Take(NamedFailures)]);
}

/// <summary>What a running sweep shows of itself.</summary>
/// <param name="Phase"><c>Indexing</c> or <c>Examining</c>.</param>
public sealed record SweepStatus(string Phase, int Done, int Due);

public sealed record SweepReport(string Backlog, SweepPlan Plan, SweepCounts Counts) : ITraced
{
    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.SetTag(SpanTags.Backlog, Backlog);
}
