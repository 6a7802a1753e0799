namespace ServerlessBacklog.Analysis.Scoring;

/// <param name="Reach">How many are affected, 0 or more: people per period, or a 0…10 scale.</param>
/// <param name="Impact">How much each gains, 0 or more: Intercom's 0.25…3, or a 0…10 scale.</param>
/// <param name="Confidence">0…1: Intercom uses 0.5, 0.8 and 1.</param>
/// <param name="Effort">Person-months or points, above 0.</param>
public sealed record RiceInputs(double Reach, double Impact, double Confidence, double Effort);

/// <summary>
/// RICE = reach · impact · confidence ÷ effort. Source: Sean McBride, "RICE: Simple prioritization for product managers", Intercom, 2016.
/// </summary>
public static class Rice
{
    private const string Reach = "reach";
    private const string Impact = "impact";

    public static double Score(RiceInputs inputs) =>
        Bounds.NotNegative(inputs.Reach) * Bounds.NotNegative(inputs.Impact) * Bounds.Share(inputs.Confidence) / Bounds.Positive(inputs.Effort);

    /// <summary>RICE over an item's facts, reach and impact on a 0…10 scale.</summary>
    public static Framework Framework { get; } = new(
        "RICE",
        new Formula(new FormulaTerm(1, [Reach, Impact, FactInputs.ConfidenceName], [FactInputs.EffortName])),
        facts =>
        [
            FactInputs.Reach(facts, Reach),
            FactInputs.Impact(facts, Impact),
            FactInputs.Confidence(facts, highest: 1),
            FactInputs.Effort(facts, FactInputs.EffortName),
        ]);
}
