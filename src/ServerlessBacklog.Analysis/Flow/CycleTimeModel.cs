namespace ServerlessBacklog.Analysis.Flow;

/// <param name="Closed">Null while it is open.</param>
public sealed record TimedItem(DateTimeOffset Created, DateTimeOffset? Closed, string? Type);

/// <summary>
/// How long items that get closed take from creation to closing, at one moment. The latest closings count most, and those of the same type. Items are
/// taken by when they were closed, not by when they were created: of the latest created only the quick ones are closed, of the latest closed
/// none is left out.
/// </summary>
public sealed class CycleTimeModel
{
    /// <summary>Closed items that a model needs.</summary>
    public const int Fewest = 30;

    /// <summary>Latest closings that are looked at.</summary>
    private const int Most = 1500;

    private const double HalfLife = 200;
    private const double SameType = 2;

    private readonly List<(double Days, double Weight, string? Type)> known = [];

    /// <param name="items">What is known of the past; closings after <paramref name="now"/> are not seen.</param>
    public CycleTimeModel(IEnumerable<TimedItem> items, DateTimeOffset now)
    {
        var weight = 1.0;
        foreach (var item in items.Where(i => i.Closed <= now && i.Closed >= i.Created).OrderByDescending(i => i.Closed).ThenByDescending(i => i.Created).Take(Most))
        {
            known.Add(((item.Closed!.Value - item.Created).TotalDays, weight, item.Type));
            weight *= Math.Pow(0.5, 1 / HalfLife);
        }

        known.Sort((a, b) => a.Days.CompareTo(b.Days));
    }

    public int Count => known.Count;

    /// <summary>Days within which a share of the items was closed. Not-a-number without any item.</summary>
    /// <param name="share">0 … 1.</param>
    public double Quantile(double share, string? type = null)
    {
        double Weight((double Days, double Weight, string? Type) item) =>
            item.Weight * (type is not null && string.Equals(item.Type, type, StringComparison.OrdinalIgnoreCase) ? SameType : 1);

        var sought = share * known.Sum(Weight);
        var reached = 0.0;
        foreach (var item in known)
        {
            reached += Weight(item);
            if (reached >= sought)
                return item.Days;
        }

        return known.Count == 0 ? double.NaN : known[^1].Days;
    }
}
