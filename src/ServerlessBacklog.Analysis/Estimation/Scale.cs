namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>The sizes that a backlog uses, rising, as classes 0, 1, 2 …; a size that is new takes its place between the others.</summary>
internal sealed class Scale
{
    /// <summary>Class numbers by size never change, so that what was learned stays valid; the order is kept apart.</summary>
    private readonly Dictionary<double, int> classes = [];
    private readonly List<double> sizes = [];
    private int[] rising = [];

    public int Count => sizes.Count;

    /// <summary>Classes in the order of their sizes.</summary>
    public IReadOnlyList<int> Rising => rising;

    public double SizeOf(int label) => sizes[label];

    public int? Find(double size) => classes.TryGetValue(size, out var label) ? label : null;

    /// <summary>The least size at which half of the chances is reached.</summary>
    public double Median(double[] chances)
    {
        var reached = 0.0;
        foreach (var label in rising)
        {
            reached += chances[label];
            if (reached >= 0.5)
                return sizes[label];
        }

        return sizes[rising[^1]];
    }

    /// <summary>The shortest interval of the scale that holds this share of the chances; of equally short ones that which holds most.</summary>
    public (double Low, double High) Shortest(double[] chances, double share)
    {
        var best = (Width: double.MaxValue, Held: 0.0, From: 0, To: rising.Length - 1);
        for (var from = 0; from < rising.Length; from++)
        {
            var held = 0.0;
            for (var to = from; to < rising.Length; to++)
            {
                held += chances[rising[to]];
                if (held < share)
                    continue;
                var width = sizes[rising[to]] - sizes[rising[from]];
                if (width < best.Width || (width == best.Width && held > best.Held))
                    best = (width, held, from, to);
                break;
            }
        }

        return (sizes[rising[best.From]], sizes[rising[best.To]]);
    }

    public int Learn(double size)
    {
        if (classes.TryGetValue(size, out var label))
            return label;
        sizes.Add(size);
        classes[size] = sizes.Count - 1;
        rising = [.. Enumerable.Range(0, sizes.Count).OrderBy(c => sizes[c])];
        return sizes.Count - 1;
    }
}
