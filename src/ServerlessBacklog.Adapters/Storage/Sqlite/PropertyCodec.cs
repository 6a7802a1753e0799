using System.Buffers.Binary;
using System.Collections.ObjectModel;
using System.Text;

namespace ServerlessBacklog.Adapters.Storage.Sqlite;

/// <summary>
/// The properties of a row as one blob, so that properties which nobody asked for are skipped unread. Per property:
/// name (7-bit length, UTF-8), kind (1 byte), value (32-bit length, bytes).
/// </summary>
internal static class PropertyCodec
{
    private const byte Text = 1, Long = 2, Double = 3, Bool = 4, Time = 5, Bytes = 6;

    public static IReadOnlyDictionary<string, object> None { get; } = ReadOnlyDictionary<string, object>.Empty;

    public static byte[] Encode(IReadOnlyDictionary<string, object> properties)
    {
        var values = properties.Select(p => (p.Key, Value: Encode(p.Value))).ToList();
        // Exactly so many bytes: a body of 12 KB would otherwise be copied from buffer to larger buffer.
        using var stream = new MemoryStream(values.Sum(v => (v.Key.Length > 127 ? 7 : 6) + v.Key.Length + v.Value.Value.Length));
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var (name, (kind, bytes)) in values)
        {
            writer.Write(name);
            writer.Write(kind);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        return stream.Length == stream.Capacity ? stream.GetBuffer() : stream.ToArray();
    }

    public static IReadOnlyDictionary<string, object> Decode(byte[] blob, IReadOnlyCollection<string>? columns)
    {
        var properties = new Dictionary<string, object>(columns?.Count ?? 4, StringComparer.Ordinal);
        for (var at = 0; at < blob.Length;)
        {
            int length = blob[at++];
            if (length > 127)
                length = (length & 127) | (blob[at++] << 7);
            var name = Encoding.ASCII.GetString(blob, at, length);
            at += length;
            var kind = blob[at++];
            var value = blob.AsSpan(at + 4, BinaryPrimitives.ReadInt32LittleEndian(blob.AsSpan(at)));
            at += 4 + value.Length;
            if (columns is null || columns.Contains(name))
                properties.Add(name, Decode(kind, value));
        }

        return properties;
    }

    private static (byte Kind, byte[] Value) Encode(object value) => value switch
    {
        string text => (Text, Encoding.UTF8.GetBytes(text)),
        long number => (Long, BitConverter.GetBytes(number)),
        double number => (Double, BitConverter.GetBytes(number)),
        bool yes => (Bool, [yes ? (byte)1 : (byte)0]),
        DateTimeOffset time => (Time, BitConverter.GetBytes(time.UtcTicks)),
        byte[] bytes => (Bytes, bytes),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no property value.", nameof(value)),
    };

    private static object Decode(byte kind, ReadOnlySpan<byte> value) => kind switch
    {
        Text => Encoding.UTF8.GetString(value),
        Long => BitConverter.ToInt64(value),
        Double => BitConverter.ToDouble(value),
        Bool => value[0] == 1,
        Time => new DateTimeOffset(BitConverter.ToInt64(value), TimeSpan.Zero),
        Bytes => value.ToArray(),
        _ => throw new InvalidDataException($"A property of kind {kind} is unknown to this version."),
    };
}
