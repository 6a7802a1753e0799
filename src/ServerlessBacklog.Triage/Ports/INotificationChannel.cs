using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>One way to reach people outside a tracker: e-mail, a chat, a file. It renders a digest in its own form and sends it.</summary>
public interface INotificationChannel
{
    /// <summary>What stands before the colon of an address: <c>email</c> in <c>email:ada@example.com</c>.</summary>
    string Name { get; }

    /// <summary>Null when it can send; else which setting is missing.</summary>
    string? WhyNot { get; }

    /// <summary>
    /// Sends once. Whoever calls has written down beforehand that it is about to be sent; an answer that is neither sent nor refused stays unknown and
    /// is not tried again, because neither mail nor chat can be asked whether it came.
    /// </summary>
    /// <param name="address">What follows the colon of an address, checked by <see cref="WhyRefused"/>.</param>
    Task<SendResult> SendAsync(string address, Digest digest, CancellationToken cancellation);

    /// <summary>Why nothing is sent to an address; null when it may be.</summary>
    string? WhyRefused(string address);
}

public enum SendOutcome
{
    Sent,

    /// <summary>The service said no, for good: an address that bounces, a webhook that is gone, a message that is too large.</summary>
    Refused,

    /// <summary>The service was not reached or asked us to come again; nothing was sent.</summary>
    Later,

    /// <summary>Nobody knows whether it was sent.</summary>
    Unknown,
}

/// <param name="Why">In words without secrets and addresses; null when it was sent.</param>
/// <param name="RetryAfter">When the service wants to be asked again; null when it did not say.</param>
public sealed record SendResult(SendOutcome Outcome, string? Why = null, TimeSpan? RetryAfter = null)
{
    /// <summary>True when it is the address that refuses, whatever is sent: it bounces, or is gone.</summary>
    public bool IsGone { get; init; }
}
