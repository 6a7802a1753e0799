namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>All relative to the other items of the backlog; SAFe uses 1, 2, 3, 5, 8, 13, 20.</summary>
/// <param name="BusinessValue">0 or more.</param>
/// <param name="TimeCriticality">0 or more.</param>
/// <param name="RiskReduction">Risk reduction or opportunity enablement, 0 or more.</param>
/// <param name="JobSize">Above 0.</param>
public sealed record WsjfInputs(double BusinessValue, double TimeCriticality, double RiskReduction, double JobSize);

/// <summary>
/// Weighted shortest job first = cost of delay ÷ job size, cost of delay = business value + time criticality + risk reduction or
/// opportunity enablement. Source: Scaled Agile Framework, "WSJF"; after Don Reinertsen, "The Principles of Product Development Flow", 2009.
/// </summary>
public static class Wsjf
{
    private const string BusinessValue = "business value";
    private const string TimeCriticality = "time criticality";
    private const string RiskReduction = "risk reduction";
    private const string JobSize = "job size";

    public static double Score(WsjfInputs inputs) =>
        (Bounds.NotNegative(inputs.BusinessValue) + Bounds.NotNegative(inputs.TimeCriticality) + Bounds.NotNegative(inputs.RiskReduction))
        / Bounds.Positive(inputs.JobSize);

    /// <summary>WSJF over an item's facts, all three values on a 0…10 scale.</summary>
    public static Framework Framework { get; } = new(
        "WSJF",
        new Formula(
            new FormulaTerm(1, [BusinessValue], [JobSize]),
            new FormulaTerm(1, [TimeCriticality], [JobSize]),
            new FormulaTerm(1, [RiskReduction], [JobSize])),
        facts =>
        [
            FactInputs.Value(facts, BusinessValue),
            FactInputs.TimeCriticality(facts, TimeCriticality),
            FactInputs.RiskReduction(facts, RiskReduction),
            FactInputs.Effort(facts, JobSize),
        ]);
}
