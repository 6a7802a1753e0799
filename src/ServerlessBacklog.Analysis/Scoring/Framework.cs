namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>A named way to order work: its formula, and how its inputs are read from what is known of an item.</summary>
public sealed record Framework(string Name, Formula Formula, Func<WeighedItem, IReadOnlyList<ScoreInput>> Inputs)
{
    public ItemScore Score(WeighedItem facts)
    {
        var inputs = Inputs(facts);
        var contributions = Decomposition.Explain(Formula, inputs);
        return new ItemScore(contributions.Sum(c => c.Value), contributions[0].Value, inputs, contributions);
    }
}

/// <summary>A score that explains itself.</summary>
/// <param name="Value">Sum of the contributions; higher is first.</param>
/// <param name="Typical">What an item scores of which nothing is known.</param>
public sealed record ItemScore(double Value, double Typical, IReadOnlyList<ScoreInput> Inputs, IReadOnlyList<Contribution> Contributions);
