using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Value;

/// <summary>Everything that a value report is made from. The same input gives the same report.</summary>
public sealed record ValueInput
{
    public required string Backlog { get; init; }

    /// <summary>First moment of the time that is reckoned.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end, and "now".</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>What became of decisions; those outside the time are left out.</summary>
    public IReadOnlyCollection<DecisionOutcome> Outcomes { get; init; } = [];

    /// <summary>What was used of language models in that time.</summary>
    public ModelUse Models { get; init; } = new();

    /// <summary>Hours from the creation of an item to our first act on it, for items that came in that time.</summary>
    public IReadOnlyList<double> FirstActHours { get; init; } = [];

    public ValueSettings Settings { get; init; } = new();
}
