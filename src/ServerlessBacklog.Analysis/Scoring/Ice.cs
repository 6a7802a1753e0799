namespace ServerlessBacklog.Analysis.Scoring;

/// <param name="Impact">0…10.</param>
/// <param name="Confidence">0…10.</param>
/// <param name="Ease">0…10, 10 is easiest.</param>
public sealed record IceInputs(double Impact, double Confidence, double Ease);

/// <summary>ICE = impact · confidence · ease. Source: Sean Ellis and Morgan Brown, "Hacking Growth", 2017 (GrowthHackers).</summary>
public static class Ice
{
    private const string Impact = "impact";

    public static double Score(IceInputs inputs) => Bounds.Ten(inputs.Impact) * Bounds.Ten(inputs.Confidence) * Bounds.Ten(inputs.Ease);

    /// <summary>ICE over an item's facts; ease falls with the logarithm of the effort.</summary>
    public static Framework Framework { get; } = new(
        "ICE",
        new Formula(new FormulaTerm(1, [Impact, FactInputs.ConfidenceName, FactInputs.EaseName], [])),
        facts =>
        [
            FactInputs.Value(facts, Impact),
            FactInputs.Confidence(facts, highest: 10),
            FactInputs.Ease(facts),
        ]);
}
