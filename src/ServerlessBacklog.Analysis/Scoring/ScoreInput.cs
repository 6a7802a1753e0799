namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>
/// One input of a formula with the facts that made it: <see cref="Value"/> is <see cref="Neutral"/> plus the amounts of all parts.
/// </summary>
/// <param name="Name">The formula's word: <c>reach</c>, <c>job size</c>.</param>
/// <param name="Neutral">The value for an item of which nothing is known; positive.</param>
public sealed record ScoreInput(string Name, double Neutral, IReadOnlyList<InputPart> Parts)
{
    public double Value { get; } = Neutral + Parts.Sum(p => p.Amount);

    /// <summary>
    /// An input kept inside a range. When the facts lead outside it, a last part <c>limit</c> takes the excess back, so that the parts
    /// still add up.
    /// </summary>
    public static ScoreInput Within(string name, double neutral, double lowest, double highest, IEnumerable<InputPart> parts)
    {
        var all = parts.ToList();
        var sum = neutral + all.Sum(p => p.Amount);
        var kept = Math.Clamp(sum, lowest, highest);
        if (kept != sum)
            all.Add(new InputPart("limit", $"the scale ends at {kept:0.##}", kept - sum));
        return new ScoreInput(name, neutral, all);
    }

    /// <summary>The value and where it comes from: <c>effort = 3 (default: no estimate)</c>.</summary>
    public override string ToString() =>
        $"{Name} = {Value:0.##} ({(Parts.Count == 0 ? "default: nothing known" : string.Join("; ", Parts.Select(p => p.Why)))})";
}

/// <summary>What one fact adds to an input.</summary>
/// <param name="Fact">The fact's short name: <c>severity</c>, <c>demand</c>.</param>
/// <param name="Why">The fact in words that a person can check: <c>severity 'critical'</c>.</param>
/// <param name="Amount">In the unit of the input; 0 when the fact is neutral or a default.</param>
public sealed record InputPart(string Fact, string Why, double Amount);
