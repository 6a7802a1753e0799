namespace ServerlessBacklog.StandIns.GitHub.Hooks;

/// <param name="RepoId">The repository of a repository hook; null for the app's own.</param>
internal sealed record Hook(long Id, Uri Url, string Secret, long? RepoId);

/// <summary>One attempt to deliver, as it is listed. Each has an id of its own; all attempts of a delivery share the GUID.</summary>
internal sealed class Attempt
{
    public required long Id { get; init; }

    public required Guid Guid { get; init; }

    public required Hook Hook { get; init; }

    public required string Event { get; init; }

    public string? Action { get; init; }

    public required byte[] Payload { get; init; }

    public long? InstallationId { get; init; }

    public long? RepositoryId { get; init; }

    public bool IsRedelivery { get; init; }

    /// <summary>True when it fails on its way.</summary>
    public bool IsDropped { get; init; }

    /// <summary>When it was sent; null while it waits.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>0 when no answer came.</summary>
    public int StatusCode { get; set; }

    public string Status { get; set; } = "pending";

    public double Seconds { get; set; }

    public bool IsGood => StatusCode is >= 200 and < 300;
}
