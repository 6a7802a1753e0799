using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>
/// Makes rows out of entries and entries out of rows. Each row names the hash of the row before it; of the words it names only a salted digest. Pure but for
/// the salt.
/// </summary>
public static class AuditSeal
{
    /// <summary>What stands for the row before the first one.</summary>
    public static readonly string Genesis = new('0', 64);

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
    };

    /// <param name="words">JSON of the entry's words, as it is to stand there.</param>
    public static AuditRow Close(string backlog, AuditEntry entry, string words, AuditPlace place)
    {
        var salt = NewSalt();
        var chained = JsonSerializer.Serialize(
            new Chained
            {
                Backlog = backlog,
                Day = place.Day,
                Sequence = place.Sequence,
                Previous = place.Previous,
                RecordedAt = place.RecordedAt,
                Key = KeyOf(entry),
                At = entry.At,
                Item = entry.Item,
                Act = entry.Act,
                Decision = entry.Decision,
                Step = entry.Step,
                Confidence = entry.Confidence,
                Delivery = entry.Delivery,
                Configuration = entry.Configuration,
                Policy = entry.Policy,
                Models = entry.Models,
                Resealed = entry.Resealed,
                Seal = SealOf(words, salt),
            },
            Json);
        return new AuditRow(place.Day, place.Sequence, chained, HashOf(chained), words, salt);
    }

    /// <summary>The entry in a row; null when it cannot be read.</summary>
    public static AuditEntry? Open(AuditRow row) => ChainedOf(row.Chained) is { } chained && WordsOf(row.Words) is { } words
        ? new AuditEntry
        {
            Key = chained.Key,
            At = chained.At,
            Item = chained.Item,
            Act = chained.Act,
            Decision = chained.Decision,
            Step = chained.Step,
            Confidence = chained.Confidence,
            Delivery = chained.Delivery,
            Configuration = chained.Configuration,
            Policy = chained.Policy,
            Models = chained.Models,
            Resealed = chained.Resealed,
            Words = words,
        }
        : null;

    public static string Write(AuditWords words) => JsonSerializer.Serialize(words, Json);

    /// <summary>32 hex digits that name an act.</summary>
    public static string KeyOf(AuditEntry entry) => HashOf(entry.Key)[..32];

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The words of a row under a new salt, and the seal that has to be written down for them.</summary>
    public static (AuditRow Row, Resealed Seal) Reseal(AuditRow row, string words)
    {
        var salt = NewSalt();
        return (row with { Words = words, Salt = salt }, new Resealed(row.Day, row.Sequence, SealOf(words, salt)));
    }

    internal static string SealOf(string words, string salt) => HashOf($"{salt}\n{words}");

    internal static Chained? ChainedOf(string json) => Read<Chained>(json);

    private static AuditWords? WordsOf(string json) => Read<AuditWords>(json);

    private static T? Read<T>(string json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string NewSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is hashed.</summary>
    internal sealed record Chained
    {
        public required string Backlog { get; init; }

        public required DateOnly Day { get; init; }

        public required int Sequence { get; init; }

        public required string Previous { get; init; }

        public required DateTimeOffset RecordedAt { get; init; }

        public required string Key { get; init; }

        public required DateTimeOffset At { get; init; }

        public WorkItemRef? Item { get; init; }

        public required string Act { get; init; }

        public string? Decision { get; init; }

        public string? Step { get; init; }

        public double? Confidence { get; init; }

        public string? Delivery { get; init; }

        public string? Configuration { get; init; }

        public string? Policy { get; init; }

        public IReadOnlyList<Consultation> Models { get; init; } = [];

        public IReadOnlyList<Resealed> Resealed { get; init; } = [];

        public required string Seal { get; init; }
    }
}

/// <summary>Where a row comes to stand.</summary>
/// <param name="Previous">Hash of the row before it, on whatever day.</param>
public sealed record AuditPlace(DateOnly Day, int Sequence, string Previous, DateTimeOffset RecordedAt);
