using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>DSDM's classes; the number is their order and their hundred in the score.</summary>
public enum MoscowClass
{
    Wont = 1,
    Could = 2,
    Should = 3,
    Must = 4,
}

/// <param name="Value">0…10.</param>
/// <param name="Effort">Points, at least <see cref="FactInputs.SmallestEffort"/>.</param>
public sealed record MoscowInputs(MoscowClass Class, double Value, double Effort);

/// <summary>
/// MoSCoW: must before should before could before won't; inside a class by value ÷ effort. The score is 100 per class step plus a share
/// of 99 that value ÷ effort earns, so no item leaves its class. Source: DSDM Consortium (Agile Business Consortium), "MoSCoW Prioritisation".
/// </summary>
public static class Moscow
{
    public const string Class = "class";
    private const string Value = "value";

    /// <summary>99 over the greatest possible value ÷ effort.</summary>
    private const double Share = 99 / (10 / FactInputs.SmallestEffort);

    public static double Score(MoscowInputs inputs) =>
        (100 * (int)inputs.Class) + (Share * Bounds.Ten(inputs.Value) / Math.Max(FactInputs.SmallestEffort, Bounds.Positive(inputs.Effort)));

    public static Framework Framework { get; } = new(
        "MoSCoW",
        new Formula(
            new FormulaTerm(100, [Class], []),
            new FormulaTerm(Share, [Value], [FactInputs.EffortName])),
        facts =>
        [
            Classify(facts),
            FactInputs.Value(facts, Value),
            FactInputs.Effort(facts, FactInputs.EffortName),
        ]);

    /// <summary>
    /// The class that the facts say: a stated priority decides; else severity, a near due date or security and data loss raise an item
    /// from <em>could</em>. <em>Won't</em> is only ever stated by people, never inferred.
    /// </summary>
    private static ScoreInput Classify(WeighedItem facts)
    {
        var (found, why) = facts switch
        {
            { Priority: 1 } => (MoscowClass.Must, $"must: priority '{facts.PriorityWord}'"),
            { Priority: 2 } => (MoscowClass.Should, $"should: priority '{facts.PriorityWord}'"),
            { Priority: Urgency.Lowest } => (MoscowClass.Wont, $"won't: priority '{facts.PriorityWord}'"),
            { Priority: not null } => (MoscowClass.Could, $"could: priority '{facts.PriorityWord}'"),
            { DaysLeft: <= 14 } => (MoscowClass.Must, $"must: {FactInputs.DueWords(facts)}"),
            { Severity: 1 } => (MoscowClass.Must, $"must: severity '{facts.Item.Severity}'"),
            { Severity: 2 } => (MoscowClass.Should, $"should: severity '{facts.Item.Severity}'"),
            { IsGrave: true } => (MoscowClass.Should, "should: it tells of security or data loss"),
            _ => (MoscowClass.Could, "could: default, nothing says otherwise"),
        };
        return new ScoreInput(Class, (int)MoscowClass.Could, [new InputPart("class", why, (int)found - (int)MoscowClass.Could)]);
    }
}
