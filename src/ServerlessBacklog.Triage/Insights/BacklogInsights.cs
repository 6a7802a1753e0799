namespace ServerlessBacklog.Triage.Insights;

/// <summary>What a backlog looks like over time and ahead. A part that the data cannot fill says why, and invents nothing.</summary>
public sealed record BacklogInsights
{
    public static BacklogInsights None { get; } = new();

    /// <summary>The moment that all parts speak of; null for <see cref="None"/>.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public PastBasis Past { get; init; } = PastBasis.None;

    public HealthScore Health { get; init; } = HealthScore.None;

    public BacklogTrends Trends { get; init; } = new();

    public DeliveryForecast Delivery { get; init; } = new();

    public ArrivalsForecast Arrivals { get; init; } = new();

    public PeopleForecast People { get; init; } = new();

    public AgingWork Aging { get; init; } = new();

    public RiskRegister Risks { get; init; } = new();

    public PriorityMoves Moves { get; init; } = new();
}

/// <summary>What the past of a backlog was read from.</summary>
/// <param name="From">The first day that items speak of; null without dates.</param>
/// <param name="Days">Whole days from <paramref name="From"/> to the moment of the insights; 0 without dates.</param>
/// <param name="HasEvents">True where items hold dated state changes. Otherwise the past is rebuilt from creation and closing dates: an item that was closed and reopened counts as open all the time.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record PastBasis(DateOnly? From, int Days, bool HasEvents, string Sentence)
{
    public static PastBasis None { get; } = new(null, 0, false, "Nothing was worked out yet.");
}

/// <summary>A number with its name, as a sentence beside it uses it.</summary>
/// <param name="Text">As texts write it: <c>1,204</c>, <c>12.5 %</c>.</param>
public sealed record NamedFigure(string Name, double Value, string Text);
