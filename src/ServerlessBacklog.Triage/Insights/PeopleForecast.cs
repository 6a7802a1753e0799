using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Who carries how much now and in the weeks to come. Nothing here rates people: it counts open items against what they said they can carry.</summary>
public sealed record PeopleForecast
{
    /// <summary>Over capacity first, then by load; at most 50.</summary>
    public IReadOnlyList<PersonForecast> People { get; init; } = [];

    public string? WhyNot { get; init; }

    /// <summary>People who carry something, shown or not.</summary>
    public int Total { get; init; }
}

/// <param name="Load">Open items assigned now.</param>
/// <param name="Capacity">Items that the person can carry, by the settings.</param>
public sealed record PersonForecast(string Login, int Load, int Capacity)
{
    /// <summary>Load at the ends of the next four weeks; empty where <see cref="WhyNoWeeks"/> says why.</summary>
    public IReadOnlyList<LoadWeek> Weeks { get; init; } = [];

    public string? WhyNoWeeks { get; init; }

    /// <summary>Null unless the load is over capacity now, or the whole interval of some week is.</summary>
    public Rebalance? Rebalance { get; init; }
}

/// <summary>Load at the end of a week, with an interval that holds in 80 % of cases.</summary>
public sealed record LoadWeek(DateOnly Monday, double Expected, double Low, double High);

/// <param name="Sentence">What is over, by how much, and when.</param>
/// <param name="CouldMove">Items that are not started and of least priority, with who could take them.</param>
public sealed record Rebalance(string Sentence, IReadOnlyList<MovableItem> CouldMove);

/// <param name="To">Who knows such items and has room; null when nobody does.</param>
public sealed record MovableItem(ItemLine Item, string? To, string Why);
