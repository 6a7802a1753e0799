namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>A score as a sum of products of named inputs. All frameworks here have this shape, so one decomposition explains them all.</summary>
public sealed record Formula(params IReadOnlyList<FormulaTerm> Terms)
{
    public double Score(IReadOnlyList<ScoreInput> inputs) => Terms.Sum(t => t.Value(inputs, i => i.Value));
}

/// <summary>Coefficient · product of <paramref name="Over"/> ÷ product of <paramref name="Under"/>.</summary>
public sealed record FormulaTerm(double Coefficient, IReadOnlyList<string> Over, IReadOnlyList<string> Under)
{
    public double Value(IReadOnlyList<ScoreInput> inputs, Func<ScoreInput, double> value)
    {
        var product = Coefficient;
        foreach (var name in Over)
            product *= value(Input(inputs, name));
        foreach (var name in Under)
            product /= value(Input(inputs, name));
        return product;
    }

    public static ScoreInput Input(IReadOnlyList<ScoreInput> inputs, string name)
    {
        foreach (var input in inputs)
        {
            if (input.Name == name)
                return input;
        }

        throw new ArgumentException($"The formula needs the input '{name}'.", nameof(inputs));
    }
}
