using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>One webhook call, opened, with what all events have in common.</summary>
internal sealed class Payload
{
    private readonly Lazy<RepositoryName> repository;

    public Payload(string eventName, string deliveryId, JsonElement body, Sender sender)
    {
        (EventName, DeliveryId, Body, Sender) = (eventName, deliveryId, body, sender);
        Action = Json.TextOrNull(body, "action");
        repository = new Lazy<RepositoryName>(() => RepositoryOf(Json.Object(body, "repository")));
    }

    public string EventName { get; }

    public string DeliveryId { get; }

    public JsonElement Body { get; }

    public Sender Sender { get; }

    public string? Action { get; }

    public RepositoryName Repository => repository.Value;

    /// <summary>Event and action: <c>issues.labeled</c>.</summary>
    public string Name => Action is null ? EventName : $"{EventName}.{Action}";

    public TrackerEvent Event(EventKind kind) => new()
    {
        DeliveryId = DeliveryId,
        Name = Name,
        Kind = kind,
        Backlog = Json.ObjectOrNull(Body, "repository") is null ? null : Repository.ToString(),
        Actor = Sender.Person,
        IsOwn = Sender.IsOwn,
    };

    public TrackerEvent Ignore(string why) => Event(EventKind.Ignored) with { Why = why };

    /// <summary>Names what is told, not who tells it: the hook of an app and that of a repository give the same key.</summary>
    public string Key(long entity, string? version, params ReadOnlySpan<string?> details) =>
        StorageKey.Of([Name, Repository.ToString().ToLowerInvariant(), entity.ToString(), version ?? "", .. details.ToArray().Select(d => d ?? "")]);

    /// <summary>Something that a person took away; empty when a program did, ours above all.</summary>
    public IReadOnlyList<HumanOverrideOf> ByPerson(params HumanOverrideOf[] overrides) =>
        Sender is { IsOwn: false, Person: { IsBot: false } } ? overrides : [];

    public static RepositoryName RepositoryOf(JsonElement repository) =>
        RepositoryName.TryParse(Json.Text(repository, "full_name")) ?? throw new ShapeException("'full_name' is not a repository");
}

/// <param name="Person">Null where the event names nobody.</param>
internal sealed record Sender(Person? Person, bool IsOwn);

/// <param name="Slot">The slot of the change that is held back.</param>
/// <param name="Value">The value that was refused; null for any.</param>
internal sealed record HumanOverrideOf(string Slot, string? Value);
