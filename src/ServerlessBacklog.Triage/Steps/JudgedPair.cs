using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>What a judge of the texts said of an item and one candidate.</summary>
/// <param name="Facts">What both say, and where they differ.</param>
public sealed record JudgedPair(PairVerdict Verdict, IReadOnlyList<Evidence> Facts)
{
    /// <summary>
    /// How much likelier a true duplicate is to be called one than another pair is, and so on: own choice, cautious, until <c>backlog eval duplicate-judge</c> has
    /// measured it for the model in use. The one figure known from elsewhere is nine right of twelve (FEATURES §4.2).
    /// </summary>
    private const double ForDuplicate = 8;

    private const double AgainstRelated = 6;
    private const double AgainstDifferent = 20;

    /// <summary>No judge makes a verdict surer than this.</summary>
    private const double Surest = 0.97;

    /// <param name="probability">By the local model, 0…1.</param>
    public double Move(double probability) => Verdict switch
    {
        PairVerdict.Duplicate => Math.Max(probability, Math.Min(Surest, Times(probability, ForDuplicate))),
        // Still worth a place among the related ones, and no duplicate.
        PairVerdict.Related => Math.Clamp(Times(probability, 1 / AgainstRelated), DuplicatesStep.RelatedAt, DuplicatesStep.DuplicateAt - 0.01),
        _ => Math.Min(Times(probability, 1 / AgainstDifferent), DuplicatesStep.RelatedAt / 2),
    };

    private static double Times(double probability, double factor) => probability * factor / (1 - probability + probability * factor);
}

public enum PairVerdict
{
    Duplicate,
    Related,
    Different,
}
