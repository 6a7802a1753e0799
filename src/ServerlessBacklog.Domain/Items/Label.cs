using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Items;

/// <summary>A label or tag. Trackers compare labels without case, so two labels that differ in case are equal here.</summary>
[JsonConverter(typeof(AsText))]
public readonly record struct Label(string Name)
{
    public bool Equals(Label other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name ?? "");

    public override string ToString() => Name;

    private sealed class AsText : JsonConverter<Label>
    {
        public override Label Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Label value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}
