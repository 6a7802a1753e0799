using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

/// <summary>Deliveries in memory. Does all that <c>DeliveryStoreContract</c> asks for.</summary>
public sealed class InMemoryDeliveryStore : IDeliveryStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Tracker, string Id), Delivery> deliveries = [];
    private readonly Dictionary<(string Tracker, string Content), string> firsts = [];

    public Task<DeliveryAnswer> AddAsync(Delivery delivery, CancellationToken cancellation) => Do(() =>
    {
        if (deliveries.ContainsKey((delivery.Tracker, delivery.Id)))
            return DeliveryAnswer.Repeated;
        var isFirst = delivery.ContentKey is null || firsts.TryAdd((delivery.Tracker, delivery.ContentKey), delivery.Id);
        deliveries[(delivery.Tracker, delivery.Id)] = isFirst || delivery.State != DeliveryState.Pending
            ? delivery with { Body = delivery.Body.ToArray() }
            : delivery with { State = DeliveryState.Ignored, Why = "another delivery told the same", Body = default };
        return isFirst ? DeliveryAnswer.New : DeliveryAnswer.SameContent;
    }, cancellation);

    public Task<IReadOnlyList<Delivery>> PendingAsync(int top, CancellationToken cancellation) =>
        Do<IReadOnlyList<Delivery>>(() => [.. Pending().OrderBy(d => d.ReceivedAt).Take(top)], cancellation);

    public Task MarkAsync(Delivery delivery, DeliveryState state, string? why, CancellationToken cancellation) =>
        Do(() => Change(delivery, stored => stored with { State = state, Why = why }), cancellation);

    public Task<int> CountTryAsync(Delivery delivery, string why, CancellationToken cancellation) =>
        Do(() => (Change(delivery, stored => stored with { Tries = stored.Tries + 1, Why = why }) ?? delivery).Tries, cancellation);

    public Task<DeliveryCounts> CountAsync(CancellationToken cancellation) => Do(() => new DeliveryCounts(
        Pending().Count(),
        Pending().Min(d => (DateTimeOffset?)d.ReceivedAt),
        deliveries.Values.Count(d => d.State == DeliveryState.Failed),
        deliveries.Values.Where(d => d.State == DeliveryState.Unknown).CountBy(d => d.Event).ToDictionary()), cancellation);

    public Task<IReadOnlyList<Delivery>> RecentAsync(int top, CancellationToken cancellation) => Do<IReadOnlyList<Delivery>>(
        () => [.. deliveries.Values.OrderByDescending(d => d.ReceivedAt).Take(top).Select(d => d with { Body = default })], cancellation);

    public Task<int> PurgeAsync(DateTimeOffset receivedBefore, CancellationToken cancellation) => Do(() =>
    {
        var old = deliveries.Where(d => d.Value.State != DeliveryState.Pending && d.Value.ReceivedAt < receivedBefore).ToList();
        foreach (var (key, delivery) in old)
        {
            deliveries.Remove(key);
            if (delivery.ContentKey is { } content && firsts.GetValueOrDefault((delivery.Tracker, content)) == delivery.Id)
                firsts.Remove((delivery.Tracker, content));
        }

        return old.Count;
    }, cancellation);

    private IEnumerable<Delivery> Pending() => deliveries.Values.Where(d => d.State == DeliveryState.Pending);

    private Delivery? Change(Delivery delivery, Func<Delivery, Delivery> change) =>
        deliveries.TryGetValue((delivery.Tracker, delivery.Id), out var stored) && stored.State == DeliveryState.Pending
            ? deliveries[(delivery.Tracker, delivery.Id)] = change(stored)
            : null;

    private Task<T> Do<T>(Func<T> act, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
            return Task.FromResult(act());
    }
}
