using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Classification;

/// <param name="Hash">Names the line without numbers and signs: the same line of a template has the same hash in every item.</param>
/// <param name="Tokens">Hashes of its words, in order.</param>
internal readonly record struct SketchLine(LineKind Kind, uint Hash, uint[] Tokens);

/// <summary>
/// What classifiers keep of a description, in about 400 bytes: the hashes of its first words, line by line, and its shape. Logs and stack traces are
/// counted, not read: the modules that they name only pass the fault on (S6).
/// </summary>
[JsonConverter(typeof(AsBase64))]
public sealed class BodySketch
{
    /// <summary>Words that are kept; more did not judge better (docs/measurements/fields.md).</summary>
    private const int MostWords = 80;
    private const int MostCodeWords = 40;
    private const int MostLines = 40;
    private const int MostInLine = 63;

    /// <summary>Bytes of a hash.</summary>
    private const int Width = 3;
    private const uint Mask = 0xffffff;

    private readonly byte[] bytes;

    private BodySketch(byte[] bytes) => this.bytes = bytes;

    public static BodySketch Empty { get; } = Of("");

    /// <param name="words">Receives the word behind each hash; for reasons that people read.</param>
    public static BodySketch Of(string body, IDictionary<uint, string>? words = null)
    {
        var (left, codeLeft, lines) = (MostWords, MostCodeWords, 0);
        var shape = new BodyShape();
        var written = new List<byte>(256);
        var tokens = new List<string>();
        foreach (var line in TextFields.Read(body))
        {
            shape.Count(line);
            var budget = line.Kind switch { LineKind.Prose => left, LineKind.Code => codeLeft, LineKind.Heading => MostInLine, _ => 0 };
            if (budget <= 0 || lines >= MostLines)
                continue;
            lines++;
            tokens.Clear();
            SpeechTokens.Scan(line.Text, tokens);
            var count = Math.Min(tokens.Count, Math.Min(budget, MostInLine));
            written.Add((byte)(((int)line.Kind << 6) | count));
            Add(written, StableHash.OfLetters(line.Text));
            foreach (var token in tokens.Take(count))
            {
                var hash = Name(token);
                Add(written, hash);
                words?.TryAdd(hash, token);
            }

            if (line.Kind == LineKind.Prose)
                left -= count;
            else if (line.Kind == LineKind.Code)
                codeLeft -= count;
        }

        return new BodySketch([.. shape.Buckets(body.Length), .. written]);
    }

    /// <summary>The hash that a sketch keeps of a word.</summary>
    internal static uint Name(ReadOnlySpan<char> token) => StableHash.Of(token) & Mask;

    /// <summary>Sizes of the parts in steps that double, and what stands there; the meaning of each place is its own.</summary>
    internal ReadOnlySpan<byte> Shape => bytes.AsSpan(0, Math.Min(BodyShape.Size, bytes.Length));

    internal IEnumerable<SketchLine> Lines()
    {
        var at = BodyShape.Size;
        while (at + Width < bytes.Length)
        {
            var (kind, count) = ((LineKind)(bytes[at] >> 6), bytes[at] & MostInLine);
            var hash = Read(at + 1);
            at += 1 + Width;
            if (at + (count * Width) > bytes.Length)
                yield break;
            var tokens = new uint[count];
            for (var i = 0; i < count; i++, at += Width)
                tokens[i] = Read(at);
            yield return new SketchLine(kind, hash, tokens);
        }
    }

    private uint Read(int at) => (uint)(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16));

    private static void Add(List<byte> written, uint hash)
    {
        written.Add((byte)hash);
        written.Add((byte)(hash >> 8));
        written.Add((byte)(hash >> 16));
    }

    private sealed class AsBase64 : JsonConverter<BodySketch>
    {
        public override BodySketch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, BodySketch value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.bytes);
    }
}

/// <summary>Counts what stands in a description.</summary>
internal struct BodyShape
{
    /// <summary>Places of <see cref="Buckets"/>.</summary>
    public const int Size = 8;

    private int code, log, prose, headings, boxes, images;
    private bool asks;

    public void Count(TextLine line)
    {
        switch (line.Kind)
        {
            case LineKind.Code: code++; break;
            case LineKind.Log: log++; break;
            case LineKind.Heading: headings++; break;
            default:
                prose++;
                boxes += line.Text.StartsWith("- [", StringComparison.Ordinal) ? 1 : 0;
                images += line.Text.Contains("![", StringComparison.Ordinal) || line.Text.Contains("<img", StringComparison.Ordinal) ? 1 : 0;
                asks |= line.Text.Contains('?', StringComparison.Ordinal);
                break;
        }
    }

    public readonly byte[] Buckets(int length) =>
        [Bucket(code), Bucket(log), Bucket(prose), Bucket(headings), Bucket(boxes), Bucket(images), (byte)Math.Log2(1 + length), (byte)(asks ? 1 : 0)];

    private static byte Bucket(int count) => count switch { 0 => 0, < 3 => 1, < 8 => 2, < 25 => 3, _ => 4 };
}
