namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>
/// Splits a score into addends that sum to it exactly: the score of the typical item (all inputs neutral) and what each fact adds or takes.
/// Products are split by the logarithmic mean Divisia index (LMDI-I; B. W. Ang, "Decomposition analysis for policymaking in energy",
/// Energy Policy 32, 2004): with s = Π x and s₀ = Π x₀, s − s₀ = Σ L(s, s₀) · ln(x / x₀), L the logarithmic mean. An input that is
/// itself a sum, x = x₀ + Σ p, passes its share on in proportion: ln(x / x₀) = (x − x₀) / L(x, x₀), so p adds L(s, s₀) / L(x, x₀) · p.
/// </summary>
public static class Decomposition
{
    /// <summary>Name of the first addend.</summary>
    public const string Typical = "typical item";

    /// <summary>
    /// The addends of <paramref name="formula"/> over <paramref name="inputs"/>, the typical item first. All inputs must be positive and
    /// finite; others are a fault and refused.
    /// </summary>
    public static IReadOnlyList<Contribution> Explain(Formula formula, IReadOnlyList<ScoreInput> inputs)
    {
        foreach (var input in inputs)
        {
            if (!(input.Value > 0 && input.Neutral > 0 && double.IsFinite(input.Value) && double.IsFinite(input.Neutral)))
                throw new ArgumentException($"The input '{input.Name}' must be positive and finite, not {input.Value}.", nameof(inputs));
        }

        var result = new List<Contribution> { new(Typical, null, "all inputs neutral", formula.Terms.Sum(t => t.Value(inputs, i => i.Neutral))) };
        foreach (var input in inputs)
        {
            var rate = formula.Terms.Sum(t => Rate(t, inputs, input));
            result.AddRange(input.Parts.Select(p => new Contribution(p.Fact, input.Name, p.Why, rate * p.Amount)));
        }

        return result;
    }

    /// <summary>The logarithmic mean (a − b) / (ln a − ln b) of two positive numbers; a when they are equal.</summary>
    public static double LogMean(double a, double b)
    {
        var log = Math.Log(a / b);
        return Math.Abs(log) < 1e-5
            ? Math.Sqrt(a * b) * (1 + (log * log / 24))
            : (a - b) / log;
    }

    /// <summary>What one unit of an input adds to a term, on the way from the typical item to this one.</summary>
    private static double Rate(FormulaTerm term, IReadOnlyList<ScoreInput> inputs, ScoreInput input)
    {
        var power = term.Over.Count(n => n == input.Name) - term.Under.Count(n => n == input.Name);
        if (power == 0)
            return 0;
        var mean = LogMean(term.Value(inputs, i => i.Value), term.Value(inputs, i => i.Neutral));
        return power * mean / LogMean(input.Value, input.Neutral);
    }
}

/// <summary>One addend of a score.</summary>
/// <param name="Fact">What contributes: <c>severity</c>, <c>demand</c>, <c>typical item</c>.</param>
/// <param name="Input">Through which input of the formula; null when through none.</param>
public sealed record Contribution(string Fact, string? Input, string Why, double Value);
