namespace ServerlessBacklog.Analysis.Learning;

/// <summary>
/// What became of the items under a key (all items, a reporter, an area), the latest counting most: an item's weight halves with every
/// <paramref name="halfLife"/> items that came under the same key after it.
/// </summary>
internal sealed class DecayedShares(double halfLife)
{
    private readonly Dictionary<string, Dictionary<int, double>> counts = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, (double Sum, double Scale)> sums = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Growing weights instead of shrinking ones: an addition touches one class, not all.</summary>
    private readonly double growth = Math.Pow(2, 1 / halfLife);

    public void Add(string key, int label)
    {
        if (!counts.TryGetValue(key, out var classes))
            counts[key] = classes = [];
        var (sum, scale) = sums.GetValueOrDefault(key, (0, 1));
        scale *= growth;
        if (scale > 1e100)
        {
            foreach (var one in classes.Keys.ToList())
                classes[one] /= scale;
            (sum, scale) = (sum / scale, 1);
        }

        classes[label] = classes.GetValueOrDefault(label) + scale;
        sums[key] = (sum + scale, scale);
    }

    /// <summary>Share of the weight under the key, 0 … 1, as if <paramref name="doubt"/> further items had gone to none known.</summary>
    public double Share(string key, int label, double doubt = 0) => counts.TryGetValue(key, out var classes)
        ? classes.GetValueOrDefault(label) / (sums[key].Sum + (doubt * sums[key].Scale))
        : 0;

    /// <summary>The greatest share under the key.</summary>
    public double Top(string key) => counts[key].Values.Max() / (sums[key].Sum + sums[key].Scale);

    /// <summary>How many of the latest items the key's evidence is worth.</summary>
    public double Weight(string key) => sums.TryGetValue(key, out var sum) ? sum.Sum / sum.Scale : 0;
}
