using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Items;

/// <summary>
/// Names one work item: tracker, project inside it, number inside that. Prints <c>github:owner/repo#12</c>.
/// A number is text, because trackers outside GitHub use keys such as <c>XD-112</c>.
/// </summary>
[JsonConverter(typeof(AsText))]
public sealed record WorkItemRef
{
    /// <summary>Refs are keys of almost every table in memory: the hash is taken once.</summary>
    private readonly int hash;

    public WorkItemRef(string tracker, string project, string number)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tracker);
        ArgumentException.ThrowIfNullOrWhiteSpace(project);
        ArgumentException.ThrowIfNullOrWhiteSpace(number);
        if (tracker.AsSpan().ContainsAny(":#"))
            throw new ArgumentException($"A tracker name holds neither ':' nor '#': '{tracker}'.", nameof(tracker));
        Tracker = tracker;
        Project = project.Replace("#", "%23", StringComparison.Ordinal);
        Number = number;
        hash = HashCode.Combine(Tracker, Project, Number);
    }

    /// <summary>The system that owns the item: <c>github</c>, <c>azuredevops</c>, <c>file</c>.</summary>
    public string Tracker { get; }

    public string Project { get; }

    public string Number { get; }

    /// <summary>Reads what <see cref="ToString"/> prints; false when a part is missing.</summary>
    public static bool TryParse(string? text, out WorkItemRef? reference)
    {
        reference = null;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var hash = colon < 0 ? -1 : text!.IndexOf('#', colon);
        if (colon <= 0 || hash <= colon + 1 || hash == text!.Length - 1)
            return false;
        var (tracker, project, number) = (text[..colon], text[(colon + 1)..hash], text[(hash + 1)..]);
        if (tracker.Contains('#', StringComparison.Ordinal)
            || string.IsNullOrWhiteSpace(tracker) || string.IsNullOrWhiteSpace(project) || string.IsNullOrWhiteSpace(number))
            return false;
        reference = new WorkItemRef(tracker, project, number);
        return true;
    }

    public static WorkItemRef Parse(string text) => TryParse(text, out var reference)
        ? reference!
        : throw new FormatException($"'{text}' is not a work item. Write it as tracker:project#number, for example github:owner/repo#12.");

    public bool Equals(WorkItemRef? other) =>
        ReferenceEquals(this, other)
        || (other is not null && hash == other.hash && Number == other.Number && Project == other.Project && Tracker == other.Tracker);

    public override int GetHashCode() => hash;

    public override string ToString() => $"{Tracker}:{Project}#{Number}";

    /// <summary>A storage key, distinct for distinct refs (<see cref="StorageKey.Of"/>). Serves as table key and instance id.</summary>
    public string ToKey() => StorageKey.Of(Tracker, Project, Number);

    /// <summary>In JSON a ref is its printed text, as a value and as a key.</summary>
    private sealed class AsText : JsonConverter<WorkItemRef>
    {
        public override WorkItemRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var reference) ? reference! : throw new JsonException($"'{reader.GetString()}' is not a work item.");

        public override void Write(Utf8JsonWriter writer, WorkItemRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

        public override WorkItemRef ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, WorkItemRef value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString());
    }
}
