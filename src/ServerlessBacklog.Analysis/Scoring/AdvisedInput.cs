namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>One input of a formula as a reader of the text gives it. It only adds to what the facts say, within <see cref="FactInputs.MostAdvised"/>.</summary>
/// <param name="Amount">0…10.</param>
/// <param name="Why">In words that a person can check.</param>
public sealed record AdvisedInput(AdvisedKind Kind, double Amount, string Why);

public enum AdvisedKind
{
    /// <summary>What it is worth: value, or impact on each.</summary>
    Value,

    /// <summary>What is lost by waiting.</summary>
    Urgency,

    /// <summary>Risk that goes away, or work that becomes possible.</summary>
    Risk,
}
