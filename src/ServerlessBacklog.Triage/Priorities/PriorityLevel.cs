using ServerlessBacklog.Analysis.Scoring;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Priorities;

/// <summary>
/// Reads a level 1 (first) … 4 (last) from a score, for items without a stated priority. The bands are multiples of the framework's typical
/// item, so they hold for backlogs of any size: at least 2.5 times is 1, 1.5 times 2, 0.75 times 3, less 4. MoSCoW goes by class.
/// </summary>
public static class PriorityLevel
{
    private const double FirstFrom = 2.5;
    private const double SecondFrom = 1.5;
    private const double ThirdFrom = 0.75;

    public static int Of(PriorityScore score)
    {
        var isMoscow = score.Own.Inputs.Any(i => i.Name == Moscow.Class);
        if (isMoscow)
            return score.Value switch { >= 400 => 1, >= 300 => 2, >= 200 => 3, _ => 4 };
        return (score.Value / score.Own.Typical) switch
        {
            >= FirstFrom => 1,
            >= SecondFrom => 2,
            >= ThirdFrom => 3,
            _ => 4,
        };
    }

    /// <summary>
    /// How often a person would agree. Text says little of the priority that people choose: on open data neighbours and naive Bayes
    /// fall below the most frequent class. So 0.35, and more only for what people go by: +0.2 for a stated severity, +0.2 for words of
    /// security or data loss, +0.1 for a due date; at most 0.75, below what applies itself.
    /// </summary>
    public static Confidence Confidence(WeighedItem facts) => new(Math.Min(
        0.75,
        0.35 + (facts.Severity is null ? 0 : 0.2) + (facts.IsGrave ? 0.2 : 0) + (facts.DaysLeft is null ? 0 : 0.1)));
}
