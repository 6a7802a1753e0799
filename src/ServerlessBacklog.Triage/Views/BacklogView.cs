using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Views;

/// <summary>Everything that pages, messages and answers show of one backlog, worked out beforehand and kept, so that nobody who looks waits for it.</summary>
public sealed record BacklogView
{
    /// <summary>Its table of all items may be empty in a view that was asked for without it (<see cref="ViewKeeper.HeadAsync"/>).</summary>
    public required BacklogReport Report { get; init; }

    public required BacklogInsights Insights { get; init; }

    /// <summary>When it was worked out; what changed since is not in it.</summary>
    public required DateTimeOffset BuiltAt { get; init; }

    /// <summary>Decisions that wait for a person.</summary>
    public required int Waiting { get; init; }

    /// <summary>Seconds that working it out took.</summary>
    public double Seconds { get; init; }
}
