using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>What a digest is made from. The same input gives the same digest.</summary>
public sealed record DigestInput
{
    public required BacklogView View { get; init; }

    /// <summary>What the digest before this one named; null for the first.</summary>
    public DigestPast? Past { get; init; }

    /// <summary>What waits for a person, surest first.</summary>
    public IReadOnlyList<WaitingAsk> Asks { get; init; } = [];

    /// <summary>What is late or stuck, the grave ones first.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    /// <summary>What was decided and what it was worth; null where nobody looked.</summary>
    public DecidedFigures? Decided { get; init; }

    /// <summary>Whom a personal digest is for; null for the others.</summary>
    public string? Person { get; init; }

    /// <summary>What that person could take next, best first.</summary>
    public IReadOnlyList<NextThing> Next { get; init; } = [];

    /// <summary>Why nothing is proposed to them; null when something is, or nothing is free.</summary>
    public string? WhyNoNext { get; init; }

    public Uri? Page { get; init; }

    /// <summary>Where asks are answered; null where no page is served.</summary>
    public Uri? Review { get; init; }

    public Uri? Preferences { get; init; }
}

/// <param name="Values">By the queries of its figures.</param>
public sealed record DigestPast(DateTimeOffset AsOf, IReadOnlyDictionary<string, double> Values)
{
    public static DigestPast Of(Digest digest) => new(digest.AsOf, digest.Figures.GroupBy(f => f.Query).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal));
}

/// <param name="What">The changes asked about, in words.</param>
public sealed record WaitingAsk(ItemLine Item, string What, DateTimeOffset OpenedAt);

/// <param name="Days">How far back it was looked.</param>
/// <param name="Applied">Changes that were made.</param>
/// <param name="Approved">Asks that people said yes to.</param>
/// <param name="Rejected">Asks that people said no to.</param>
/// <param name="TakenBack">Changes that people took back.</param>
/// <param name="Hours">Net hours saved with the interval around them (docs/value.md); null where no value is claimed.</param>
/// <param name="WhyNoHours">A sentence where no value is claimed.</param>
public sealed record DecidedFigures(int Days, int Applied, int Approved, int Rejected, int TakenBack, (double Net, double Low, double High)? Hours, string? WhyNoHours);

/// <param name="Why">Why it is theirs to take, in a clause.</param>
/// <param name="Reason">Why it comes first, as the priority step says it.</param>
public sealed record NextThing(ItemLine Item, string Why, double Score, string Reason);
