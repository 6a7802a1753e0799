namespace ServerlessBacklog.Analysis.Scoring;

/// <param name="Value">0…10.</param>
/// <param name="Effort">Points, above 0.</param>
public sealed record ValueEffortInputs(double Value, double Effort);

/// <summary>Value ÷ effort: the slope in a value/effort matrix. Source: common practice; Karl Wiegers, "First Things First", 1999.</summary>
public static class ValueEffort
{
    private const string Value = "value";

    public static double Score(ValueEffortInputs inputs) => Bounds.Ten(inputs.Value) / Bounds.Positive(inputs.Effort);

    public static Framework Framework { get; } = new(
        "value/effort",
        new Formula(new FormulaTerm(1, [Value], [FactInputs.EffortName])),
        facts => [FactInputs.Value(facts, Value), FactInputs.Effort(facts, FactInputs.EffortName)]);
}
