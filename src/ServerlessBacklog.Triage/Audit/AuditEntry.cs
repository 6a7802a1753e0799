using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>One thing that was decided, said or done, as it stands in the audit log. Of texts that were written it holds digest and length only.</summary>
public sealed record AuditEntry
{
    /// <summary>Names the act: appended twice under one key, it is there once. Kept as a digest, and names no person.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null for what concerns the backlog as a whole.</summary>
    public WorkItemRef? Item { get; init; }

    /// <summary>One of <see cref="AuditAct"/>.</summary>
    public required string Act { get; init; }

    /// <summary>Id of the decision that it belongs to.</summary>
    public string? Decision { get; init; }

    /// <summary>The step that proposed it.</summary>
    public string? Step { get; init; }

    public double? Confidence { get; init; }

    /// <summary>Trace of the delivery that it was for, as a W3C traceparent.</summary>
    public string? Delivery { get; init; }

    /// <summary>Version of the settings in force (<see cref="Settings.TriageSettings.Version"/>).</summary>
    public string? Configuration { get; init; }

    public string? Policy { get; init; }

    /// <summary>What language models were asked for it.</summary>
    public IReadOnlyList<Consultation> Models { get; init; } = [];

    /// <summary>Rows whose words were put under another seal, because a person was erased from them.</summary>
    public IReadOnlyList<Resealed> Resealed { get; init; } = [];

    public required AuditWords Words { get; init; }
}

/// <summary>The part of an entry that may name people. It is sealed by a salted digest, so that a person can be erased from it and the chain still holds.</summary>
public sealed record AuditWords
{
    /// <summary>Who did it when no person had a part in it.</summary>
    public const string Policy = "policy";

    /// <summary>The person's login, or <see cref="Policy"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, in words.</summary>
    public string? Text { get; init; }

    /// <summary>The change itself, with long texts as digests.</summary>
    public Change? Change { get; init; }

    /// <summary>The value before; null where there was none.</summary>
    public string? Before { get; init; }

    /// <summary>The value afterwards; null where there is none.</summary>
    public string? After { get; init; }

    public string? Reason { get; init; }
}

/// <param name="Seal">Digest of the words that stand there now.</param>
public sealed record Resealed(DateOnly Day, int Sequence, string Seal);

/// <summary>The words for <see cref="AuditEntry.Act"/>. Scripts read them, so they stay stable.</summary>
public static class AuditAct
{
    public const string Decided = "decided";
    public const string Asked = "asked";

    /// <summary>A person said yes or no.</summary>
    public const string Answered = "answered";

    public const string Applied = "applied";
    public const string NotApplied = "not-applied";

    /// <summary>Approved and announced; to be made after a wait.</summary>
    public const string Announced = "announced";

    public const string Undone = "undone";
    public const string Vetoed = "vetoed";
    public const string Expired = "expired";
    public const string Snoozed = "snoozed";

    /// <summary>The item changed before it came to anything.</summary>
    public const string Withdrawn = "withdrawn";

    public const string Pinned = "pinned";

    /// <summary>A person took something away that is not to come back.</summary>
    public const string Overridden = "overridden";

    public const string Configured = "configured";

    /// <summary>A person's name was taken out of rows.</summary>
    public const string Erased = "erased";
}
