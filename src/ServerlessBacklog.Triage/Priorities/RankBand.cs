namespace ServerlessBacklog.Triage.Priorities;

/// <summary>
/// Which moves in the order of a backlog are worth a word. Pure. Scores move a little with every vote and every day; nobody wants to hear that the
/// fortieth item is the forty-first.
/// </summary>
public static class RankBand
{
    /// <summary>Places that are noise wherever they are.</summary>
    public const int Least = 3;

    /// <summary>Share of the better of the two places that is noise: far down, places are close to each other.</summary>
    public const double Share = 0.2;

    /// <param name="told">The place that people know of: the one that was told last, not the one of the last look, so that many small moves add up.</param>
    /// <param name="now">1 is first.</param>
    public static bool IsWorthTelling(int told, int now) => Math.Abs(told - now) >= Math.Max(Least, Math.Ceiling(Share * Math.Min(told, now)));
}
