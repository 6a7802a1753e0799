using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>
/// Sends a message once: its row says that it is about to be sent before it is, and what became of it after. A row that nobody settled stays unknown: neither
/// mail nor chat can be asked whether a message came, and twice is worse than not at all.
/// </summary>
public sealed partial class Ledger(INotificationStore store, IAlarms alarms, NotificationLinks links, TimeProvider time, ILogger<Ledger> logger)
{
    /// <summary>Tries of a message that could not be sent, over about a day.</summary>
    public const int MostAttempts = 8;

    /// <summary>Longer than any channel takes: whoever sent it is not there any more.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>Names what is wrong with an address, without the address.</summary>
    public static string AlarmKey(string to) => $"notifications {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(to)).AsSpan(0, 6))}";

    /// <summary>Sends what a row holds, if nobody else is at it.</summary>
    /// <param name="row">As it was read, or new.</param>
    public async Task<SendState?> SendAsync(INotificationChannel channel, string backlog, Sending row, Digest digest, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var begun = row with { State = SendState.Pending, ChangedAt = now, Attempts = row.Attempts + 1, NotBefore = null, Why = null, Title = digest.Title, Digest = digest };
        if (await WriteAsync(backlog, begun, cancellation) is not { } pending)
            return null;
        var result = await TryAsync(channel, backlog, pending, digest, cancellation);
        var settled = Settled(pending, result);
        await store.ReplaceAsync(backlog, settled, cancellation);
        await SayAsync(settled, result, cancellation);
        return settled.State;
    }

    /// <summary>Writes a row that nothing is sent for now.</summary>
    public async Task<bool> NoteAsync(string backlog, Sending row, CancellationToken cancellation) =>
        await WriteAsync(backlog, row with { ChangedAt = time.GetUtcNow() }, cancellation) is not null;

    private async Task<Sending?> WriteAsync(string backlog, Sending row, CancellationToken cancellation) =>
        row.Version is null ? await store.BeginAsync(backlog, row, cancellation) : await store.ReplaceAsync(backlog, row, cancellation);

    private async Task<SendResult> TryAsync(INotificationChannel channel, string backlog, Sending row, Digest digest, CancellationToken cancellation)
    {
        var place = NotificationAddress.Parse(row.To).Place;
        if (channel.WhyRefused(place) is { } refused)
            return new SendResult(SendOutcome.Refused, refused) { IsGone = true };
        try
        {
            return await channel.SendAsync(place, digest with { Preferences = await LinkAsync(backlog, row, place, cancellation) }, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // Its message may hold an address or a body; the kind of it is enough to find the place.
            return new SendResult(SendOutcome.Unknown, $"The channel failed ({fault.GetType().Name}).");
        }
    }

    /// <summary>Only in what goes to one mailbox: in a channel of many, one reader would stop it for all.</summary>
    private async Task<Uri?> LinkAsync(string backlog, Sending row, string place, CancellationToken cancellation) =>
        place.Contains('@', StringComparison.Ordinal) ? await links.OfAsync(backlog, row.To, row.Kind, cancellation) : null;

    private Sending Settled(Sending row, SendResult result)
    {
        var now = time.GetUtcNow();
        var settled = row with { ChangedAt = now, Why = result.Why };
        return result.Outcome switch
        {
            SendOutcome.Sent => settled with { State = SendState.Sent, Digest = null },
            SendOutcome.Refused => settled with { State = SendState.Refused },
            SendOutcome.Later when row.Attempts < MostAttempts => settled with { State = SendState.Later, NotBefore = now + Pause(row.Attempts, result.RetryAfter) },
            SendOutcome.Later => settled with { State = SendState.GivenUp },
            _ => settled with { State = SendState.Unknown },
        };
    }

    /// <summary>Twice as long each time; longer where the service says so, up to a bound.</summary>
    private static TimeSpan Pause(int attempts, TimeSpan? asked)
    {
        var own = FirstPause * Math.Pow(2, attempts - 1);
        var pause = asked > own ? asked.Value : own;
        return pause < LongestPause ? pause : LongestPause;
    }

    private async Task SayAsync(Sending row, SendResult result, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        Log.Settled(logger, row.Kind, NotificationAddress.Parse(row.To).Channel, row.State, row.Attempts);
        if (result is { Outcome: SendOutcome.Refused, IsGone: true })
        {
            await store.PauseAsync(new PausedAddress(row.To, result.Why ?? "It was refused.", now), cancellation);
            await alarms.RaiseAsync(new Alarm(AlarmKey(row.To), $"Nothing is sent to {row.To} any more: {result.Why} Mend the address or its setting, then run 'backlog notifications test {row.To}'.", now), cancellation);
        }
        else if (row.State == SendState.GivenUp)
        {
            await alarms.RaiseAsync(new Alarm(AlarmKey(row.To), $"A message to {row.To} could not be sent in {row.Attempts} tries: {result.Why} 'backlog notifications --retry' sends it again.", now), cancellation);
        }
        else if (row.State is SendState.Unknown or SendState.Refused)
        {
            await alarms.RaiseAsync(new Alarm(AlarmKey(row.To), $"A message to {row.To} {(row.State == SendState.Unknown ? "may not have come" : "was refused")}: {result.Why} 'backlog notifications --retry' sends it again.", now), cancellation);
        }
        else if (row.State == SendState.Sent)
        {
            await alarms.ClearAsync(AlarmKey(row.To), cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Kind} by {Channel}: {State} at try {Attempt}.")]
        public static partial void Settled(ILogger logger, DigestKind kind, string channel, SendState state, int attempt);
    }
}
