namespace ServerlessBacklog.StandIns;

/// <summary>What goes wrong with webhooks.</summary>
public sealed record DeliveryFaults
{
    /// <summary>Share (0…1) of deliveries that fail on their way. GitHub lists them as failed, and they can be asked for again; from Azure DevOps they never come.</summary>
    public double DropShare { get; init; }

    /// <summary>Share (0…1) of events for which no delivery is made at all, and none is listed.</summary>
    public double LoseShare { get; init; }

    /// <summary>How often each delivery is sent, under one GUID.</summary>
    public int RepeatTimes { get; init; } = 1;

    /// <summary>True when those that wait are sent in any order.</summary>
    public bool Shuffle { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>How many are on their way at once.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>How long the receiver may take to answer.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);
}
