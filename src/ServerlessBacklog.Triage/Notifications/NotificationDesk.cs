using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>
/// Decides what is sent to whom now. What is due and falls into quiet hours is held until they end. Channels are served side by side, so that one that hangs
/// or fails keeps no other from its messages. May run twice at once: a message belongs to whoever writes its row first.
/// </summary>
public sealed partial class NotificationDesk(
    Subscriptions subscriptions, Ledger ledger, INotificationStore store, IEnumerable<INotificationChannel> channels, IAlarms alarms, TimeProvider time,
    ILogger<NotificationDesk> logger, IDigestSource? source = null) : ITeller
{
    /// <summary>Longer than any weekend.</summary>
    private static readonly TimeSpan NoNewsAfter = TimeSpan.FromDays(5);

    private readonly Dictionary<string, INotificationChannel> byName = channels.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<INotificationChannel> Channels => byName.Values;

    /// <summary>Sends what is due of one backlog: digests of the day and the week, what was held, and what is to be tried again.</summary>
    public async Task RunAsync(string backlog, CancellationToken cancellation)
    {
        var all = await subscriptions.OfAsync(backlog, cancellation);
        var paused = (await store.PausedAsync(cancellation)).Select(p => p.To).ToHashSet(StringComparer.Ordinal);
        var open = await store.OpenAsync(backlog, cancellation);
        using var digests = new BuiltDigests(source, backlog);
        await Task.WhenAll(all.Select(s => s.To).Concat(open.Select(o => o.To)).Distinct(StringComparer.Ordinal)
            .GroupBy(to => NotificationAddress.Parse(to).Channel, StringComparer.Ordinal)
            .Select(group => Task.Run(() => ChannelAsync(backlog, group.Key, group, all, open, paused, digests, cancellation), cancellation)));
    }

    /// <summary>Tells everybody who wants this kind of message, once for each cause.</summary>
    /// <param name="cause">Names it: the same cause is told once to each address, until it is told under another name.</param>
    /// <param name="person">Login of the only one whom it concerns; null for all.</param>
    public async Task TellAsync(string backlog, Digest digest, string cause, string? person, CancellationToken cancellation)
    {
        var paused = (await store.PausedAsync(cancellation)).Select(p => p.To).ToHashSet(StringComparer.Ordinal);
        var wanted = (await subscriptions.OfAsync(backlog, cancellation))
            .Where(s => s.Digests.Contains(digest.Kind) && !paused.Contains(s.To) && (person is null || person.Equals(s.Person, StringComparison.OrdinalIgnoreCase)));
        await Task.WhenAll(wanted.GroupBy(s => NotificationAddress.Parse(s.To).Channel, StringComparer.Ordinal).Select(group => Task.Run(
            async () =>
            {
                foreach (var to in group)
                    await AloneAsync(to.To, () => BeginAsync(backlog, to, New(digest.Kind, backlog, cause, to), digest, cancellation), cancellation);
            },
            cancellation)));
    }

    /// <summary>Sends a message again whose outcome a person has looked at.</summary>
    /// <exception cref="UserErrorException">There is none, or nothing is left to send.</exception>
    public async Task<SendState> RetryAsync(string backlog, string key, CancellationToken cancellation)
    {
        var row = await store.FindAsync(backlog, key, cancellation) ?? throw new UserErrorException($"There is no message '{key}'. 'backlog notifications' lists them.");
        if (row.State is SendState.Sent or SendState.Nothing)
            throw new UserErrorException(row.State == SendState.Sent ? "That message was sent." : "There was nothing to say then.");
        if (row.State == SendState.Pending && time.GetUtcNow() - row.ChangedAt < Ledger.LostAfter)
            throw new UserErrorException("That message is on its way. Look again in a quarter of an hour.");
        if (ChannelOf(row.To) is not { WhyNot: null } channel)
            throw new UserErrorException($"The channel of {row.To} is not set up. 'backlog doctor' says what it lacks.");
        using var digests = new BuiltDigests(source, backlog);
        var digest = row.Digest ?? await digests.OfAsync(row.Kind, row.Person, row.Window, cancellation) ?? throw new UserErrorException("There is nothing to say any more.");
        await store.ResumeAsync(row.To, cancellation);
        return await ledger.SendAsync(channel, backlog, row with { Attempts = 0 }, digest, cancellation) ?? throw new UserErrorException("Somebody else is sending it just now.");
    }

    /// <summary>Sends a message that says no more than that it came, and takes up an address again that was left alone.</summary>
    /// <exception cref="UserErrorException">There is no such channel, or it is not set up.</exception>
    public async Task<SendResult> TestAsync(string to, CancellationToken cancellation)
    {
        var address = NotificationAddress.Parse(to);
        var channel = ChannelOf(to) ?? throw new UserErrorException($"There is no channel '{address.Channel}'. There is: {string.Join(", ", byName.Keys)}.");
        if (channel.WhyNot is { } missing)
            throw new UserErrorException(missing);
        if (channel.WhyRefused(address.Place) is { } refused)
            throw new UserErrorException(refused);
        var result = await channel.SendAsync(address.Place, TestMessage.At(time.GetUtcNow()), cancellation);
        if (result.Outcome == SendOutcome.Sent)
        {
            await store.ResumeAsync(address.ToString(), cancellation);
            await alarms.ClearAsync(Ledger.AlarmKey(address.ToString()), cancellation);
        }

        return result;
    }

    private async Task ChannelAsync(
        string backlog, string name, IEnumerable<string> addresses, IReadOnlyList<Subscriber> all, IReadOnlyList<Sending> open, HashSet<string> paused, BuiltDigests digests, CancellationToken cancellation)
    {
        var known = addresses.ToHashSet(StringComparer.Ordinal);
        if (!byName.TryGetValue(name, out var channel) || channel.WhyNot is not null)
        {
            await alarms.RaiseAsync(new Alarm($"notifications {name}", $"Messages of '{backlog}' are to go to the channel '{name}': {channel?.WhyNot ?? "there is none of this name."}", time.GetUtcNow()), cancellation);
            return;
        }

        await alarms.ClearAsync($"notifications {name}", cancellation);
        foreach (var row in open.Where(o => known.Contains(o.To)))
            await AloneAsync(row.To, () => GoOnAsync(backlog, channel, row, all.FirstOrDefault(s => s.To == row.To), paused, digests, cancellation), cancellation);
        foreach (var to in all.Where(s => known.Contains(s.To) && !paused.Contains(s.To)))
        {
            foreach (var kind in to.Digests)
                await AloneAsync(to.To, () => DueAsync(backlog, to, kind, digests, cancellation), cancellation);
        }
    }

    /// <summary>A row that is not settled: lost on its way, held, or to be tried again.</summary>
    private async Task GoOnAsync(string backlog, INotificationChannel channel, Sending row, Subscriber? to, HashSet<string> paused, BuiltDigests digests, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (row.State == SendState.Pending)
        {
            if (now - row.ChangedAt >= Ledger.LostAfter)
                await ledger.NoteAsync(backlog, row with { State = SendState.Unknown, Why = "The program ended while it was being sent." }, cancellation);
            return;
        }

        if (now - row.At > NoNewsAfter)
        {
            await ledger.NoteAsync(backlog, row with { State = SendState.GivenUp, Why = "It waited too long to be news." }, cancellation);
            return;
        }

        // Whoever said no meanwhile is not written to.
        if (to is null || !to.Digests.Contains(row.Kind))
            await ledger.NoteAsync(backlog, row with { State = SendState.Nothing, Why = "It is not wanted any more.", Digest = null }, cancellation);
        else if (paused.Contains(row.To) || SendWindow.IsQuiet(to, now) || (row.State == SendState.Later && row.NotBefore > now))
            return;
        else if ((row.Digest ?? await digests.OfAsync(row.Kind, row.Person, row.Window, cancellation)) is { } digest)
            await ledger.SendAsync(channel, backlog, row, digest, cancellation);
        else if (source is not null)
            await ledger.NoteAsync(backlog, row with { State = SendState.Nothing }, cancellation);
    }

    private async Task DueAsync(string backlog, Subscriber to, DigestKind kind, BuiltDigests digests, CancellationToken cancellation)
    {
        if (source is null || SendWindow.Due(kind, to, time.GetUtcNow()) is not { } window || (kind == DigestKind.Personal && to.Person is null))
            return;
        var row = New(kind, backlog, window, to);
        if (await store.FindAsync(backlog, row.Key, cancellation) is not null)
            return;
        // Held ones are built when they are sent: the night brings news.
        if (SendWindow.IsQuiet(to, time.GetUtcNow()))
            await BeginAsync(backlog, to, row, null, cancellation);
        else if (await digests.OfAsync(kind, row.Person, window, cancellation) is { } digest)
            await BeginAsync(backlog, to, row, digest, cancellation);
        else
            await ledger.NoteAsync(backlog, row with { State = SendState.Nothing }, cancellation);
    }

    private async Task BeginAsync(string backlog, Subscriber to, Sending row, Digest? digest, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (SendWindow.IsQuiet(to, now))
            await ledger.NoteAsync(backlog, row with { State = SendState.Held, NotBefore = SendWindow.QuietEnds(to, now), Title = digest?.Title, Digest = digest }, cancellation);
        else if (digest is not null && ChannelOf(to.To) is { WhyNot: null } channel)
            await ledger.SendAsync(channel, backlog, row, digest, cancellation);
        else if (digest is not null)
            await ledger.NoteAsync(backlog, row with { State = SendState.Later, Title = digest.Title, Digest = digest, Why = "The channel is not set up." }, cancellation);
    }

    private Sending New(DigestKind kind, string backlog, string window, Subscriber to)
    {
        var now = time.GetUtcNow();
        return new Sending
        {
            Key = SendWindow.Key(kind, backlog, window, to.To), Kind = kind, Window = window, To = to.To, State = SendState.Pending, At = now, ChangedAt = now,
            Person = kind == DigestKind.Personal ? to.Person : null,
        };
    }

    private INotificationChannel? ChannelOf(string to) => byName.GetValueOrDefault(NotificationAddress.Parse(to).Channel);

    /// <summary>What goes wrong with one address stays with it.</summary>
    private async Task AloneAsync(string to, Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Log.NotServed(logger, NotificationAddress.Parse(to).Channel, fault.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An address of the channel {Channel} could not be served ({Fault}); it is tried again at the next round.")]
        public static partial void NotServed(ILogger logger, string channel, string fault);
    }
}
