using System.Diagnostics;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <param name="Source">Where the backlog is: <c>github:owner/repo</c>.</param>
/// <param name="IsScheduled">
/// True for work of a timer: it leaves the larger part of a budget to what people wait for, and has what changed triaged one by one. A person who
/// reads a backlog sweeps it afterwards.
/// </param>
public sealed record PullRequest(string Backlog, string Source, bool IsScheduled = true) : ITraced
{
    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.SetTag(SpanTags.Backlog, Backlog);
}

/// <summary>What one page brought.</summary>
public sealed record PulledPage
{
    public int New { get; init; }

    public int Changed { get; init; }

    public int Same { get; init; }

    /// <summary>True when there is no more to read now: all is read, or the budget is used up.</summary>
    public bool IsLast { get; init; }

    /// <summary>Set when the budget is used up: until when.</summary>
    public DateTimeOffset? StoppedUntil { get; init; }

    /// <summary>Why it stopped.</summary>
    public string? Why { get; init; }

    /// <summary>Items that are not read yet, as far as the tracker tells.</summary>
    public int? Left { get; init; }

    public IReadOnlyList<ReadProblem> Problems { get; init; } = [];
}

public sealed record ReconcileInput(string Backlog, string Source)
{
    /// <summary>Counted by earlier generations of the same run.</summary>
    public ReconcileReport? SoFar { get; init; }

    /// <summary>Trace of what started it (<see cref="ITraced"/>).</summary>
    public string? Trace { get; init; }
}

/// <param name="Removed">Items that were held for open and are not there any more, or are closed.</param>
/// <param name="IncompleteUntil">Set when a budget was met: the next run goes on from there.</param>
/// <param name="Left">Items that were left out, as far as the tracker tells.</param>
public sealed record ReconcileReport(int New, int Changed, int Same, int Removed, DateTimeOffset? IncompleteUntil, int? Left)
{
    public static ReconcileReport None { get; } = new(0, 0, 0, 0, null, null);

    public ReconcileReport Plus(PulledPage page) => new(
        New + page.New, Changed + page.Changed, Same + page.Same, Removed, page.StoppedUntil, page.Left);
}

/// <summary>What a running reconcile shows of itself.</summary>
public sealed record ReconcileStatus(string Phase, int Read, int? Left);
