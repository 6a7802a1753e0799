using System.Buffers.Binary;
using System.Text;

namespace ServerlessBacklog.EndToEnd.Tests.Telemetry;

/// <summary>A message of protocol buffers, read without its schema (https://protobuf.dev/programming-guides/encoding/).</summary>
internal sealed class Wire
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Bytes)> parts = [];

    private Wire()
    {
    }

    /// <exception cref="InvalidDataException">It is no such message.</exception>
    public static Wire Read(ReadOnlyMemory<byte> message)
    {
        var wire = new Wire();
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message.Span, ref at);
            var length = (tag & 7) switch
            {
                0 => LengthOfNumber(message.Span, at),
                1 => sizeof(ulong),
                2 => (int)Number(message.Span, ref at),
                5 => sizeof(uint),
                var type => throw new InvalidDataException($"There is no wire type {type}."),
            };
            wire.parts.Add(((int)(tag >> 3), message.Slice(at, length)));
            at += length;
        }

        return wire;
    }

    /// <summary>All messages under a path of field numbers.</summary>
    public IEnumerable<Wire> All(params int[] path) => path is [var first, .. var rest]
        ? parts.Where(p => p.Field == first).SelectMany(p => Read(p.Bytes).All(rest))
        : [this];

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    public double Double(int field) => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(field).Span);

    private ReadOnlyMemory<byte> Bytes(int field) => parts.LastOrDefault(p => p.Field == field).Bytes;

    private static int LengthOfNumber(ReadOnlySpan<byte> message, int at)
    {
        var end = at;
        Number(message, ref end);
        return end - at;
    }

    private static ulong Number(ReadOnlySpan<byte> message, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
        }
    }
}
