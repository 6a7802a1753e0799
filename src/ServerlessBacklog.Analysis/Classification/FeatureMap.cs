namespace ServerlessBacklog.Analysis.Classification;

/// <summary>Gives features that at least two texts hold a slot each; the most frequent ones where there are too many.</summary>
internal sealed class FeatureMap
{
    private readonly Dictionary<uint, int> slots;

    private readonly float[] rarity;

    private FeatureMap(Dictionary<uint, int> slots, float[] rarity)
    {
        this.slots = slots;
        this.rarity = rarity;
    }

    public int Size => slots.Count;

    public static FeatureMap Of(IEnumerable<IEnumerable<uint>> texts, int most)
    {
        var counts = new Dictionary<uint, int>();
        var all = 0;
        foreach (var text in texts)
        {
            all++;
            foreach (var feature in text.Distinct())
                counts[feature] = counts.GetValueOrDefault(feature) + 1;
        }

        var kept = counts.Where(c => c.Value >= 2).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(most).ToList();
        return new FeatureMap(
            kept.Select((c, slot) => (c.Key, slot)).ToDictionary(c => c.Key, c => c.slot),
            [.. kept.Select(c => MathF.Log(1 + ((float)all / c.Value)))]);
    }

    /// <summary>−1 for a feature that is not known.</summary>
    public int SlotOf(uint feature) => slots.GetValueOrDefault(feature, -1);

    /// <summary>Each feature once, length 1.</summary>
    public FeatureVector Present(IEnumerable<uint> features)
    {
        var known = Known(features).Distinct().Order().ToArray();
        var values = new float[known.Length];
        Array.Fill(values, 1);
        return FeatureVector.Normalised(known, values);
    }

    /// <summary>(1 + ln count) · idf of each feature, length 1.</summary>
    public FeatureVector Weighed(IEnumerable<uint> features)
    {
        var (slots, values) = Counted(features);
        return FeatureVector.Normalised(slots, [.. slots.Select((s, i) => values[i] * rarity[s])]);
    }

    /// <summary>1 + ln count of each feature.</summary>
    public FeatureVector Counted(IEnumerable<uint> features)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var slot in Known(features))
            counts[slot] = counts.GetValueOrDefault(slot) + 1;
        return new FeatureVector([.. counts.Keys], [.. counts.Values.Select(c => 1 + MathF.Log(c))]);
    }

    private IEnumerable<int> Known(IEnumerable<uint> features) => features.Select(SlotOf).Where(s => s >= 0);
}
