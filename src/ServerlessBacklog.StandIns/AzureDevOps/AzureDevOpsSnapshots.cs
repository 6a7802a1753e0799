namespace ServerlessBacklog.StandIns.AzureDevOps;

/// <summary>A work item at one moment, for tests to look at.</summary>
public sealed record AzureDevOpsItem
{
    public required int Id { get; init; }

    public required int Rev { get; init; }

    public required string Project { get; init; }

    public required string Type { get; init; }

    public required string Title { get; init; }

    public required string State { get; init; }

    /// <summary>Unique name.</summary>
    public required string? AssignedTo { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Reference name → value as text.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public required IReadOnlyList<AzureDevOpsLink> Links { get; init; }

    public required IReadOnlyList<AzureDevOpsComment> Comments { get; init; }

    public required bool IsDeleted { get; init; }
}

/// <param name="Name">As people read it, from this item to the other: <c>Duplicate Of</c>.</param>
public sealed record AzureDevOpsLink(string Rel, string Name, int? Target, string? Comment);

public sealed record AzureDevOpsComment(int Id, string By, string Text, int Version);

/// <summary>One try to deliver an event.</summary>
/// <param name="StatusCode">0 when no answer came; null while it waits.</param>
public sealed record AzureDevOpsDelivery(
    Guid EventId, Guid SubscriptionId, int NotificationId, string EventType, ReadOnlyMemory<byte> Payload, int Attempt, int? StatusCode)
{
    public bool IsGood => StatusCode is >= 200 and < 300;
}

/// <param name="Status">enabled, onProbation, disabledByUser, disabledBySystem or disabledByInactiveIdentity.</param>
public sealed record AzureDevOpsSubscription(Guid Id, string Project, string EventType, Uri Url, string Status);
