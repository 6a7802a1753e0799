using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>Numbers what an item consists of: terms keep theirs, everything else gets one below zero when it is first learned.</summary>
internal sealed class CaseFeatures
{
    /// <summary>Labels and areas of one item that are paired with each other; more are a list of everything, which tells nothing.</summary>
    private const int MostKeys = 12;

    private const int TitleWeight = 2;
    private const int KeyWeight = 3;

    private readonly Dictionary<string, int> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The item's labels and areas, in one order.</summary>
    public static List<string> KeysOf(AssignmentCase item) =>
        [.. item.Labels.Select(l => $"label {l.Name}").Concat(item.Areas.Select(a => $"area {a}"))
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).Take(MostKeys)];

    /// <summary>Gives numbers to what the item is the first to have.</summary>
    public void Learn(AssignmentCase item, List<string> keys)
    {
        foreach (var (name, _) in Named(item.Reporter, keys))
        {
            if (!names.ContainsKey(name))
                names[name] = -1 - names.Count;
        }
    }

    /// <summary>Words, labels and areas with their counts, for the search of similar items.</summary>
    public List<(int Feature, float Count)> Counts(AssignmentCase item, List<string> keys)
    {
        var counts = new List<(int, float)>(item.Terms.Count + keys.Count);
        foreach (var term in item.Terms)
            counts.Add((term.Term, (TitleWeight * term.Title) + term.Body));
        foreach (var key in keys)
        {
            if (names.TryGetValue(key, out var number))
                counts.Add((number, KeyWeight));
        }

        return counts;
    }

    /// <summary>The same, with the reporter and pairs of labels and areas, for the softmax: words by rarity and together of length 1.</summary>
    public (int Feature, float Value)[] Values(AssignmentCase item, List<string> keys, Func<int, float> rarity)
    {
        var values = new List<(int Feature, float Value)>();
        var square = 0.0;
        foreach (var term in item.Terms)
        {
            var value = rarity(term.Term) * (1 + MathF.Log((TitleWeight * term.Title) + term.Body));
            values.Add((term.Term, value));
            square += value * value;
        }

        var length = square > 0 ? (float)Math.Sqrt(square) : 1;
        for (var i = 0; i < values.Count; i++)
            values[i] = (values[i].Feature, values[i].Value / length);
        foreach (var (name, value) in Named(item.Reporter, keys))
        {
            if (names.TryGetValue(name, out var number))
                values.Add((number, value));
        }

        return [.. values];
    }

    private static IEnumerable<(string Name, float Value)> Named(Person? reporter, List<string> keys)
    {
        yield return ("all", 0.5f);
        if (reporter is not null)
            yield return ($"by {reporter.Login}", 0.7f);
        for (var i = 0; i < keys.Count; i++)
        {
            yield return (keys[i], 1);
            for (var j = i + 1; j < keys.Count; j++)
                yield return ($"{keys[i]} & {keys[j]}", 0.5f);
        }
    }
}
