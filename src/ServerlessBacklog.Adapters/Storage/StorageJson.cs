using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// How values are written into rows: enums and refs as text, nothing escaped that need not be, nulls and empty lists left out.
/// Rows outlive versions: a reader takes a missing property as its default and skips one that it does not know.
/// </summary>
public static class StorageJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyLists } },
            Converters = { new WorkItemRefAsText() },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Only lists that are empty by default too: one that a constructor demands is always written.</summary>
    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (type.Type == typeof(WorkItem) && property.Name == nameof(WorkItem.Blocks))
                property.ShouldSerialize = (_, value) => value is IReadOnlyDictionary<string, string> { Count: > 0 };
            else if (property is { IsRequired: false, AssociatedParameter: null } && property.PropertyType.IsGenericType
                && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
                property.ShouldSerialize = (_, value) => value is ICollection { Count: > 0 } || value is IEnumerable list and not ICollection && list.Cast<object>().Any();
        }
    }

    private sealed class WorkItemRefAsText : JsonConverter<WorkItemRef>
    {
        public override WorkItemRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

        public override void Write(Utf8JsonWriter writer, WorkItemRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

        public override WorkItemRef ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, WorkItemRef value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString());

        private static WorkItemRef Parse(string? text) =>
            WorkItemRef.TryParse(text, out var reference) ? reference! : throw new JsonException($"'{text}' is not a work item.");
    }
}
