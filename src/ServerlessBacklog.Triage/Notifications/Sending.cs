using System.Text.Json.Serialization;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>One message to one address: a row of the ledger, which is written before anything is sent.</summary>
public sealed record Sending
{
    /// <summary><see cref="SendWindow.Key"/>.</summary>
    public required string Key { get; init; }

    public required DigestKind Kind { get; init; }

    public required string Window { get; init; }

    public required string To { get; init; }

    public required SendState State { get; init; }

    /// <summary>When it was first due.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public string? Person { get; init; }

    public int Attempts { get; init; }

    /// <summary>When it is looked at again, while it is <see cref="SendState.Held"/> or <see cref="SendState.Later"/>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What the channel said; null where it said nothing.</summary>
    public string? Why { get; init; }

    public string? Title { get; init; }

    /// <summary>What is to be sent; null once it was, and where it is built anew.</summary>
    public Digest? Digest { get; init; }

    /// <summary>The version of the row that was read.</summary>
    [JsonIgnore]
    public string? Version { get; init; }

    [JsonIgnore]
    public bool IsOpen => State is SendState.Held or SendState.Pending or SendState.Later;
}

[JsonConverter(typeof(JsonStringEnumConverter<SendState>))]
public enum SendState
{
    /// <summary>Waits for the end of quiet hours.</summary>
    Held,

    /// <summary>About to be sent, or on its way.</summary>
    Pending,

    Sent,

    Refused,

    /// <summary>Nobody knows whether it came. It is never sent again by itself.</summary>
    Unknown,

    /// <summary>It was not sent, and is tried again.</summary>
    Later,

    /// <summary>Tried as often as is sensible, and not sent.</summary>
    GivenUp,

    /// <summary>There was nothing to say.</summary>
    Nothing,
}

/// <summary>An address that refuses for good what is sent: left alone until somebody looks at it.</summary>
public sealed record PausedAddress(string To, string Why, DateTimeOffset Since);
