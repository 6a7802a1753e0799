using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>What is known of one backlog at one moment. Every number that a page or message shows stands here.</summary>
public sealed record BacklogReport
{
    public required string Name { get; init; }

    public required string Source { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required ReportCounts Counts { get; init; }

    public required ReportPart<DoFirstItem> DoFirst { get; init; }

    public required ReportPart<DuplicateCluster> Duplicates { get; init; }

    public required ReportPart<VagueItem> Vague { get; init; }

    /// <summary>How often each part is missing, most often first.</summary>
    public required IReadOnlyList<Tally> MissingParts { get; init; }

    public required ReportPart<StaleItem> Stale { get; init; }

    public required ReportPart<BlockedGroup> Blocked { get; init; }

    public required ReportPart<AssignmentAdvice> People { get; init; }

    /// <summary>Open items per person: carried now, and proposed in addition.</summary>
    public required IReadOnlyList<PersonLoad> Loads { get; init; }

    public required ReportPart<EffortAdvice> Effort { get; init; }

    public required EffortTotals EffortTotals { get; init; }

    public required ReportPart<FieldAdvice> TypeAndArea { get; init; }

    /// <summary>What language models had a part in; empty when none was asked.</summary>
    public IReadOnlyList<ModelRow> Models { get; init; } = [];

    public required FlowFigures Flow { get; init; }

    public required Readiness Readiness { get; init; }

    public IReadOnlyList<ReadProblem> Problems { get; init; } = [];

    /// <summary>What the policy makes of the proposals, by step.</summary>
    public required IReadOnlyList<VerdictTally> Verdicts { get; init; }

    /// <summary>Every open item, highest priority first.</summary>
    public required IReadOnlyList<ReportItem> Items { get; init; }

    /// <summary>Items that were closed in the year before, the latest first: all of them back to <see cref="ClosedSince"/>.</summary>
    public IReadOnlyList<ReportItem> Closed { get; init; } = [];

    /// <summary>From when on <see cref="Closed"/> is whole.</summary>
    public DateTimeOffset ClosedSince { get; init; }

    /// <summary>True when no step may write to the tracker by itself.</summary>
    public required bool IsShadow { get; init; }

    public required string ProductVersion { get; init; }

    public required string PolicyVersion { get; init; }

    public IReadOnlyDictionary<string, int> StepVersions { get; init; } = new Dictionary<string, int>();
}

/// <summary>Rows of one part of a report, or why there are none.</summary>
/// <param name="Rows">The rows shown: at most the part's limit.</param>
/// <param name="Total">All rows, shown or not.</param>
/// <param name="WhyEmpty">A sentence when there are no rows; null when there are.</param>
/// <param name="Note">What the reader should know beside the rows: how many items could not be judged, and why.</param>
public sealed record ReportPart<T>(IReadOnlyList<T> Rows, int Total, string? WhyEmpty = null, string? Note = null)
{
    /// <summary>Rows that are not shown.</summary>
    public int More => Total - Rows.Count;

    public ReportPart<T> First(int count) => this with { Rows = [.. Rows.Take(count)] };
}

/// <summary>A word and how often it occurs.</summary>
public sealed record Tally(string Name, int Count);

/// <summary>Proposals of one step by what the policy would do with them outside shadow mode.</summary>
public sealed record VerdictTally(string Step, int Apply, int Ask, int Drop, Autonomy Autonomy);
