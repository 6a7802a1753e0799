namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>
/// Who got the items under a key (all items, a reporter, an area), the latest counting most: an item's weight halves with every
/// <paramref name="halfLife"/> items that came under the same key after it.
/// </summary>
internal sealed class DecayedShares(double halfLife)
{
    private readonly Dictionary<string, Dictionary<int, double>> counts = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, (double Sum, double Scale)> sums = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Growing weights instead of shrinking ones: an addition touches one person, not all.</summary>
    private readonly double growth = Math.Pow(2, 1 / halfLife);

    public void Add(string key, int person)
    {
        if (!counts.TryGetValue(key, out var people))
            counts[key] = people = [];
        var (sum, scale) = sums.GetValueOrDefault(key, (0, 1));
        scale *= growth;
        if (scale > 1e100)
        {
            foreach (var one in people.Keys.ToList())
                people[one] /= scale;
            (sum, scale) = (sum / scale, 1);
        }

        people[person] = people.GetValueOrDefault(person) + scale;
        sums[key] = (sum + scale, scale);
    }

    /// <summary>Share of the weight under the key, 0 … 1, as if <paramref name="doubt"/> further items had gone to nobody known.</summary>
    public double Share(string key, int person, double doubt = 0) => counts.TryGetValue(key, out var people)
        ? people.GetValueOrDefault(person) / (sums[key].Sum + (doubt * sums[key].Scale))
        : 0;

    /// <summary>The greatest share under the key.</summary>
    public double Top(string key) => counts[key].Values.Max() / (sums[key].Sum + sums[key].Scale);

    /// <summary>How many of the latest items the key's evidence is worth.</summary>
    public double Weight(string key) => sums.TryGetValue(key, out var sum) ? sum.Sum / sum.Scale : 0;
}
