using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>Who is told what of a backlog: what its configuration says, and over it what people chose for themselves.</summary>
public sealed class Subscriptions(KeptSettings settings, INotificationStore store, TimeProvider time)
{
    /// <summary>Everybody, those too who want nothing any more.</summary>
    public async Task<IReadOnlyList<Subscriber>> OfAsync(string backlog, CancellationToken cancellation)
    {
        var said = new Dictionary<string, Subscriber>(StringComparer.Ordinal);
        foreach (var subscriber in (await settings.OfAsync(backlog, cancellation)).Subscribers)
        {
            if (NotificationAddress.TryParse(subscriber.To, out var address))
                said[address.ToString()] = subscriber with { To = address.ToString() };
        }

        foreach (var choice in await store.ChoicesAsync(backlog, cancellation))
            said[choice.To] = choice.Over(said.GetValueOrDefault(choice.To) ?? new Subscriber { To = choice.To });
        return [.. said.Values.OrderBy(s => s.To, StringComparer.Ordinal)];
    }

    public async Task<SubscriberChoice> ChoiceAsync(string backlog, string to, CancellationToken cancellation) =>
        (await store.ChoicesAsync(backlog, cancellation)).FirstOrDefault(c => c.To == to) ?? new SubscriberChoice { To = to };

    /// <summary>Saves what a person chose. An address that was left alone is tried again.</summary>
    /// <exception cref="UserErrorException">What they chose cannot be.</exception>
    public async Task ChooseAsync(string backlog, SubscriberChoice choice, CancellationToken cancellation)
    {
        if (choice.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw new UserErrorException($"There is no time zone '{zone}'. Write its IANA name, for example Europe/Berlin.");
        if (((int?[])[choice.Hour, choice.QuietFrom, choice.QuietUntil]).Any(h => h is < 0 or > 23))
            throw new UserErrorException("An hour is a number from 0 to 23.");
        await store.SaveChoiceAsync(backlog, choice with { To = NotificationAddress.Parse(choice.To).ToString(), ChangedAt = time.GetUtcNow() }, cancellation);
    }

    /// <summary>Takes one kind of message off an address.</summary>
    public async Task StopAsync(string backlog, string to, DigestKind kind, CancellationToken cancellation)
    {
        var choice = await ChoiceAsync(backlog, to, cancellation);
        await ChooseAsync(backlog, choice with { Off = [.. choice.Off.Append(kind).Distinct().Order()] }, cancellation);
    }
}
