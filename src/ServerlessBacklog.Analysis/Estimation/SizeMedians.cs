namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>The running median of sizes, per type where a type has enough items: the rule that an estimate has to beat.</summary>
internal sealed class SizeMedians
{
    private const int FewestOfType = 10;

    private readonly List<double> all = [];
    private readonly Dictionary<string, List<double>> byType = new(StringComparer.OrdinalIgnoreCase);

    public void Add(SizedItem item)
    {
        Insert(all, item.Points);
        if (item.Type is not { } type)
            return;
        if (!byType.TryGetValue(type, out var sizes))
            byType[type] = sizes = [];
        Insert(sizes, item.Points);
    }

    /// <summary>Lower median; needs at least one item.</summary>
    public double For(string? type) => Middle(HasEnough(type) ? byType[type!] : all);

    public bool HasEnough(string? type) => type is not null && byType.TryGetValue(type, out var sizes) && sizes.Count >= FewestOfType;

    private static void Insert(List<double> sorted, double value)
    {
        var at = sorted.BinarySearch(value);
        sorted.Insert(at < 0 ? ~at : at, value);
    }

    private static double Middle(List<double> sorted) => sorted[(sorted.Count - 1) / 2];
}
