namespace ServerlessBacklog.Analysis.Flow;

/// <param name="Closed">Null while it is open.</param>
public sealed record TimedItem(DateTimeOffset Created, DateTimeOffset? Closed, string? Type);

/// <summary>
/// How long items take from creation to closing, at one moment. Items that are still open count with the age that they have reached (Kaplan and Meier
/// 1958), so that the slow ones are not forgotten because they are slow; later items count more, and those of the same type.
/// </summary>
public sealed class CycleTimeModel
{
    /// <summary>Closed items that a model needs.</summary>
    public const int Fewest = 30;

    /// <summary>Newest items that are looked at.</summary>
    private const int Most = 1500;

    private const double HalfLife = 200;
    private const double SameType = 3;

    private readonly List<(double Days, bool Closed, double Weight, string? Type)> known = [];

    /// <param name="items">What is known of the past; items that were created after <paramref name="now"/> are passed over, and later closings are not seen.</param>
    public CycleTimeModel(IEnumerable<TimedItem> items, DateTimeOffset now)
    {
        var past = items.Where(i => i.Created <= now).OrderByDescending(i => i.Created).Take(Most);
        var weight = 1.0;
        foreach (var item in past)
        {
            var closed = item.Closed <= now;
            var days = ((closed ? item.Closed!.Value : now) - item.Created).TotalDays;
            if (days >= 0)
                known.Add((days, closed, weight, item.Type));
            weight *= Math.Pow(0.5, 1 / HalfLife);
        }

        known.Sort((a, b) => a.Days.CompareTo(b.Days));
    }

    public int Closed => known.Count(k => k.Closed);

    /// <summary>Days within which a share of the items is closed; where so many never were, the longest time seen. Not-a-number without any item.</summary>
    /// <param name="share">0 … 1.</param>
    public double Quantile(double share, string? type = null)
    {
        double Weight((double Days, bool Closed, double Weight, string? Type) item) =>
            item.Weight * (type is not null && string.Equals(item.Type, type, StringComparison.OrdinalIgnoreCase) ? SameType : 1);

        var atRisk = known.Sum(Weight);
        var open = 1.0;
        foreach (var item in known)
        {
            if (item.Closed)
            {
                open *= 1 - (Weight(item) / atRisk);
                if (open <= 1 - share)
                    return item.Days;
            }

            atRisk = Math.Max(1e-12, atRisk - Weight(item));
        }

        return known.Count == 0 ? double.NaN : known[^1].Days;
    }
}
