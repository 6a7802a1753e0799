namespace ServerlessBacklog.Analysis.Flow;

/// <param name="Name">For people: <c>31–90 days</c>.</param>
/// <param name="FromDays">Youngest age in the band.</param>
/// <param name="Count">Open items of that age.</param>
public sealed record AgeBand(string Name, int FromDays, int Count)
{
    private static readonly (string Name, int From)[] Bands =
    [
        ("up to 30 days", 0),
        ("31–90 days", 31),
        ("91–180 days", 91),
        ("181–365 days", 181),
        ("1–2 years", 366),
        ("over 2 years", 731),
    ];

    /// <summary>All bands, empty ones too, youngest first.</summary>
    public static IReadOnlyList<AgeBand> Of(IEnumerable<int> ages)
    {
        var counts = new int[Bands.Length];
        foreach (var age in ages)
            counts[Math.Max(0, Array.FindLastIndex(Bands, b => b.From <= age))]++;
        return [.. Bands.Select((b, i) => new AgeBand(b.Name, b.From, counts[i]))];
    }
}
