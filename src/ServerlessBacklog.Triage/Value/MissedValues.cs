using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Value;

/// <summary>
/// Three values that hours miss, each by a proxy that outcomes hold. They hint; none of them is the thing itself (docs/value.md).
/// </summary>
/// <param name="Agreement">Alignment: answered asks that were accepted, 0 … 1; null without an answered ask.</param>
/// <param name="Answered">Engagement: asks that a person answered, of those that are over, 0 … 1; null when none is over.</param>
/// <param name="People">Engagement: different people who answered.</param>
/// <param name="FirstActHours">Response time: median hours from the creation of an item to our first act on it; null when no item came in that time.</param>
/// <param name="Items">How many items that median is over.</param>
public sealed record MissedValues(double? Agreement, double? Answered, int People, double? FirstActHours, int Items)
{
    public static MissedValues Of(IReadOnlyCollection<DecisionOutcome> outcomes, IReadOnlyList<double> firstActHours)
    {
        var answered = outcomes.Where(ValuedDecision.IsAnswered).ToList();
        var expired = outcomes.Count(o => o.State == OutcomeState.Expired);
        return new MissedValues(
            answered.Count == 0 ? null : (double)answered.Count(o => o.State != OutcomeState.Rejected) / answered.Count,
            answered.Count + expired == 0 ? null : (double)answered.Count / (answered.Count + expired),
            answered.Select(o => o.By).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            Median(firstActHours),
            firstActHours.Count);
    }

    private static double? Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return null;
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
