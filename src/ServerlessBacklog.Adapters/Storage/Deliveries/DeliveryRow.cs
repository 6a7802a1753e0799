using System.IO.Compression;
using System.Text.Json;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Deliveries;

/// <summary>A delivery as properties of a row and back.</summary>
internal static class DeliveryRow
{
    public const string Body = "Body";
    public const string PackedBody = "PackedBody";
    public const string BodyName = "BodyName";
    public const string Id = "DeliveryId";
    public const string Event = "Event";
    public const string State = "State";
    public const string ContentKey = "ContentKey";

    /// <summary>True on the delivery that has the content row.</summary>
    public const string IsFirst = "IsFirst";

    public const string ReceivedAt = "ReceivedAt";
    private const string Why = "Why";
    private const string Backlog = "Backlog";
    private const string Item = "Item";
    private const string Headers = "Headers";
    private const string Tries = "Tries";
    private const string Trace = "Trace";

    /// <summary>All but the body.</summary>
    public static IReadOnlyCollection<string> WithoutBody { get; } =
        [Id, Event, State, ContentKey, IsFirst, ReceivedAt, Why, Backlog, Item, Headers, Tries, Trace, BodyName];

    public static byte[] Pack(ReadOnlyMemory<byte> body)
    {
        using var packed = new MemoryStream(Math.Min(body.Length, TableRules.MaxBytes));
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(body.Span);
        return packed.ToArray();
    }

    public static byte[] Unpack(Stream packed)
    {
        using var body = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionMode.Decompress))
            deflate.CopyTo(body);
        return body.ToArray();
    }

    /// <summary>Everything but the body.</summary>
    public static Dictionary<string, object> Columns(Delivery delivery, bool isFirst)
    {
        var columns = new Dictionary<string, object>
        {
            [Id] = delivery.Id,
            [Event] = delivery.Event,
            [State] = delivery.State.ToString(),
            [ReceivedAt] = delivery.ReceivedAt,
        };
        Add(ContentKey, delivery.ContentKey);
        Add(Why, delivery.Why);
        Add(Backlog, delivery.Backlog);
        Add(Item, delivery.Item?.ToString());
        Add(Trace, delivery.Trace);
        Add(Headers, delivery.Headers.Count > 0 ? JsonSerializer.Serialize(delivery.Headers, StorageJson.Options) : null);
        if (isFirst)
            columns[IsFirst] = true;
        if (delivery.Tries > 0)
            columns[Tries] = (long)delivery.Tries;
        return columns;

        void Add(string name, string? value)
        {
            if (value is not null)
                columns[name] = value.Length <= TableRules.MaxText ? value : value[..TableRules.MaxText];
        }
    }

    /// <summary>The delivery without its body.</summary>
    public static Delivery Read(TableRow row, string tracker) => new()
    {
        Tracker = tracker,
        Id = row.Text(Id)!,
        Event = row.Text(Event)!,
        State = Enum.TryParse<DeliveryState>(row.Text(State), out var state) ? state : DeliveryState.Ignored,
        ReceivedAt = row.Time(ReceivedAt)!.Value,
        ContentKey = row.Text(ContentKey),
        Why = row.Text(Why),
        Backlog = row.Text(Backlog),
        Item = WorkItemRef.TryParse(row.Text(Item), out var item) ? item : null,
        Headers = row.Text(Headers) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json, StorageJson.Options)! : new Dictionary<string, string>(),
        Tries = (int)(row.Number(Tries) ?? 0),
        Trace = row.Text(Trace),
    };
}
