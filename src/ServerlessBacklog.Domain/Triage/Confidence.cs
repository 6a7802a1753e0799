using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>How sure a step is that a person would agree: 0 … 1. Values outside are a fault of the step and refused.</summary>
[JsonConverter(typeof(AsNumber))]
public readonly record struct Confidence : IComparable<Confidence>
{
    public Confidence(double value)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A confidence lies between 0 and 1.");
        Value = Math.Round(value, 4);
    }

    public double Value { get; }

    public static Confidence None { get; }

    public static Confidence Certain { get; } = new(1);

    /// <summary>Bands for people: high ≥ 0.90, medium ≥ 0.60 (FEATURES §4.2), else low.</summary>
    public string Band => Value >= 0.90 ? "high" : Value >= 0.60 ? "medium" : "low";

    /// <summary>Brings a computed value into range; not-a-number becomes 0.</summary>
    public static Confidence Clamp(double value) => new(double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1));

    public int CompareTo(Confidence other) => Value.CompareTo(other.Value);

    public static bool operator <(Confidence left, Confidence right) => left.Value < right.Value;

    public static bool operator >(Confidence left, Confidence right) => left.Value > right.Value;

    public static bool operator <=(Confidence left, Confidence right) => left.Value <= right.Value;

    public static bool operator >=(Confidence left, Confidence right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString("0.00");

    private sealed class AsNumber : JsonConverter<Confidence>
    {
        public override Confidence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, Confidence value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
