using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Views;

/// <summary>Everything that pages, messages and answers show of one backlog, worked out beforehand and kept, so that nobody who looks waits for it.</summary>
public sealed record BacklogView
{
    public required BacklogReport Report { get; init; }

    public required BacklogInsights Insights { get; init; }

    /// <summary>When it was worked out; what changed since is not in it.</summary>
    public required DateTimeOffset BuiltAt { get; init; }
}
