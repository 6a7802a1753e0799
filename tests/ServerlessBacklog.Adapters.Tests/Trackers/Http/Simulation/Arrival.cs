namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

/// <summary>One request as the network saw it.</summary>
internal sealed record Arrival
{
    public required int Process { get; init; }

    public required string Account { get; init; }

    public required HttpMethod Method { get; init; }

    public required bool IsGraphQl { get; init; }

    public required bool IsScheduled { get; init; }

    /// <summary>When the process let go of it.</summary>
    public required DateTimeOffset SentAt { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When the host was done with it.</summary>
    public DateTimeOffset AnsweredAt { get; set; }

    /// <summary>When the process had the answer; null when it died before.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    public int Status { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    public int Limit { get; set; }

    public int Remaining { get; set; }

    public DateTimeOffset Reset { get; set; }

    public bool IsWrite => !IsGraphQl && Method != HttpMethod.Get;

    public int Points => Method == HttpMethod.Get || IsGraphQl ? 1 : 5;

    public bool IsRefused => Status is 403 or 429;
}
