namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>Medians that are always one of the values: a size that the team really uses.</summary>
public static class WeightedMedian
{
    /// <summary>The least value at which half of the weight is reached. Needs at least one value with a weight above zero.</summary>
    public static double Of(IEnumerable<(double Value, double Weight)> values)
    {
        var sorted = values.OrderBy(v => v.Value).ToList();
        var half = sorted.Sum(v => v.Weight) / 2;
        var reached = 0.0;
        foreach (var (value, weight) in sorted)
        {
            reached += weight;
            if (reached >= half)
                return value;
        }

        return sorted[^1].Value;
    }
}
