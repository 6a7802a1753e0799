using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>
/// What a text means, as a direction: texts that mean the same point the same way, also where they share no word. Kept at eight bits a
/// component, which moves a cosine by less than 0.01.
/// </summary>
[JsonConverter(typeof(AsBase64))]
public sealed class TextVector
{
    private readonly sbyte[] values;
    private readonly double length;

    private TextVector(sbyte[] values)
    {
        this.values = values;
        length = Math.Sqrt(Product(values, values));
    }

    public ReadOnlySpan<sbyte> Values => values;

    /// <summary>Scales so that the largest component becomes 127.</summary>
    public static TextVector From(ReadOnlySpan<float> components)
    {
        var largest = 0f;
        foreach (var component in components)
            largest = Math.Max(largest, MathF.Abs(component));
        var values = new sbyte[components.Length];
        if (largest > 0)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = (sbyte)MathF.Round(components[i] / largest * 127);
        }

        return new TextVector(values);
    }

    public static TextVector From(ReadOnlySpan<sbyte> values) => new(values.ToArray());

    /// <summary>−1 … 1; 0 when one has no direction, or they come from different models.</summary>
    public double Cosine(TextVector other) => values.Length == other.values.Length && length * other.length is > 0 and var scale ? Product(values, other.values) / scale : 0;

    private static double Product(sbyte[] left, sbyte[] right)
    {
        var sum = Vector<int>.Zero;
        var a = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(left.AsSpan());
        var b = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(right.AsSpan());
        for (var i = 0; i < a.Length; i++)
        {
            Vector.Widen(a[i], out var leftLow, out var leftHigh);
            Vector.Widen(b[i], out var rightLow, out var rightHigh);
            sum += Widened(leftLow * rightLow) + Widened(leftHigh * rightHigh);
        }

        long total = Vector.Sum(sum);
        for (var i = a.Length * Vector<sbyte>.Count; i < left.Length; i++)
            total += left[i] * right[i];
        return total;
    }

    /// <summary>Products of two components fit into 16 bits; their sums do not.</summary>
    private static Vector<int> Widened(Vector<short> products)
    {
        Vector.Widen(products, out var low, out var high);
        return low + high;
    }

    private sealed class AsBase64 : JsonConverter<TextVector>
    {
        public override TextVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            From(MemoryMarshal.Cast<byte, sbyte>(reader.GetBytesFromBase64().AsSpan()));

        public override void Write(Utf8JsonWriter writer, TextVector value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(MemoryMarshal.Cast<sbyte, byte>(value.values.AsSpan()));
    }
}
